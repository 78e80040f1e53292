// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal;

import io.kurier.Printable;
import io.kurier.StartException;
import io.kurier.core.internal.config.Suggestion;
import io.kurier.core.internal.plugins.PluginFault;
import io.kurier.core.internal.plugins.Providers;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.source.SourceConnector;

/** The source connectors on the class path, found by {@link java.util.ServiceLoader} as Connect does (KIP-898). */
public final class ConnectorCatalog {
    private final List<SourceConnector> connectors;
    private final List<PluginFault> broken;

    private ConnectorCatalog(List<SourceConnector> connectors, List<PluginFault> broken) {
        this.connectors = List.copyOf(connectors);
        this.broken = List.copyOf(broken);
    }

    /** Finds the connectors. */
    public static ConnectorCatalog discover() {
        List<PluginFault> broken = new ArrayList<>();
        return new ConnectorCatalog(Providers.load("connector", SourceConnector.class, broken), broken);
    }

    /** Returns one instance of each connector; not to be started. */
    public List<SourceConnector> connectors() {
        return connectors;
    }

    /** Returns the providers that could not be used. */
    public List<PluginFault> broken() {
        return broken;
    }

    /**
     * Creates a connector of the class that its properties name in {@code connector.class}: by its full name, by its
     * simple name, or by its simple name without "Connector", as a Connect worker accepts them.
     *
     * @throws StartException if there is none or more than one
     */
    public SourceConnector create(String name, String className) {
        String where = "connector " + name + ", connector.class: ";
        List<Class<? extends SourceConnector>> matching = new ArrayList<>();
        for (SourceConnector connector : connectors) {
            Class<? extends SourceConnector> type = connector.getClass();
            if (type.getName().equals(className)) {
                return Instances.create(name, type);
            }
            if (type.getSimpleName().equals(className) || type.getSimpleName().equals(className + "Connector")) {
                matching.add(type);
            }
        }
        if (matching.size() == 1) {
            return Instances.create(name, matching.get(0));
        }
        if (!matching.isEmpty()) {
            throw new StartException(
                    where + "\"" + Printable.brief(className) + "\" can be any of "
                            + String.join(
                                    ", ", matching.stream().map(Class::getName).toList())
                            + ". Write the full name.",
                    null);
        }
        throw new StartException(where + notFound(className), null);
    }

    private String notFound(String className) {
        List<String> names =
                connectors.stream().map(found -> found.getClass().getName()).toList();
        String brokenOnes = broken.isEmpty()
                ? ""
                : " Could not be used: "
                        + String.join(
                                " ", broken.stream().map(PluginFault::toString).toList());
        return "no source connector is named \"" + Printable.brief(className) + "\"."
                + Suggestion.nearest(className, names)
                        .map(near -> " Did you mean " + near + "?")
                        .orElse("")
                + " Found: " + (names.isEmpty() ? "none" : String.join(", ", names)) + "." + brokenOnes
                + " Add the connector's jar to the class path.";
    }
}
