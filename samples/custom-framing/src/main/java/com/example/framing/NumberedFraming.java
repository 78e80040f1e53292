// SPDX-License-Identifier: Apache-2.0
package com.example.framing;

import io.kurier.spi.Frame;
import io.kurier.spi.FrameReader;
import io.kurier.spi.FrameWriter;
import io.kurier.spi.Framing;
import io.kurier.spi.FramingSettings;
import io.kurier.spi.NotReadyException;
import io.kurier.spi.PayloadSchema;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.errors.SerializationException;

/**
 * A zero byte, the four bytes of the schema's id, and of a Protobuf message the path to it in its file: the shape that
 * Confluent's serializers write.
 */
final class NumberedFraming implements Framing {
    private static final byte MAGIC = 0;
    private static final int ID_BYTES = 1 + Integer.BYTES;

    private final Registry registry;
    private final boolean hasPaths;
    private final String side;

    NumberedFraming(Registry registry, FramingSettings settings) {
        this.registry = registry;
        this.hasPaths = settings.format().equals("protobuf");
        this.side = settings.forKey() ? "key" : "value";
    }

    // region writing
    @Override
    public FrameWriter writer(String topic, PayloadSchema schema) {
        String subject = topic + "-" + side;
        byte[] prefix = prefix(answer("the id of " + subject, registry.idOf(subject, schema)), schema.messageIndexes());
        return headers -> prefix; // the same for each record
    }

    private <T> T answer(String what, CompletableFuture<T> asked) {
        if (!asked.isDone()) {
            throw new NotReadyException(what + ", from " + registry, asked);
        }
        try {
            return asked.join();
        } catch (CompletionException e) {
            Throwable reason = Objects.requireNonNullElse(e.getCause(), e);
            throw new SerializationException(what + " is refused: " + reason.getMessage(), reason);
        }
    }
    // endregion

    private static byte[] prefix(int id, List<Integer> messageIndexes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(ID_BYTES).put(MAGIC).putInt(id).array());
        if (messageIndexes.equals(List.of(0))) {
            out.write(0); // the short form of the one message that most files begin with
        } else if (!messageIndexes.isEmpty()) {
            Varints.write(out, messageIndexes.size());
            messageIndexes.forEach(index -> Varints.write(out, index));
        }
        return out.toByteArray();
    }

    // region reading
    @Override
    public FrameReader reader(Collection<? extends PayloadSchema> known) {
        Map<ByteBuffer, Frame> frames = new ConcurrentHashMap<>();
        return (topic, headers, bytes, offset, length) -> {
            if (length < ID_BYTES || bytes[offset] != MAGIC) {
                throw new SerializationException("it does not begin with a zero byte and the id of a schema");
            }
            int id = ByteBuffer.wrap(bytes, offset + 1, Integer.BYTES).getInt();
            int prefix = ID_BYTES + (hasPaths ? Varints.pathBytes(bytes, offset + ID_BYTES, length - ID_BYTES) : 0);
            ByteBuffer key = ByteBuffer.wrap(bytes, offset, prefix);
            Frame frame = frames.get(key);
            if (frame == null) {
                List<Integer> path = Varints.path(bytes, offset + ID_BYTES, prefix - ID_BYTES);
                frame = new Frame(answer("schema " + id, registry.schemaOf(id, path)), prefix);
                frames.put(ByteBuffer.wrap(Arrays.copyOfRange(bytes, offset, offset + prefix)), frame);
            }
            return frame;
        };
    }
    // endregion
}
