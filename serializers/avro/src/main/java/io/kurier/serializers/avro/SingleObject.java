// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import io.kurier.spi.Frame;
import io.kurier.spi.FrameReader;
import io.kurier.spi.FrameWriter;
import io.kurier.spi.Framing;
import io.kurier.spi.PayloadSchema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/**
 * The ten bytes before the body of a record: C3 01 and the schema's fingerprint, little-endian (Avro specification,
 * "Single object encoding"). A reader knows only the schemas that it was given. Immutable.
 */
final class SingleObject implements Framing {
    static final SingleObject INSTANCE = new SingleObject();

    private static final int HEADER_BYTES = 10;
    private static final byte MARKER = (byte) 0xC3;
    private static final byte VERSION = 1;

    private SingleObject() {}

    @Override
    public FrameWriter writer(String topic, PayloadSchema schema) {
        byte[] header = header(Fingerprint.of(avro(schema)));
        return headers -> header;
    }

    @Override
    public FrameReader reader(Collection<? extends PayloadSchema> known) {
        Map<Fingerprint, Frame> frames = new LinkedHashMap<>();
        known.forEach(schema -> frames.putIfAbsent(Fingerprint.of(avro(schema)), new Frame(schema, HEADER_BYTES)));
        return (topic, headers, bytes, offset, length) -> {
            if (!isHeader(bytes, offset, length)) {
                throw new SerializationException(whyNot(bytes, offset, length));
            }
            Fingerprint fingerprint = fingerprint(bytes, offset);
            Frame frame = frames.get(fingerprint);
            if (frame == null) {
                throw new SerializationException(AvroFailure.unknown(
                        fingerprint, known.stream().map(SingleObject::avro).toList()));
            }
            return frame;
        };
    }

    private static Schema avro(PayloadSchema schema) {
        return schema.nativeSchema() instanceof Schema avro ? avro : Schemas.ofText(schema);
    }

    static byte[] header(Fingerprint fingerprint) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MARKER)
                .put(VERSION)
                .putLong(fingerprint.value())
                .array();
    }

    private static boolean isHeader(byte[] bytes, int offset, int length) {
        return length >= HEADER_BYTES && bytes[offset] == MARKER && bytes[offset + 1] == VERSION;
    }

    /** Returns the fingerprint in bytes that {@link #isHeader} accepts. */
    private static Fingerprint fingerprint(byte[] bytes, int offset) {
        return new Fingerprint(ByteBuffer.wrap(bytes, offset + 2, Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong());
    }

    /**
     * Returns why {@link #isHeader} does not accept the bytes, from the prefixes that other software writes before
     * Avro.
     */
    private static String whyNot(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return "there are no bytes. A tombstone is null";
        }
        if (bytes[offset] == MARKER && (length == 1 || bytes[offset + 1] == VERSION)) {
            return "it ends within the 10 bytes that name the schema";
        }
        if (bytes[offset] == 0 && length >= 5) {
            return "it begins with the byte 0, as records with the id of a schema registry do (Confluent's wire format)."
                    + " Set framing to a plugin for that registry, or read this topic with the registry's deserializer";
        }
        if (length >= 4 && bytes[offset] == 'O' && bytes[offset + 1] == 'b' && bytes[offset + 2] == 'j') {
            return "it is an Avro container file. Publish its records by the avro source connector, not the file";
        }
        return "it does not begin with the bytes C3 01 of Avro's single-object encoding: it is something else, or Avro"
                + " without its schema's fingerprint";
    }
}
