// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect;

import io.kurier.plugins.connect.internal.DataMapping;
import io.kurier.serializers.internal.ServerWait;
import io.kurier.spi.SerializerSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Makes each serializer of Kurier, with its framing and sources of schemas, a converter of Kafka Connect. The key {@code
 * serializer} names it; its own keys are set beside, as behind {@code topics.A.value.serializer.} of a publisher.
 *
 * <p>A value without a schema, such as the {@code GenericRecord} of a connector of Kurier, goes to the serializer as it
 * is. Data with a schema are mapped for {@code avro}, {@code json} and {@code protobuf}; other serializers get the value
 * alone. Null stays null (a tombstone).
 *
 * <p>A record whose schema a registry has to be asked for waits for {@code max.block.ms}, and then fails with a
 * {@code RetriableException}; another problem of a record is a {@code DataException}, which names the topic and the
 * field and shows no value. After {@link #configure} it is safe for use by any number of threads.
 */
public final class KurierConverter implements Converter, Versioned {
    /** The name of the serializer: {@code avro}, {@code json}, {@code protobuf}, {@code text}, {@code bytes}, or any other. */
    public static final String SERIALIZER_CONFIG = "serializer";

    /** For how long a record waits for a server, in milliseconds; one minute if not set. */
    public static final String MAX_BLOCK_CONFIG = "max.block.ms";

    private @Nullable State state;

    /** What the keys make. */
    private static final class State implements AutoCloseable {
        final SerializerChoice choice;
        final SerializerSettings settings;
        final ServerCalls calls;
        final @Nullable Serializer<Object> serializer;
        final @Nullable ConfigException onlyReads;

        /** Created by the first record that is read: most converters only write. */
        private @Nullable Deserializer<?> deserializer;

        State(SerializerChoice choice, boolean isKey) {
            this.choice = choice;
            this.settings = new SerializerSettings(choice.name(), "", "", isKey, Object.class, choice.keys());
            this.calls = new ServerCalls(
                    isKey ? "key" : "value",
                    choice.name(),
                    new ServerWait(Duration.ofMillis(choice.own().getLong(MAX_BLOCK_CONFIG))));
            Serializer<Object> made = null;
            ConfigException refused = null;
            try {
                made = serializer();
            } catch (ConfigException e) {
                // a framing that only reads is right for sinks; if it cannot read either, the keys are wrong
                try {
                    if (deserializer() == null) {
                        throw e;
                    }
                } catch (ConfigException again) {
                    throw e;
                }
                refused = e;
            }
            this.serializer = made;
            this.onlyReads = refused;
        }

        @SuppressWarnings("unchecked") // it checks what it is given, since the type is declared as Object
        private Serializer<Object> serializer() {
            return (Serializer<Object>) choice.plugin().serializer(settings);
        }

        synchronized @Nullable Deserializer<?> deserializer() {
            if (deserializer == null) {
                deserializer = choice.plugin().deserializer(settings).orElse(null);
            }
            return deserializer;
        }

        @Override
        public synchronized void close() {
            try (AutoCloseable last = choice.plugin()::close;
                    Serializer<Object> first = serializer;
                    Deserializer<?> second = deserializer) {
                // closed in the opposite order
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Creates a converter without keys; for Connect. */
    public KurierConverter() {}

    @Override
    public String version() {
        String manifest = KurierConverter.class.getPackage().getImplementationVersion();
        return manifest == null ? "unknown" : manifest;
    }

    /** Returns the converter's keys and those of all serializers that its class loader finds. */
    @Override
    public ConfigDef config() {
        return SerializerChoice.allKeys(loader());
    }

    /**
     * Chooses the serializer and creates it.
     *
     * @throws ConfigException if there is no such serializer, or a key is unknown or wrong
     */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        close();
        SerializerChoice choice = SerializerChoice.of(configs, loader());
        try {
            state = new State(choice, isKey);
        } catch (RuntimeException | Error e) {
            choice.plugin().close();
            throw e;
        }
    }

    private static ClassLoader loader() {
        return Objects.requireNonNullElseGet(KurierConverter.class.getClassLoader(), ClassLoader::getSystemClassLoader);
    }

    @Override
    public byte @Nullable [] fromConnectData(String topic, @Nullable Schema schema, @Nullable Object value) {
        return fromConnectData(topic, null, schema, value);
    }

    /**
     * Returns the bytes of the serializer, and adds the headers of its framing; null for null.
     *
     * @param headers null if there are none to add to
     * @throws DataException if the value cannot be written
     * @throws org.apache.kafka.connect.errors.RetriableException if a server has not answered in time
     */
    @Override
    public byte @Nullable [] fromConnectData(
            String topic, @Nullable Headers headers, @Nullable Schema schema, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        State current = configured();
        Serializer<Object> serializer = current.serializer;
        if (serializer == null) {
            throw Objects.requireNonNull(current.onlyReads);
        }
        return current.calls.<byte @Nullable []>call(topic, () -> {
            Object written = schema == null ? value : mapped(current.choice, schema, value);
            return headers == null
                    ? serializer.serialize(topic, written)
                    : serializer.serialize(topic, headers, written);
        });
    }

    private static Object mapped(SerializerChoice choice, Schema schema, Object value) {
        DataMapping mapping = choice.mapping();
        if (mapping != null) {
            return mapping.toFormat(schema, value);
        }
        if (value instanceof Struct) {
            throw new DataException("the serializer " + choice.name()
                    + " takes no Struct. Choose avro, json or protobuf, or take out one field with the transformation"
                    + " ExtractField");
        }
        return value;
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte @Nullable [] value) {
        return toConnectData(topic, null, value);
    }

    /**
     * Returns what the serializer's deserializer reads, as Connect data; without schema and value for null.
     *
     * @throws DataException if the bytes cannot be read, or Connect has no such type
     * @throws org.apache.kafka.connect.errors.RetriableException if a server has not answered in time
     * @throws ConfigException if nothing can be read with the keys
     */
    @Override
    public SchemaAndValue toConnectData(String topic, @Nullable Headers headers, byte @Nullable [] value) {
        if (value == null) {
            return SchemaAndValue.NULL;
        }
        State current = configured();
        Deserializer<?> deserializer = current.deserializer();
        if (deserializer == null) {
            throw new ConfigException("the serializer " + current.choice.name() + " has no reader with these keys."
                    + " For protobuf set descriptor, and message if the descriptor set has several");
        }
        DataMapping mapping = current.choice.mapping();
        return current.calls.call(topic, () -> {
            Object read = headers == null
                    ? deserializer.deserialize(topic, value)
                    : deserializer.deserialize(topic, headers, value);
            return read == null
                    ? SchemaAndValue.NULL
                    : mapping == null ? PlainData.withSchema(read) : mapping.toConnect(read);
        });
    }

    private State configured() {
        State current = state;
        if (current == null) {
            throw new IllegalStateException("configure was not called, or close was");
        }
        return current;
    }

    @Override
    public void close() {
        State current = state;
        state = null;
        if (current != null) {
            current.close();
        }
    }
}
