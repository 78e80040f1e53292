// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.StartException;
import io.kurier.core.config.Suggestion;
import io.kurier.core.plugins.BrokenPlugin;
import io.kurier.core.plugins.Providers;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.source.SourceConnector;

/** The source connectors on the class path, found by {@link java.util.ServiceLoader} as Connect does (KIP-898). */
public final class ConnectorCatalog {
    private final List<SourceConnector> connectors;
    private final List<BrokenPlugin> broken;

    private ConnectorCatalog(List<SourceConnector> connectors, List<BrokenPlugin> broken) {
        this.connectors = List.copyOf(connectors);
        this.broken = List.copyOf(broken);
    }

    /** Looks for connectors. */
    public static ConnectorCatalog discover() {
        List<BrokenPlugin> broken = new ArrayList<>();
        return new ConnectorCatalog(Providers.load("connector", SourceConnector.class, broken), broken);
    }

    /** One instance of each connector; not to be started. */
    public List<SourceConnector> connectors() {
        return connectors;
    }

    /** Providers that could not be used. */
    public List<BrokenPlugin> broken() {
        return broken;
    }

    /**
     * A new connector of a class.
     *
     * @param className the value of {@code connector.class}: the full name, or the simple one
     * @throws StartException if there is none
     */
    SourceConnector create(String className) {
        for (SourceConnector connector : connectors) {
            Class<? extends SourceConnector> type = connector.getClass();
            if (type.getName().equals(className) || type.getSimpleName().equals(className)) {
                return Instances.create(type);
            }
        }
        List<String> names =
                connectors.stream().map(found -> found.getClass().getName()).toList();
        throw new StartException(
                "connector.class: no source connector is named \"" + className + "\"."
                        + Suggestion.nearest(className, names)
                                .map(near -> " Did you mean " + near + "?")
                                .orElse("")
                        + " Found: " + (names.isEmpty() ? "none" : String.join(", ", names))
                        + ". Add the connector's jar to the class path.",
                null);
    }
}
