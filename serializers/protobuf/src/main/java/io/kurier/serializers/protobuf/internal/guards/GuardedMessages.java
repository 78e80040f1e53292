// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf.internal.guards;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import io.kurier.serializers.internal.GuardedValues;
import io.kurier.serializers.internal.LimitExceededException;
import io.kurier.serializers.internal.ReadLimits;
import io.kurier.serializers.protobuf.ProtobufDeserializer;
import io.kurier.serializers.protobuf.ProtobufSerializer;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Frame;
import io.kurier.spi.FrameReader;
import io.kurier.spi.PayloadSchema;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of a guarded topic, behind the frame of any framing. After its creation safe for use by any number
 * of threads.
 */
public final class GuardedMessages {
    /** The name of the format, which is also the prefix of the limits in a plain Kafka client. */
    public static final String PROTOBUF = "protobuf";

    /** Protobuf's own limit. */
    private static final int MAX_DEPTH = 100;

    /** Those of the serializer. */
    public static final ReadLimits LIMITS = ReadLimits.defaults(PROTOBUF, MAX_DEPTH);

    private final ReadLimits limits;
    private final FrameReader frames;
    private final @Nullable String unmarked;

    /** By full name: the record or its frame chooses among them. */
    private final Map<String, ProtobufDeserializer<Message>> readers = new LinkedHashMap<>();

    /**
     * A message of a record.
     *
     * @param frame the number of bytes of the value before the message
     */
    public record Read(Message message, int frame) {}

    /** Creates a reader of the messages of some types. */
    public GuardedMessages(GuardedValues values, GuardedTypes types, ReadLimits limits) {
        this.limits = limits;
        this.unmarked = types.unmarked();
        this.frames = values.frames(
                types.empty().stream().map(GuardedMessages::schema).toList());
        types.empty()
                .forEach(
                        empty -> readers.put(empty.getDescriptorForType().getFullName(), reader(empty, types, limits)));
    }

    private static PayloadSchema schema(Message empty) {
        byte[] file = empty.getDescriptorForType().getFile().toProto().toByteArray();
        return PayloadSchema.of(
                PROTOBUF,
                empty.getDescriptorForType().getFullName(),
                Base64.getEncoder().encodeToString(file));
    }

    private static ProtobufDeserializer<Message> reader(Message empty, GuardedTypes types, ReadLimits limits) {
        ProtobufDeserializer<Message> reader = new ProtobufDeserializer<>(empty);
        if (types.extensions() != null) {
            reader = reader.withExtensions(types.extensions());
        }
        reader.configure(
                Map.of(
                        ProtobufDeserializer.MAX_BYTES_CONFIG, limits.maxBytes(),
                        ProtobufDeserializer.MAX_EXPANSION_CONFIG, limits.maxExpansion(),
                        ProtobufDeserializer.MAX_DEPTH_CONFIG, limits.maxDepth()),
                false);
        return reader;
    }

    /**
     * Returns the message of a record.
     *
     * @param value that of the record
     * @throws SerializationException if the value exceeds a limit, or is no message of a known type; it shows no values
     */
    public Read read(EncodedRecord record, byte[] value) {
        try {
            limits.checkSize(value.length);
        } catch (LimitExceededException e) {
            throw new SerializationException(String.valueOf(e.getMessage()));
        }
        Frame frame = frames.read(record.topic(), record.headers(), value, 0, value.length);
        int before = Math.min(frame.length(), value.length);
        Message message = reader(record, frame.schema())
                .deserialize(record.topic(), null, ByteBuffer.wrap(value, before, value.length - before));
        return new Read(Objects.requireNonNull(message), before);
    }

    private ProtobufDeserializer<Message> reader(EncodedRecord record, @Nullable PayloadSchema framed) {
        String name = named(record, framed);
        ProtobufDeserializer<Message> reader = name == null ? null : readers.get(name);
        if (reader == null) {
            throw new SerializationException(
                    (name == null ? "the record does not name its message type" : "it names another message type")
                            + ", and those that are known are " + String.join(", ", readers.keySet())
                            + ". Publish one of them, or name a descriptor set that has the others");
        }
        return reader;
    }

    private @Nullable String named(EncodedRecord record, @Nullable PayloadSchema framed) {
        Header header = record.headers().lastHeader(ProtobufSerializer.TYPE_HEADER);
        if (header != null && header.value() != null) {
            return new String(header.value(), UTF_8);
        }
        String inFrame = framed == null ? null : framed.fullName();
        return inFrame == null ? unmarked : inFrame;
    }
}
