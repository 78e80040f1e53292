// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import org.jspecify.annotations.Nullable;

/**
 * The plugins that the properties of a connector name: those of its own folder come first.
 *
 * @param plugins finds and isolates plugins
 * @param connector the connector; null for any place
 */
record ConnectorPlugins(ConnectPlugins plugins, @Nullable Object connector) {

    <T> T create(String where, Class<T> kind, String className) {
        return plugins.create(where, kind, className, connector);
    }

    ConnectPlugins.Scope enter(Object plugin) {
        return plugins.enter(plugin);
    }
}
