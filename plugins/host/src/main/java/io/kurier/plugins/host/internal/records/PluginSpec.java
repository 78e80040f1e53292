// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import io.kurier.StartException;
import io.kurier.core.internal.errors.SafeLogger;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin as a connector's properties name it, of which each task gets an instance of its own. Immutable.
 *
 * @param <T> the plugin's interface
 * @param connector the name of the connector
 * @param key the key that names the plugin
 * @param className the full name of its class, or an alias that {@link ConnectPlugins} knows
 * @param keys its own keys, without prefix
 */
record PluginSpec<T>(
        ConnectorPlugins plugins,
        PluginKind<T> kind,
        String connector,
        String key,
        String className,
        Map<String, Object> keys) {
    private static final Logger LOG = LoggerFactory.getLogger(PluginSpec.class);
    private static final String TYPE = ".type";

    PluginSpec {
        keys = Map.copyOf(keys);
    }

    /** Names the key only: the plugin's keys may hold secrets. */
    @Override
    public String toString() {
        return "PluginSpec[" + where() + "]";
    }

    /** Returns the connector and the key that name the plugin, for errors. */
    String where() {
        return "connector " + connector + ", " + key;
    }

    /**
     * Returns a new instance that is not configured.
     *
     * @throws StartException if it cannot be created
     */
    @SuppressWarnings("unchecked") // Connect's transformations and predicates are generic in the type of records
    T instance() {
        KafkaConverter<?> ofKafka = KafkaConverter.of(className);
        if (ofKafka != null && kind.type().isInstance(ofKafka)) {
            return (T) ofKafka;
        }
        return (T) plugins.create(where(), kind.type(), className);
    }

    /** Returns the keys that the plugin declares; null if it is older than that method, or the method fails. */
    @Nullable
    ConfigDef declared(T plugin) {
        try (ConnectPlugins.Scope ignored = plugins.enter(plugin)) {
            return kind.config().apply(plugin);
        } catch (Throwable e) { // an Error of code that is not Kurier's, for example AbstractMethodError
            SafeLogger.warn(LOG, e, "{}: the keys of the {} are not checked", where(), kind.what());
            return null;
        }
    }

    /**
     * Passes the keys to an instance.
     *
     * @throws StartException if it refuses them
     */
    void configure(T plugin) {
        try (ConnectPlugins.Scope ignored = plugins.enter(plugin)) {
            kind.configure().accept(plugin, new HashMap<>(keys));
        } catch (Throwable e) { // an Error of code that is not Kurier's
            throw new StartException(
                    where() + ": " + plugin.getClass().getName() + " refused its keys: " + ThrowableText.reason(e),
                    ThrowableText.loggable(e));
        }
    }

    /**
     * Returns a configured instance, to be closed by the caller.
     *
     * @throws StartException if it cannot be created or refuses its keys
     */
    ConfiguredPlugin<T> create() {
        T plugin = instance();
        try {
            configure(plugin);
            String alias = key.endsWith(TYPE) ? key.substring(0, key.length() - TYPE.length()) : key;
            return new ConfiguredPlugin<>(
                    this, plugin, alias + " (" + plugin.getClass().getName() + ")");
        } catch (StartException e) {
            close(plugin);
            throw e;
        }
    }

    /** Closes an instance; an exception is logged. */
    void close(T plugin) {
        try (ConnectPlugins.Scope ignored = plugins.enter(plugin)) {
            kind.close().close(plugin);
        } catch (Throwable e) { // it would be visible nowhere else
            SafeLogger.warn(LOG, e, "{}: the {} failed in close()", where(), kind.what());
        }
    }
}
