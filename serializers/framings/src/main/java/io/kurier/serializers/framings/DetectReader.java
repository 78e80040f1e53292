// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import static io.kurier.serializers.framings.ConfluentFraming.GUID_BYTES;
import static io.kurier.serializers.framings.ConfluentFraming.GUID_MAGIC;
import static io.kurier.serializers.framings.ConfluentFraming.ID_BYTES;
import static io.kurier.serializers.framings.ConfluentFraming.ID_MAGIC;

import io.kurier.spi.Frame;
import io.kurier.spi.FrameReader;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Guesses the framing of a record by what is there: Confluent's header, Apicurio's headers, a single object of Avro, a
 * zero byte and an id, a GUID that is known, and a bare payload otherwise. Safe for use by any number of threads.
 */
final class DetectReader implements FrameReader {
    private final boolean avro;
    private final boolean protobuf;
    private final ConfluentReader confluent;
    private final ApicurioReader apicurio;
    private final SingleObjectReader singleObjects;

    DetectReader(String format, boolean forKey, ReadSchemas schemas) {
        this.avro = format.equals(SchemaText.AVRO);
        this.protobuf = format.equals(SchemaText.PROTOBUF);
        this.confluent = new ConfluentReader(format, forKey, schemas);
        this.apicurio = new ApicurioReader(format, forKey, false, schemas);
        this.singleObjects = new SingleObjectReader(schemas.known());
    }

    @Override
    public Frame read(String topic, @Nullable Headers headers, byte[] bytes, int offset, int length) {
        Frame inHeader = confluent.inHeader(headers);
        if (inHeader == null) {
            inHeader = apicurio.inHeaders(headers, bytes, offset, length);
        }
        if (inHeader != null) {
            return inHeader;
        }
        if (avro && SingleObjectReader.isHeader(bytes, offset, length)) {
            return singleObjects.read(bytes, offset);
        }
        if (length >= ID_BYTES && bytes[offset] == ID_MAGIC) {
            return isApicurios(bytes, offset, length)
                    ? apicurio.inPrefix(bytes, offset, length)
                    : confluent.inPrefix(bytes, offset, length);
        }
        return length >= GUID_BYTES && bytes[offset] == GUID_MAGIC ? guidOrBare(bytes, offset, length) : Frame.NONE;
    }

    private boolean isApicurios(byte[] bytes, int offset, int length) {
        return ApicurioReader.isLong(bytes, offset, length)
                || (protobuf && TypeRef.isLikely(bytes, offset + ID_BYTES, length - ID_BYTES));
    }

    /** A payload may begin with the byte 1 as well, so only a GUID that is known is taken for one. */
    private Frame guidOrBare(byte[] bytes, int offset, int length) {
        try {
            Frame frame = confluent.inPrefix(bytes, offset, length);
            return frame.schema() == null ? Frame.NONE : frame;
        } catch (SerializationException e) {
            // The GUID is not known, so it is none.
            return Frame.NONE;
        }
    }
}
