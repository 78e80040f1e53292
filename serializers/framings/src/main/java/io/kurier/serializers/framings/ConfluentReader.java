// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import static io.kurier.serializers.framings.ConfluentFraming.GUID_BYTES;
import static io.kurier.serializers.framings.ConfluentFraming.GUID_MAGIC;
import static io.kurier.serializers.framings.ConfluentFraming.ID_BYTES;
import static io.kurier.serializers.framings.ConfluentFraming.ID_MAGIC;

import io.kurier.spi.Frame;
import io.kurier.spi.FrameReader;
import io.kurier.spi.PayloadSchema;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Confluent's {@code DualSchemaIdDeserializer} reads: the last header of the name, if there is one with a
 * value, otherwise the prefix; a number or a GUID in either place. Safe for use by any number of threads.
 */
final class ConfluentReader implements FrameReader {
    private final boolean protobuf;
    private final String header;
    private final ReadSchemas schemas;
    private final FrameCache inHeaders = new FrameCache();
    private final FrameCache inPrefixes = new FrameCache();

    ConfluentReader(String format, boolean forKey, ReadSchemas schemas) {
        this.protobuf = format.equals(SchemaText.PROTOBUF);
        this.header = ConfluentFraming.header(forKey);
        this.schemas = schemas;
    }

    @Override
    public Frame read(String topic, @Nullable Headers headers, byte[] bytes, int offset, int length) {
        Frame inHeader = inHeader(headers);
        return inHeader == null ? inPrefix(bytes, offset, length) : inHeader;
    }

    /** Returns the frame in the headers; null if there is none. */
    @Nullable
    Frame inHeader(@Nullable Headers headers) {
        Header last = headers == null ? null : headers.lastHeader(header);
        byte[] value = last == null ? null : last.value();
        if (value == null) {
            return null;
        }
        if (value.length == 0 || (value[0] != ID_MAGIC && value[0] != GUID_MAGIC)) {
            throw new SerializationException(
                    "its header " + header + " does not begin with the byte 1 of a GUID or 0 of"
                            + " an id, as Confluent's serializers write it");
        }
        return frame(value, 0, value.length, true);
    }

    /** Returns the frame before the payload. */
    Frame inPrefix(byte[] bytes, int offset, int length) {
        if (length == 0 || (bytes[offset] != ID_MAGIC && bytes[offset] != GUID_MAGIC)) {
            throw new SerializationException(whyNot(bytes, offset, length));
        }
        return frame(bytes, offset, length, false);
    }

    private String whyNot(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return "there are no bytes, and no header " + header + ". A tombstone is null";
        }
        if (SingleObjectReader.isHeader(bytes, offset, length)) {
            return "it begins with the bytes C3 01 of Avro's single-object encoding. Set framing to single-object, or to"
                    + " detect if the topic has both";
        }
        return String.format(
                "it begins with the byte %02X, not with the byte 0 of Confluent's wire format, and has no header %s. Set"
                        + " framing to the one that it was written with: none, or detect if the topic has several",
                bytes[offset], header);
    }

    private Frame frame(byte[] bytes, int offset, int length, boolean isHeader) {
        int idBytes = bytes[offset] == ID_MAGIC ? ID_BYTES : GUID_BYTES;
        if (length < idBytes) {
            throw new SerializationException((isHeader ? "its header " + header + " ends" : "it ends") + " within the "
                    + idBytes + " bytes that name its schema");
        }
        int size = idBytes + (protobuf ? MessageIndexes.length(bytes, offset + idBytes, length - idBytes) : 0);
        FrameCache cache = isHeader ? inHeaders : inPrefixes;
        Frame known = cache.get(bytes, offset, size);
        if (known != null) {
            return known;
        }
        Frame found = new Frame(schema(bytes, offset, idBytes, size), isHeader ? 0 : size);
        return cache.put(bytes, offset, size, found);
    }

    private @Nullable PayloadSchema schema(byte[] bytes, int offset, int idBytes, int size) {
        Function<ProtoFile, @Nullable String> message = file -> {
            List<Integer> path = MessageIndexes.path(bytes, offset + idBytes, size - idBytes);
            return file.fullName(path);
        };
        ByteBuffer id = ByteBuffer.wrap(bytes, offset + 1, idBytes - 1);
        return idBytes == ID_BYTES
                ? schemas.byId(id.getInt(), message)
                : schemas.byGuid(new UUID(id.getLong(), id.getLong()), message);
    }
}
