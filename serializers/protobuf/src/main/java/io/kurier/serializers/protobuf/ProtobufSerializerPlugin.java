// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import io.kurier.serializers.internal.FieldPath;
import io.kurier.serializers.internal.Framings;
import io.kurier.serializers.internal.ReadLimits;
import io.kurier.serializers.protobuf.internal.DescriptorSet;
import io.kurier.spi.FieldReader;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** Makes {@code protobuf} available in configuration. */
public final class ProtobufSerializerPlugin implements SerializerPlugin {
    private static final String DESCRIPTOR = "descriptor";
    private static final String MESSAGE = "message";
    private static final String TYPE_HEADER = "type.header";

    private final Framings framings;

    /** Creates the plugin; for {@link java.util.ServiceLoader}. */
    public ProtobufSerializerPlugin() {
        this(ProtobufFormat.framings());
    }

    private ProtobufSerializerPlugin(Framings framings) {
        this.framings = framings;
    }

    @Override
    public SerializerPlugin withFramings(List<FramingPlugin> found) {
        return new ProtobufSerializerPlugin(framings.with(found));
    }

    @Override
    public String name() {
        return ProtobufFormat.NAME;
    }

    @Override
    public ConfigDef configDef() {
        ConfigDef keys = new ConfigDef()
                .define(
                        DESCRIPTOR,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "The descriptor set of the messages, as protoc --include_imports --descriptor_set_out=FILE writes"
                                + " it: a path, or classpath: and a resource. Where no generated class is declared, it fixes"
                                + " what may be written, and reading needs it; without it any message is written.")
                .define(
                        MESSAGE,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "The full name of the only message type; messages of another one are refused. May be left out if"
                                + " the descriptor set makes it obvious.")
                .define(
                        TYPE_HEADER,
                        ConfigDef.Type.BOOLEAN,
                        false,
                        Importance.MEDIUM,
                        "Whether each record gets the header " + ProtobufFormat.TYPE_HEADER
                                + " with the full name of its message type, so that a topic may hold several.");
        return ProtobufFormat.LIMITS.defineIn(framings.defineIn(keys));
    }

    /**
     * Returns the serializer for the declared type.
     *
     * @throws ConfigException if the declared type is not a message, or the keys contradict it or name something that
     *     does not exist
     */
    @Override
    public Serializer<?> serializer(SerializerSettings settings) {
        boolean header = settings.config().getBoolean(TYPE_HEADER);
        Optional<MessageTypes> declared = types(settings);
        Set<String> taken = declared.map(types -> taken(types, header))
                .orElseGet(() -> text(settings.config(), MESSAGE).map(Set::of).orElse(Set.of()));
        List<Descriptor> expected =
                declared.map(types -> types.descriptors(taken)).orElse(List.of());
        return new PluginSerializer(
                new ProtobufSerializer<>(
                        taken,
                        settings.forKey(),
                        header,
                        limits(settings),
                        ProtobufSerializer.frames(framings.forWriting(settings))),
                settings.topic(),
                expected);
    }

    private static Set<String> taken(MessageTypes types, boolean header) {
        return header ? types.names() : types.unmarkedNames();
    }

    /**
     * Returns the reader of a field of the messages that may be written.
     *
     * @throws ConfigException if none of their types has such a field, or neither code nor the keys name the types
     */
    @Override
    public FieldReader fieldReader(SerializerSettings settings, String path) {
        FieldPath names = FieldPath.of(path);
        MessageTypes types = types(settings)
                .orElseThrow(() -> new ConfigException("the field " + path + " cannot be read: the message types of the"
                        + " topic are not known. Declare a class that protoc generated, or set " + DESCRIPTOR
                        + " to their descriptor set"));
        Set<String> taken = taken(types, settings.config().getBoolean(TYPE_HEADER));
        return ProtobufFieldReader.of(
                names, types.descriptors(taken), limits(settings), () -> framings.forPayload(settings));
    }

    /** Returns the deserializer for the declared type; empty if neither code nor the keys name the type to read. */
    @Override
    public Optional<Deserializer<?>> deserializer(SerializerSettings settings) {
        return types(settings)
                .map(types -> new ProtobufDeserializer<>(types, limits(settings), framings.forReading(settings)));
    }

    /** Closes the framings that were found here. */
    @Override
    public void close() {
        framings.close();
    }

    private static ReadLimits limits(SerializerSettings settings) {
        return ProtobufFormat.LIMITS.with(settings.config());
    }

    private static Optional<MessageTypes> types(SerializerSettings settings) {
        if (!(settings.type() instanceof Class<?> declared)) {
            throw new ConfigException("protobuf takes messages, not "
                    + settings.type().getTypeName() + ". Declare a class that protoc generated, or DynamicMessage");
        }
        Optional<String> message = text(settings.config(), MESSAGE);
        Optional<DescriptorSet> set =
                text(settings.config(), DESCRIPTOR).map(location -> DescriptorSet.load(DESCRIPTOR, location));
        if (GeneratedType.isOpen(declared)) {
            return set.map(open -> ofSet(open, message, settings.config()));
        }
        Message empty = GeneratedType.emptyMessage(declared);
        String name = empty.getDescriptorForType().getFullName();
        if (message.isPresent() && !message.get().equals(name)) {
            throw new ConfigException(
                    MESSAGE,
                    message.get(),
                    "code declares " + declared.getTypeName() + ", which is the message type " + name
                            + ". Correct one of the two");
        }
        set.ifPresent(documented -> documented.message(name));
        return Optional.of(MessageTypes.of(List.of(empty)));
    }

    private static MessageTypes ofSet(DescriptorSet set, Optional<String> message, AbstractConfig config) {
        if (message.isEmpty() && !config.getBoolean(TYPE_HEADER)) {
            // Without a header the type must be obvious; otherwise this throws an error with what to do.
            set.obvious("");
        }
        return MessageTypes.of(set, message);
    }

    private static Optional<String> text(AbstractConfig config, String key) {
        return Optional.of(config.getString(key).strip()).filter(text -> !text.isEmpty());
    }
}
