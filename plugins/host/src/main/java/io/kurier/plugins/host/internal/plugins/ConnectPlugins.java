// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.plugins;

import io.kurier.Printable;
import io.kurier.StartException;
import io.kurier.core.internal.config.Suggestion;
import io.kurier.core.internal.plugins.PluginFault;
import io.kurier.core.internal.plugins.Providers;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * Connect's plugins. Source connectors are found by {@link java.util.ServiceLoader}, as Connect does (KIP-898). Safe for
 * use by any number of threads.
 */
public final class ConnectPlugins {
    private final List<SourceConnector> connectors;
    private final List<PluginFault> broken;

    private ConnectPlugins(List<SourceConnector> connectors, List<PluginFault> broken) {
        this.connectors = List.copyOf(connectors);
        this.broken = List.copyOf(broken);
    }

    /** Finds the connectors. */
    public static ConnectPlugins discover() {
        List<PluginFault> broken = new ArrayList<>();
        return new ConnectPlugins(Providers.load("connector", SourceConnector.class, broken), broken);
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
     * Creates a plugin that is no connector: a converter, a transformation or a predicate.
     *
     * @param where the connector and the key that name it, for errors
     * @param kind the plugin's interface, for example {@code org.apache.kafka.connect.storage.Converter}
     * @param className the full name of the class
     * @throws StartException if there is no such class, it is of another kind, or it cannot be created
     */
    public <T> T create(String where, Class<T> kind, String className) {
        try {
            Class<?> found =
                    Class.forName(className, true, Thread.currentThread().getContextClassLoader());
            return kind.cast(found.getConstructor().newInstance());
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            throw new StartException(where + ": the class " + Printable.brief(className) + " cannot be used", e);
        }
    }

    /**
     * Makes the class loader of a plugin the context class loader of the calling thread until the returned scope is
     * closed by the same thread.
     *
     * @param plugin what {@link #create} made, or a task of a connector
     */
    public Scope enter(Object plugin) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        return () -> thread.setContextClassLoader(before);
    }

    /** Restores the context class loader when it is closed. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
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
