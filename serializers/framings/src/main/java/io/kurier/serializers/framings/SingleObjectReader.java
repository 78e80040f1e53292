// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import io.kurier.spi.Frame;
import io.kurier.spi.PayloadSchema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Reads Avro's single-object encoding (Avro specification) among other framings: C3 01 and the fingerprint of one of
 * the schemas that the deserializer has. Immutable.
 */
final class SingleObjectReader {
    private static final byte MARKER = (byte) 0xC3;
    private static final byte VERSION = 1;
    private static final int BYTES = 2 + Long.BYTES;

    private final Map<Long, Frame> frames = new HashMap<>();

    SingleObjectReader(List<PayloadSchema> known) {
        for (PayloadSchema schema : known) {
            String text = schema.text();
            if (text == null || !schema.format().equals(SchemaText.AVRO)) {
                continue;
            }
            try {
                String parsing = SchemaText.of(SchemaText.AVRO, text).parsing();
                if (parsing != null) {
                    frames.putIfAbsent(AvroFingerprint.of(parsing), new Frame(schema, BYTES));
                }
            } catch (IllegalArgumentException e) {
                throw new SerializationException("a schema of the deserializer cannot be read: " + e.getMessage(), e);
            }
        }
    }

    static boolean isHeader(byte[] bytes, int offset, int length) {
        return length >= BYTES && bytes[offset] == MARKER && bytes[offset + 1] == VERSION;
    }

    /** Returns the frame of bytes that {@link #isHeader} accepts. */
    Frame read(byte[] bytes, int offset) {
        long fingerprint = ByteBuffer.wrap(bytes, offset + 2, Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        Frame frame = frames.get(fingerprint);
        if (frame == null) {
            throw new SerializationException(String.format(
                    "it is a single object of a schema of the fingerprint %016x, and none of the %d schemas that are"
                            + " known here has it. Add the schema it was written with to schemas (avro.schemas in a"
                            + " Kafka client's configuration)",
                    fingerprint, frames.size()));
        }
        return frame;
    }
}
