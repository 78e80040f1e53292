// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.kurier.serializers.internal.ClientConfig;
import io.kurier.serializers.internal.LimitExceededException;
import io.kurier.serializers.internal.NoFraming;
import io.kurier.serializers.internal.ReadLimits;
import io.kurier.serializers.internal.WithheldException;
import io.kurier.serializers.protobuf.internal.DescriptorSet;
import io.kurier.serializers.protobuf.internal.MissingFields;
import io.kurier.spi.Frame;
import io.kurier.spi.FrameReader;
import io.kurier.spi.Framing;
import io.kurier.spi.PayloadSchema;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages of the types that the reader names; a record's header chooses among them and can name no other.
 *
 * <p>Fields that the reader's type does not have are kept as unknown fields, so a message that is written again loses
 * nothing. Null stays null (a tombstone). After {@link #configure} it is safe for use by any number of threads.
 *
 * @param <M> the type of messages
 */
public final class ProtobufDeserializer<M extends Message> implements Deserializer<M> {

    /**
     * The name of the generated class to read, if a Kafka client makes this class by its name. With the prefix {@code
     * key.} or {@code value.} it is for keys or values only, and takes precedence; the same holds for all other keys
     * here.
     */
    public static final String TYPE_CONFIG = "protobuf.type";

    /** In place of a class: the location of a {@link DescriptorSet}, to read {@link DynamicMessage}s. */
    public static final String DESCRIPTOR_CONFIG = "protobuf.descriptor";

    /**
     * The full name of the only message type to read, of those in the set. If absent the header
     * {@value ProtobufSerializer#TYPE_HEADER} chooses, and a record without it has the obvious type, if there is one.
     */
    public static final String MESSAGE_CONFIG = "protobuf.message";

    /**
     * The name of the framing that records were written with, {@code none} if absent; see
     * {@link ProtobufSerializer#FRAMING_CONFIG}. A frame that names a message chooses the type as the header does.
     */
    public static final String FRAMING_CONFIG = ProtobufFormat.FRAMING_KEY;

    /** The largest message in bytes that is read, {@link #DEFAULT_MAX_BYTES} if absent. */
    public static final String MAX_BYTES_CONFIG = "protobuf.max.bytes";

    /**
     * How many times its own size a message may take in memory, {@link ReadLimits#DEFAULT_MAX_EXPANSION} if absent; one
     * below 1 MiB counts as 1 MiB. It is an estimate, on the safe side, made before anything is allocated.
     */
    public static final String MAX_EXPANSION_CONFIG = "protobuf.max.expansion";

    /** The maximum nesting of messages within the first one, {@link #DEFAULT_MAX_DEPTH} if absent. */
    public static final String MAX_DEPTH_CONFIG = "protobuf.max.depth";

    /** 64 MiB, far above the 1 MiB that Kafka accepts by default. */
    public static final int DEFAULT_MAX_BYTES = ReadLimits.DEFAULT_MAX_BYTES;

    /** Protobuf's own limit, also in other languages. */
    public static final int DEFAULT_MAX_DEPTH = ProtobufFormat.MAX_DEPTH;

    /**
     * The part of a header that may be shown: the full name of a message. The rest of a record's content must not be
     * shown.
     */
    private static final Pattern FULL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]{0,500}");

    /** Null until {@link #configure}, if Kafka makes this class by its name. */
    private @Nullable MessageTypes types;

    private ReadLimits limits;
    private Framing framing;
    private FrameReader frames;

    /** Costs by message type: they follow from the descriptor, and a topic has few types. */
    private final Map<Descriptor, MessageCost> costs = new ConcurrentHashMap<>();

    /** Creates a deserializer for Kafka, which then calls {@link #configure}. */
    public ProtobufDeserializer() {
        this(null, ProtobufFormat.LIMITS);
    }

    /**
     * Creates a deserializer of the messages of a generated class.
     *
     * @throws ConfigException if {@code protoc} did not generate it
     */
    public ProtobufDeserializer(Class<M> type) {
        this(MessageTypes.of(List.of(GeneratedType.emptyMessage(type))), ProtobufFormat.LIMITS);
    }

    /** Creates a deserializer of messages of the type of the given one, such as {@code Order.getDefaultInstance()}. */
    public ProtobufDeserializer(M message) {
        this(List.of(message));
    }

    /**
     * Creates a deserializer of messages of the types of the given ones. If they are of several types, the header
     * {@value ProtobufSerializer#TYPE_HEADER} chooses, and a record without it is refused.
     *
     * @throws ConfigException if none is given
     */
    public ProtobufDeserializer(Collection<? extends M> messages) {
        this(MessageTypes.of(messages), ProtobufFormat.LIMITS);
    }

    ProtobufDeserializer(@Nullable MessageTypes types, ReadLimits limits) {
        this(types, limits, NoFraming.INSTANCE);
    }

    ProtobufDeserializer(@Nullable MessageTypes types, ReadLimits limits, Framing framing) {
        this.types = types;
        this.limits = limits;
        this.framing = framing;
        this.frames = reader(framing, types);
    }

    private static FrameReader reader(Framing framing, @Nullable MessageTypes types) {
        return framing.reader(
                types == null
                        ? List.of()
                        : types.descriptors(types.names()).stream()
                                .map(ProtobufSchema::new)
                                .toList());
    }

    /**
     * Returns a deserializer of dynamic messages of one type, or of several among which the header chooses. It knows
     * the extensions that are declared in the files of the types, or in a file that these import; for others see {@link
     * #withExtensions}.
     */
    public static ProtobufDeserializer<DynamicMessage> dynamic(Descriptor... types) {
        return new ProtobufDeserializer<>(
                List.of(types).stream().map(DynamicMessage::getDefaultInstance).toList());
    }

    /**
     * Returns the same deserializer with these extensions and no others. Fields of extensions that it does not know are
     * kept as unknown fields.
     *
     * @param extensions for dynamic messages {@link DescriptorSet#extensions()}; for generated ones those that the
     *     class of their file registers ({@code registerAllExtensions})
     * @throws IllegalStateException if no type has been given yet, since Kafka makes this class by its name
     */
    public ProtobufDeserializer<M> withExtensions(ExtensionRegistry extensions) {
        MessageTypes known = types;
        if (known == null) {
            throw new IllegalStateException("no type is known yet. Name it: new ProtobufDeserializer<>(Order.class)");
        }
        return new ProtobufDeserializer<>(known.with(extensions), limits, framing);
    }

    /**
     * Takes the types, the framing and the limits from a Kafka client's configuration.
     *
     * @throws ConfigException if neither {@link #TYPE_CONFIG} nor {@link #DESCRIPTOR_CONFIG} is set, or both are, or
     *     what they name does not exist, or there is no such framing
     */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        ClientConfig config = new ClientConfig(configs, isKey);
        Optional<Class<?>> generated = config.classNamed(TYPE_CONFIG);
        Optional<String> descriptor = config.text(DESCRIPTOR_CONFIG);
        Optional<String> message = config.text(MESSAGE_CONFIG);
        if (generated.isPresent() && (descriptor.isPresent() || message.isPresent())) {
            throw new ConfigException(config.keyFor(TYPE_CONFIG) + " names a generated class, so "
                    + config.keyFor(descriptor.isPresent() ? DESCRIPTOR_CONFIG : MESSAGE_CONFIG)
                    + " has nothing to say. Remove one of the two");
        }
        if (generated.isPresent()) {
            types = MessageTypes.of(List.of(GeneratedType.emptyMessage(generated.get())));
        } else if (descriptor.isPresent()) {
            types = MessageTypes.of(DescriptorSet.load(config.keyFor(DESCRIPTOR_CONFIG), descriptor.get()), message);
        } else if (types == null) {
            throw new ConfigException("protobuf needs to know what to read: set " + TYPE_CONFIG
                    + " to a generated class, or " + DESCRIPTOR_CONFIG + " to a descriptor set");
        }
        limits = limits.with(config);
        ProtobufFormat.framings().of(config).ifPresent(configured -> framing = configured);
        frames = reader(framing, types);
        costs.clear();
    }

    /**
     * Returns the message in the bytes of a record without headers; null for null.
     *
     * @throws SerializationException if they exceed a limit, are not a message of the type, lack required fields, or if
     *     only a header could name the type; it shows no values
     */
    @Override
    public @Nullable M deserialize(String topic, byte @Nullable [] bytes) {
        return bytes == null ? null : read(topic, null, bytes, 0, bytes.length);
    }

    /** Returns the message in the bytes, of the type that the header names. */
    @Override
    public @Nullable M deserialize(String topic, @Nullable Headers headers, byte @Nullable [] bytes) {
        return bytes == null ? null : read(topic, headers, bytes, 0, bytes.length);
    }

    /** Returns the message between the buffer's position and limit, and does not change the buffer. */
    @Override
    public @Nullable M deserialize(String topic, @Nullable Headers headers, @Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        if (buffer.hasArray()) {
            return read(topic, headers, buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
        }
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return read(topic, headers, copy, 0, copy.length);
    }

    @SuppressWarnings("unchecked") // the compiler does not know the type of a class that configuration names
    private M read(String topic, @Nullable Headers headers, byte[] record, int begin, int size) {
        MessageTypes known = types;
        if (known == null) {
            throw new IllegalStateException(
                    "configure() was not called. Name the type: new ProtobufDeserializer<>(Order.class)");
        }
        Frame frame = frame(topic, headers, record, begin, size);
        Message empty = emptyMessage(known, headers, frame.schema());
        int before = Math.min(frame.length(), size);
        return (M) message(known, empty, record, begin + before, size - before, size);
    }

    private Frame frame(String topic, @Nullable Headers headers, byte[] record, int begin, int size) {
        try {
            return frames.read(topic, headers, record, begin, size);
        } catch (SerializationException e) {
            throw new SerializationException("cannot read the record as Protobuf: " + e.getMessage(), e.getCause());
        }
    }

    private Message message(MessageTypes known, Message empty, byte[] bytes, int offset, int length, int size) {
        String type = empty.getDescriptorForType().getFullName();
        Message message;
        try {
            limits.checkSize(size);
            MessageCost cost = costs.computeIfAbsent(
                    empty.getDescriptorForType(),
                    each -> new MessageCost(each, known.extensions(), empty instanceof DynamicMessage));
            if (cost.mayTakeTooMuch(length, limits)) {
                MessageScan.check(
                        empty.getDescriptorForType(), known.extensions(), cost, bytes, offset, length, limits);
            }
            CodedInputStream input = CodedInputStream.newInstance(bytes, offset, length);
            input.setRecursionLimit(limits.maxDepth());
            message = empty.getParserForType().parsePartialFrom(input, known.extensions());
            input.checkLastTagWas(0);
            if (!message.isInitialized()) {
                throw refused(type, "it lacks the required fields " + MissingFields.in(message));
            }
        } catch (LimitExceededException e) {
            throw refused(type, String.valueOf(e.getMessage()));
        } catch (InvalidProtocolBufferException e) {
            throw new SerializationException(
                    "cannot read the record as " + type + ": " + reason(e), new WithheldException(e));
        } catch (StackOverflowError e) {
            throw new SerializationException(
                    "cannot read the record as " + type
                            + ": its messages are nested so deeply that the thread's stack is full",
                    new WithheldException(e));
        }
        return message;
    }

    private static Message emptyMessage(MessageTypes types, @Nullable Headers headers, @Nullable PayloadSchema framed) {
        Header header = headers == null ? null : headers.lastHeader(ProtobufFormat.TYPE_HEADER);
        byte[] value = header == null ? null : header.value();
        String named = framed == null ? null : framed.fullName();
        if (value == null && named != null) {
            return emptyMessage(types, "framing", named);
        }
        String name = value == null ? types.unmarked() : new String(value, UTF_8);
        if (name == null) {
            throw new SerializationException("the record has no header " + ProtobufFormat.TYPE_HEADER
                    + ", which must say of which type it is: " + MessageTypes.list(types.names())
                    + ". Write it with type.header=true, or name the only type");
        }
        return emptyMessage(types, "header " + ProtobufFormat.TYPE_HEADER, name);
    }

    private static Message emptyMessage(MessageTypes types, String where, String name) {
        Message empty = types.byName().get(name);
        if (empty == null) {
            String shown = FULL_NAME.matcher(name).matches() ? name : "something that is no message type";
            throw new SerializationException("the " + where + " of the record names " + shown
                    + ", but what is read here is " + MessageTypes.list(types.names()));
        }
        return empty;
    }

    /** Protobuf's own messages are constant texts, unless another exception is the cause. */
    private String reason(InvalidProtocolBufferException e) {
        if (String.valueOf(e.getMessage()).contains("too many levels of nesting")) {
            // Protobuf's text mentions a method of its parser.
            return String.valueOf(limits.tooDeep().getMessage());
        }
        return e.getCause() == null
                ? "it is no such message, or it is damaged: " + e.getMessage()
                : "Protobuf failed with " + e.getCause().getClass().getName();
    }

    @Override
    public void close() {
        framing.close();
    }

    private static SerializationException refused(String type, String reason) {
        return new SerializationException("cannot read the record as " + type + ": " + reason);
    }
}
