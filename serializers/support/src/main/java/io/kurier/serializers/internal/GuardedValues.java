// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import io.kurier.spi.FrameReader;
import io.kurier.spi.Framing;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.PayloadSchema;
import io.kurier.spi.SerializerSettings;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * The values of a topic as a guard sees them that reads one format: bytes that a serializer made, perhaps with a frame
 * before the payload. Closed with the guard. After its creation safe for use by any number of threads.
 */
public final class GuardedValues implements AutoCloseable {
    private final GuardSettings settings;
    private final String format;
    private final Framing framing;

    /**
     * Creates the values of a guard.
     *
     * @param settings the guard's settings
     * @param format the name of the format that the guard reads
     * @param guard the guard's class
     * @param others the names of serializers whose values are never of the format
     * @throws ConfigException if the topic's serializer is one of the others, or its framing cannot be read in this
     *     format
     */
    public GuardedValues(GuardSettings settings, String format, Class<?> guard, Set<String> others) {
        this.settings = settings;
        this.format = format;
        SerializerSettings values = settings.values();
        if (values != null && others.contains(values.name())) {
            throw new ConfigException("it reads " + format + ", and the serializer " + values.name() + " of the topic "
                    + settings.alias() + " writes no " + format + ". Take " + settings.name() + " out of topics."
                    + settings.alias() + ".guards, or choose another serializer");
        }
        this.framing = Framings.of(format, guard).with(settings.framings()).forPayload(values);
    }

    /** Returns the declared Java type of the values; {@code Object.class} if it is not known. */
    public Type type() {
        SerializerSettings values = settings.values();
        return values == null ? Object.class : values.type();
    }

    /** Returns whether a key of the guard's own is set, and not left to the serializer or the default. */
    public boolean isSet(String key) {
        return settings.config().originals().containsKey(key);
    }

    /**
     * Returns the guard's keys; one that is not set has the value of the serializer's key of that name, if it has one.
     *
     * @param keys the definition of the guard's keys, and of further ones of the serializer
     * @throws ConfigException if a value of the serializer does not fit the definition
     */
    public AbstractConfig keys(ConfigDef keys) {
        SerializerSettings values = settings.values();
        Map<String, Object> all = new HashMap<>();
        if (values != null) {
            all.putAll(values.config().values());
        }
        all.keySet().retainAll(keys.names());
        all.putAll(settings.config().originals());
        return new AbstractConfig(keys, all, false);
    }

    /**
     * Returns the reader of the frames; see {@link Framing#reader}.
     *
     * @param known the schemas that the guard has
     */
    public FrameReader frames(Collection<? extends PayloadSchema> known) {
        FrameReader reader = framing.reader(known);
        return (topic, headers, bytes, offset, length) -> {
            try {
                return reader.read(topic, headers, bytes, offset, length);
            } catch (SerializationException e) {
                throw new SerializationException(
                        "the value cannot be read as " + format + ": " + e.getMessage(), e.getCause());
            }
        };
    }

    @Override
    public void close() {
        framing.close();
    }
}
