// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.Message;
import io.kurier.serializers.internal.ClientConfig;
import io.kurier.serializers.internal.FrameWriters;
import io.kurier.serializers.internal.LimitExceededException;
import io.kurier.serializers.internal.NoFraming;
import io.kurier.serializers.internal.ReadLimits;
import io.kurier.serializers.internal.WithheldException;
import io.kurier.serializers.protobuf.internal.DescriptorSet;
import io.kurier.serializers.protobuf.internal.MissingFields;
import io.kurier.spi.Framing;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages, generated or dynamic, as their own bytes; by default without a prefix, so that every Protobuf reader
 * can read the records.
 *
 * <p>Keys are written with the entries of maps in order: equal keys must be equal bytes to be in one partition. Null
 * stays null (a tombstone). After {@link #configure} it is safe for use by any number of threads.
 *
 * @param <M> the type of messages
 */
public final class ProtobufSerializer<M extends Message> implements Serializer<M> {

    /** The header that names a record's message type: its full name, such as {@code shop.v1.Order}, in UTF-8. */
    public static final String TYPE_HEADER = ProtobufFormat.TYPE_HEADER;

    /**
     * The name of a generated class, if a Kafka client makes this class by its name; messages of other types are then
     * refused. With the prefix {@code key.} or {@code value.} it is for keys or values only, and takes precedence.
     */
    public static final String TYPE_CONFIG = "protobuf.type";

    /** Whether to add {@link #TYPE_HEADER}, false if absent; prefixes as above. */
    public static final String TYPE_HEADER_CONFIG = "protobuf.type.header";

    /**
     * The name of the framing, which identifies the schema that wrote a record; {@code none} if absent, or that of a
     * plugin, whose keys are set as {@code protobuf.framing.NAME.KEY}. Prefixes as above.
     */
    public static final String FRAMING_CONFIG = ProtobufFormat.FRAMING_KEY;

    /** The full names of the types that are accepted; empty for any. */
    private Set<String> taken;

    private boolean forKey;
    private boolean typeHeader;
    private ReadLimits limits;
    private FrameWriters<Descriptor> frames;

    /** The reader's costs of the types that were written so far, of generated messages and of dynamic ones. */
    private final Map<Descriptor, MessageCost> generatedCosts = new ConcurrentHashMap<>();

    private final Map<Descriptor, MessageCost> dynamicCosts = new ConcurrentHashMap<>();

    /** One of them: most serializers write one type. Immutable, so a race between threads costs a search in a map. */
    private @Nullable MessageCost lastCost;

    /** Beyond that each message has a new descriptor, and keeping them would fill the heap. */
    private static final int KEPT_COSTS = 1_000;

    /** Creates a serializer of messages of any type, unless {@link #configure} names one. */
    public ProtobufSerializer() {
        this(Set.of(), false, false, ProtobufFormat.LIMITS);
    }

    /**
     * Creates a serializer of messages of the given types, which refuses others.
     *
     * @param types a message type or several, of a generated class ({@code Order.getDescriptor()}) or a {@link
     *     DescriptorSet}; they are compared by their full names
     */
    public ProtobufSerializer(Descriptor... types) {
        this(
                Set.copyOf(List.of(types).stream().map(Descriptor::getFullName).toList()),
                false,
                false,
                ProtobufFormat.LIMITS);
    }

    ProtobufSerializer(Set<String> taken, boolean forKey, boolean typeHeader, ReadLimits limits) {
        this(taken, forKey, typeHeader, limits, frames(NoFraming.INSTANCE));
    }

    ProtobufSerializer(
            Set<String> taken, boolean forKey, boolean typeHeader, ReadLimits limits, FrameWriters<Descriptor> frames) {
        this.taken = taken;
        this.forKey = forKey;
        this.typeHeader = typeHeader;
        this.limits = limits;
        this.frames = frames;
    }

    static FrameWriters<Descriptor> frames(Framing framing) {
        return new FrameWriters<>(framing, ProtobufSchema::new);
    }

    /**
     * Returns the same serializer, which adds {@link #TYPE_HEADER}, so that a topic may hold messages of several types.
     */
    public ProtobufSerializer<M> withTypeHeader() {
        return new ProtobufSerializer<>(taken, forKey, true, limits, frames);
    }

    /**
     * Takes from a Kafka client's configuration the keys of this class that are set, and the limits of {@link
     * ProtobufDeserializer}, since it does not write what a reader with the same settings refuses. A serializer of keys
     * also orders the entries of maps.
     *
     * @throws ConfigException if {@link #TYPE_CONFIG} does not name a generated class, {@link #TYPE_HEADER_CONFIG} is
     *     neither true nor false, a limit is not a positive number, or there is no such framing
     */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        ClientConfig config = new ClientConfig(configs, isKey);
        config.classNamed(TYPE_CONFIG)
                .map(GeneratedType::emptyMessage)
                .ifPresent(empty -> taken = Set.of(empty.getDescriptorForType().getFullName()));
        String key = config.keyFor(TYPE_HEADER_CONFIG);
        Object configured = ConfigDef.parseType(key, configs.get(key), ConfigDef.Type.BOOLEAN);
        typeHeader = configured == null ? typeHeader : Boolean.TRUE.equals(configured);
        limits = limits.with(config);
        ProtobufFormat.framings().of(config).ifPresent(framing -> frames = frames(framing));
        forKey = isKey;
    }

    /**
     * Returns the bytes of the message in its frame, without a header; null for null.
     *
     * @throws SerializationException if the type is not the declared one, required fields are missing, a text has an
     *     unpaired surrogate, or a reader with the same settings could not read it; it shows no values
     */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable M message) {
        return message == null ? null : framed(topic, null, message);
    }

    /** Returns the bytes of the message in its frame; also sets the type header, if that is configured. */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Headers headers, @Nullable M message) {
        if (message == null) {
            return null;
        }
        byte[] bytes = framed(topic, headers, message);
        if (typeHeader && headers != null) {
            // A record that was read elsewhere and is sent again may already have the header.
            headers.remove(TYPE_HEADER);
            headers.add(
                    TYPE_HEADER, message.getDescriptorForType().getFullName().getBytes(UTF_8));
        }
        return bytes;
    }

    private byte[] framed(String topic, @Nullable Headers headers, Message message) {
        checkType(message);
        return bytes(message, frames.prefix(topic, headers, message.getDescriptorForType()));
    }

    private void checkType(Message message) {
        String type = message.getDescriptorForType().getFullName();
        if (!taken.isEmpty() && !taken.contains(type)) {
            throw new SerializationException("cannot write a message of type " + type + " where "
                    + MessageTypes.list(taken)
                    + " is declared. Publish it to a topic of its own, or declare none and set type.header=true"
                    + " (protobuf.type.header=true in a Kafka client's configuration)");
        }
    }

    private byte[] bytes(Message message, byte[] prefix) {
        String type = message.getDescriptorForType().getFullName();
        try {
            if (!message.isInitialized()) {
                throw new SerializationException("cannot write a message of type " + type
                        + ": it lacks the required fields " + MissingFields.in(message));
            }
            byte[] bytes = written(message, prefix);
            checkLimits(message, bytes, prefix.length);
            String cut = TruncatedText.in(message, bytes, prefix.length);
            if (cut != null) {
                throw new SerializationException("cannot write a message of type " + type + " at " + cut);
            }
            return bytes;
        } catch (SerializationException e) {
            throw e;
        } catch (LimitExceededException e) {
            throw new SerializationException("cannot write a message of type " + type
                    + ", since it could not be read with these settings: " + e.getMessage());
        } catch (StackOverflowError e) {
            throw new SerializationException(
                    "cannot write a message of type " + type
                            + ": its messages are nested so deeply that the thread's stack is full",
                    new WithheldException(e));
        } catch (IOException | RuntimeException e) {
            throw new SerializationException(
                    "cannot write a message of type " + type + ": Protobuf failed with "
                            + e.getClass().getName(),
                    new WithheldException(e));
        }
    }

    private void checkLimits(Message message, byte[] bytes, int offset) {
        limits.checkSize(bytes.length);
        int length = bytes.length - offset;
        MessageCost cost = costOf(message);
        if (cost.mayTakeTooMuch(length, limits) || cost.mayBeTooDeep(length, limits)) {
            MessageScan.check(
                    message.getDescriptorForType(),
                    ExtensionRegistry.getEmptyRegistry(),
                    cost,
                    bytes,
                    offset,
                    length,
                    limits);
        }
    }

    private MessageCost costOf(Message message) {
        Descriptor type = message.getDescriptorForType();
        boolean dynamic = message instanceof DynamicMessage;
        MessageCost last = lastCost;
        if (last != null && last.isOf(type, dynamic)) {
            return last;
        }
        Map<Descriptor, MessageCost> costs = dynamic ? dynamicCosts : generatedCosts;
        MessageCost cost = costs.get(type);
        if (cost == null) {
            cost = new MessageCost(type, ExtensionRegistry.getEmptyRegistry(), dynamic);
            if (costs.size() >= KEPT_COSTS) {
                costs.clear();
            }
            costs.put(type, cost);
        }
        lastCost = cost;
        return cost;
    }

    /** Requests what the framing of some types needs; see {@link io.kurier.spi.Preparable}. */
    CompletionStage<?> prepare(String topic, Collection<Descriptor> types) {
        return frames.prepare(topic, types);
    }

    @Override
    public void close() {
        frames.close();
    }

    /** Returns the prefix and the message in one array, into which the message is written directly. */
    private byte[] written(Message message, byte[] prefix) throws IOException {
        Message ordered = forKey && message instanceof DynamicMessage ? OrderedMaps.in(message) : message;
        int size = ordered.getSerializedSize();
        byte[] bytes = Arrays.copyOf(prefix, prefix.length + size);
        CodedOutputStream output = CodedOutputStream.newInstance(bytes, prefix.length, size);
        if (forKey) {
            output.useDeterministicSerialization();
        }
        ordered.writeTo(output);
        output.checkNoSpaceLeft();
        return bytes;
    }
}
