// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

/** Implemented by a partitioner, in addition to its own interface, that has figures for the publisher's metrics. */
@FunctionalInterface
public interface Metered {

    /**
     * Receives the registry for its metrics. Called once, before the first record.
     *
     * @param metrics may be kept and used until the publisher is closed
     */
    void withPluginMetrics(PluginMetrics metrics);
}
