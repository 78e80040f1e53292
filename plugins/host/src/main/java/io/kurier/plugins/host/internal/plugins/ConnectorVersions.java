// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.plugins;

import io.kurier.Printable;
import io.kurier.StartException;
import io.kurier.core.internal.errors.ThrowableText;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.source.SourceConnector;

/** Chooses among connectors of one name by {@code connector.plugin.version}. */
final class ConnectorVersions {
    private ConnectorVersions() {}

    /**
     * Returns the connectors of a version, at least one.
     *
     * @param where the connector, for errors
     * @throws StartException if none has that version, or one cannot be created
     */
    static List<PluginSearch.Found> of(String where, String version, List<PluginSearch.Found> all) {
        String key = where + ", connector.plugin.version: \"" + Printable.brief(version) + "\"";
        if (version.startsWith("[") || version.startsWith("(")) {
            throw new StartException(key + " is a range of versions. Write one version.", null);
        }
        List<PluginSearch.Found> fitting = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (PluginSearch.Found found : all) {
            String its = version(where, found);
            if (its.equals(version)) {
                fitting.add(found);
            } else {
                others.add(its + " in " + found.source().origin(found.type()));
            }
        }
        if (fitting.isEmpty()) {
            throw new StartException(
                    key + " is not there. Found: " + String.join(", ", others) + ". Write one of them.", null);
        }
        return fitting;
    }

    private static String version(String where, PluginSearch.Found found) {
        SourceConnector connector =
                Instances.create(where, found.type().asSubclass(SourceConnector.class), found.source());
        try (ConnectPlugins.Scope scope = found.source().enter()) {
            return Printable.brief(String.valueOf(connector.version()));
        } catch (Throwable e) { // an Error too: old connectors have another interface
            return "unknown (" + ThrowableText.of(e) + ")";
        }
    }
}
