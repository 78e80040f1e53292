// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The ten bytes before the body of a record: C3 01 and the schema's fingerprint, little-endian (Avro specification,
 * "Single object encoding").
 */
final class SingleObject {
    static final int HEADER_BYTES = 10;

    private static final byte MARKER = (byte) 0xC3;
    private static final byte VERSION = 1;

    private SingleObject() {}

    static byte[] header(Fingerprint fingerprint) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MARKER)
                .put(VERSION)
                .putLong(fingerprint.value())
                .array();
    }

    static boolean isHeader(byte[] bytes, int offset, int length) {
        return length >= HEADER_BYTES && bytes[offset] == MARKER && bytes[offset + 1] == VERSION;
    }

    /** The fingerprint in bytes that {@link #isHeader} accepts. */
    static Fingerprint fingerprint(byte[] bytes, int offset) {
        return new Fingerprint(ByteBuffer.wrap(bytes, offset + 2, Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong());
    }

    /** Why bytes that {@link #isHeader} does not accept are none, by what others put in front of Avro. */
    static String whyNot(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return "there are no bytes. A tombstone is null";
        }
        if (bytes[offset] == MARKER && (length == 1 || bytes[offset + 1] == VERSION)) {
            return "it ends within the 10 bytes that name the schema";
        }
        if (bytes[offset] == 0 && length >= 5) {
            return "it begins with the byte 0, as records with the id of a schema registry do (Confluent's wire format)."
                    + " Read this topic with the registry's deserializer";
        }
        if (length >= 4 && bytes[offset] == 'O' && bytes[offset + 1] == 'b' && bytes[offset + 2] == 'j') {
            return "it is an Avro container file. Publish its records by the avro source connector, not the file";
        }
        return "it does not begin with the bytes C3 01 of Avro's single-object encoding: it is something else, or Avro"
                + " without its schema's fingerprint";
    }
}
