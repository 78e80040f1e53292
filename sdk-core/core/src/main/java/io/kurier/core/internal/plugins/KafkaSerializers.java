// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * The serializers that need no plugin: those of Kafka for numbers, truth values and UUIDs, by the names of its console
 * tools, and any {@link Serializer} on the class path as {@code class:com.example.Mine}, which is configured in the
 * same way as by Kafka's producer. A plugin of the same name takes precedence.
 */
final class KafkaSerializers {
    private static final List<Known<?>> KNOWN = List.of(
            new Known<>("short", Short.class, "2 bytes, big-endian", Serdes.Short()),
            new Known<>("integer", Integer.class, "4 bytes, big-endian", Serdes.Integer()),
            new Known<>("long", Long.class, "8 bytes, big-endian", Serdes.Long()),
            new Known<>("float", Float.class, "4 bytes, big-endian, as in IEEE 754", Serdes.Float()),
            new Known<>("double", Double.class, "8 bytes, big-endian, as in IEEE 754", Serdes.Double()),
            new Known<>("boolean", Boolean.class, "1 byte, 00 or 01", Serdes.Boolean()),
            new Known<>("uuid", UUID.class, "its text in UTF-8", Serdes.UUID()));

    private KafkaSerializers() {}

    /**
     * Returns the serializer of a name; empty if there is none.
     *
     * @param keys the keys that are set for it, which are passed to a serializer that is named by class
     */
    static Optional<SerializerPlugin> named(String name, Collection<String> keys) {
        return name.startsWith(ClassByName.PREFIX)
                ? Optional.of(new ByClass(name, List.copyOf(keys)))
                : KNOWN.stream()
                        .filter(known -> known.name().equals(name))
                        .map(SerializerPlugin.class::cast)
                        .findFirst();
    }

    /** Returns the name of Kafka's own serializer of a type, if it has one. */
    static Optional<String> nameFor(Type type) {
        return KNOWN.stream()
                .filter(known -> known.type() == type)
                .map(Known::name)
                .findFirst();
    }

    static List<String> names() {
        return KNOWN.stream().<String>map(Known::name).toList();
    }

    /** Returns the origin, for people; null if it is not one of these serializers. */
    static @Nullable String origin(Object plugin) {
        return plugin instanceof Known<?> || plugin instanceof ByClass ? "kafka-clients or the class path" : null;
    }

    /** Returns a sentence for users who have named a serializer that does not exist. */
    static String wayOut() {
        return " Kafka's own are "
                + String.join(", ", names())
                + "; class:com.example.Mine takes any Serializer of Kafka's that is on the class path.";
    }

    /**
     * One of Kafka's own serializers, with its deserializer.
     *
     * @param bytes what a value becomes, for an error
     */
    private record Known<T>(String name, Class<T> type, String bytes, Serde<T> serde) implements SerializerPlugin {
        @Override
        public Serializer<?> serializer(SerializerSettings settings) {
            checkDeclared(settings.type());
            return settings.type() == type ? serde.serializer() : (Serializer<Object>) this::checked;
        }

        @Override
        public Optional<Deserializer<?>> deserializer(SerializerSettings settings) {
            checkDeclared(settings.type());
            Deserializer<T> deserializer = this::read;
            return Optional.of(deserializer);
        }

        private void checkDeclared(Type declared) {
            if (declared != Object.class && declared != type) {
                throw new IllegalArgumentException(
                        "it takes " + type.getSimpleName() + ", and the topic is declared with "
                                + declared.getTypeName() + ". Declare that type, or name another serializer.");
            }
        }

        /** If code declared no type, a wrong one is detected only now. */
        private byte @Nullable [] checked(String topic, @Nullable Object value) {
            if (value != null && !type.isInstance(value)) {
                throw new SerializationException(name + " is written from a " + type.getName() + ", not from "
                        + value.getClass().getName() + ": convert it, or choose another serializer");
            }
            return serde.serializer().serialize(topic, type.cast(value));
        }

        /** Kafka's own messages may show the bytes. */
        private @Nullable T read(String topic, byte @Nullable [] record) {
            try {
                return serde.deserializer().deserialize(topic, record);
            } catch (SerializationException e) {
                throw new SerializationException("cannot read " + name + ": it is " + bytes + ", and the record has "
                        + (record == null ? 0 : record.length)
                        + " bytes that are not. Choose the serializer that has written it");
            }
        }
    }

    /** A serializer by its class, with any keys that are set. */
    private record ByClass(String name, List<String> keys) implements SerializerPlugin {
        @Override
        public ConfigDef configDef() {
            ConfigDef definition = new ConfigDef();
            keys.forEach(key -> definition.define(key, ConfigDef.Type.STRING, ConfigDef.Importance.MEDIUM, ""));
            return definition;
        }

        @Override
        public Serializer<?> serializer(SerializerSettings settings) {
            Serializer<?> made =
                    ClassByName.make(name.substring(ClassByName.PREFIX.length()).strip(), Serializer.class);
            made.configure(new HashMap<>(settings.config().originalsStrings()), settings.forKey());
            return made;
        }
    }
}
