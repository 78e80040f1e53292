// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import io.kurier.Printable;
import io.kurier.StartException;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.source.SourceConnector;
import org.jspecify.annotations.Nullable;

/**
 * The serializers of the topics that a connector publishes to. With {@code bytes} the host makes the bytes, by a
 * converter; any other serializer gets the values as the connector makes them.
 *
 * @param key null for the publisher's default
 */
public record TopicSerializers(@Nullable String key, String value) {
    /** The serializer that passes bytes unchanged. */
    public static final String BYTES = "bytes";

    /** The key that names the serializer of values. */
    public static final String VALUE = "value.serializer";

    /** The key that names the serializer of keys. */
    public static final String KEY = "key.serializer";

    /** The key that names the converter of keys. */
    public static final String KEY_CONVERTER = "key.converter";

    /** The key that names the converter of values. */
    public static final String VALUE_CONVERTER = "value.converter";

    /**
     * Reads a connector's properties. A connector of Kurier declares {@link #VALUE} with a default; its keys and values
     * are made for serializers. Those of other connectors become bytes, if no serializer is set.
     *
     * @param connector the connector's name, for problems
     * @param problems collects contradictions, but not that there is no such connector
     */
    public static TopicSerializers read(
            String connector, Map<String, String> properties, ConnectPlugins plugins, List<String> problems) {
        String byDefault = byDefault(connector, properties, plugins);
        String forOthers = byDefault == null ? BYTES : byDefault;
        String value = chosen(connector, properties, VALUE_CONVERTER, VALUE, problems);
        String key = chosen(connector, properties, KEY_CONVERTER, KEY, problems);
        return new TopicSerializers(key == null && byDefault == null ? BYTES : key, value == null ? forOthers : value);
    }

    /** Returns whether the serializers of keys get them as the connector makes them. */
    boolean keepsKeys() {
        return !BYTES.equals(key);
    }

    /** Returns whether the serializers of values get them as the connector makes them. */
    boolean keepsValues() {
        return !BYTES.equals(value);
    }

    private static @Nullable String chosen(
            String connector,
            Map<String, String> properties,
            String converterKey,
            String serializerKey,
            List<String> problems) {
        String serializer = properties.getOrDefault(serializerKey, "").strip();
        if (!properties.containsKey(converterKey)) {
            return serializer.isEmpty() ? null : serializer;
        }
        if (!serializer.isEmpty() && !serializer.equals(BYTES)) {
            problems.add("connector " + connector + ", " + serializerKey + ": \"" + Printable.brief(serializer)
                    + "\", and " + converterKey + " is set too, which makes bytes. Remove one of the two.");
        }
        return BYTES;
    }

    private static @Nullable String byDefault(
            String connector, Map<String, String> properties, ConnectPlugins plugins) {
        String className = properties.getOrDefault("connector.class", "").strip();
        try {
            SourceConnector created = plugins.create(connector, className);
            try (ConnectPlugins.Scope scope = plugins.enter(created)) { // a default may name a class of its folder
                ConfigDef declared = created.config();
                ConfigDef.ConfigKey key =
                        declared == null ? null : declared.configKeys().get(VALUE);
                return key != null && key.defaultValue instanceof String name ? name : null;
            }
        } catch (StartException e) {
            return null; // the creation of the connector reports it
        } catch (Throwable e) { // an Error of code that is not Kurier's
            throw new StartException(
                    "connector " + connector + ": " + Printable.brief(className) + " failed in config(): "
                            + ThrowableText.reason(e),
                    ThrowableText.loggable(e));
        }
    }
}
