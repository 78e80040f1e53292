// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

/**
 * A task's own instance of a plugin.
 *
 * @param spec what the properties say of it
 * @param object the instance
 * @param name its key and class, for errors about records
 */
record ConfiguredPlugin<T>(PluginSpec<T> spec, T object, String name) implements AutoCloseable {

    /** Closes the plugin; an exception is logged. */
    @Override
    public void close() {
        spec.close(object);
    }
}
