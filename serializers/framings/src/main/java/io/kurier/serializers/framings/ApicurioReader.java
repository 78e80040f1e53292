// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.spi.Frame;
import io.kurier.spi.FrameReader;
import io.kurier.spi.PayloadSchema;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Apicurio's serializers write: the headers if there are some, otherwise the prefix, with an id of four or
 * eight bytes. Safe for use by any number of threads.
 */
final class ApicurioReader implements FrameReader {
    private static final int SHORT_BYTES = 1 + Integer.BYTES;
    private static final int LONG_BYTES = 1 + Long.BYTES;

    private final String format;
    private final boolean protobuf;
    private final boolean eightBytes;
    private final ApicurioHeaders names;
    private final ReadSchemas schemas;
    private final FrameCache inHeaders = new FrameCache();
    private final FrameCache inPrefixes = new FrameCache();

    ApicurioReader(String format, boolean forKey, boolean eightBytes, ReadSchemas schemas) {
        this.format = format;
        this.protobuf = format.equals(SchemaText.PROTOBUF);
        this.eightBytes = eightBytes;
        this.names = ApicurioHeaders.of(forKey);
        this.schemas = schemas;
    }

    @Override
    public Frame read(String topic, @Nullable Headers headers, byte[] bytes, int offset, int length) {
        Frame frame = inHeaders(headers, bytes, offset, length);
        return frame == null ? inPrefix(bytes, offset, length) : frame;
    }

    /** Returns the frame in the headers; null if there is none. */
    @Nullable
    Frame inHeaders(@Nullable Headers headers, byte[] bytes, int offset, int length) {
        if (headers == null) {
            return null;
        }
        byte[] id = value(headers, names.contentId());
        if (id == null
                && value(headers, names.globalId()) == null
                && value(headers, names.contentHash()) == null
                && value(headers, names.artifactId()) == null) {
            return null;
        }
        if (id != null && id.length != Long.BYTES) {
            throw new SerializationException(
                    "its header " + names.contentId() + " has " + id.length + " bytes, and an id has 8");
        }
        refuseJson(headers);
        int size = protobuf ? refBytes(headers, bytes, offset, length) : 0;
        if (id == null) { // a number or name of another kind than the sources have
            return size == 0 ? Frame.NONE : new Frame(schemas.bySimpleName(TypeRef.name(bytes, offset, size)), size);
        }
        byte[] key = size == 0 ? id : Arrays.copyOf(id, id.length + size);
        System.arraycopy(bytes, offset, key, id.length, size);
        Frame known = inHeaders.get(key, 0, key.length);
        if (known != null) {
            return known;
        }
        Frame found = new Frame(schema(ByteBuffer.wrap(id).getLong(), bytes, offset, size), size);
        return inHeaders.put(key, 0, key.length, found);
    }

    /** Version 2 names the message in a header only, version 3 there and before the payload. */
    private int refBytes(Headers headers, byte[] bytes, int offset, int length) {
        byte[] type = value(headers, names.protobufType());
        if (type == null) {
            return TypeRef.length(bytes, offset, length);
        }
        byte[] ref = TypeRef.bytes(new String(type, UTF_8));
        int end = offset + Math.min(length, ref.length);
        return Arrays.equals(ref, 0, ref.length, bytes, offset, end) ? ref.length : 0;
    }

    private static byte @Nullable [] value(Headers headers, String name) {
        Header last = headers.lastHeader(name);
        return last == null ? null : last.value();
    }

    private void refuseJson(Headers headers) {
        byte[] encoding = format.equals(SchemaText.AVRO) ? value(headers, names.encoding()) : null;
        if (encoding != null && !Arrays.equals(encoding, "BINARY".getBytes(UTF_8))) {
            throw new SerializationException("its header " + names.encoding() + " names another encoding of Avro than"
                    + " BINARY. Write it without apicurio.registry.avro.encoding=JSON");
        }
    }

    /** Returns the frame before the payload. */
    Frame inPrefix(byte[] bytes, int offset, int length) {
        if (length == 0 || bytes[offset] != ApicurioFraming.MAGIC) {
            throw new SerializationException(whyNot(bytes, offset, length));
        }
        int idBytes = eightBytes || isLong(bytes, offset, length) ? LONG_BYTES : SHORT_BYTES;
        if (length < idBytes) {
            throw new SerializationException("it ends within the " + idBytes + " bytes that name its schema");
        }
        int size = idBytes + (protobuf ? TypeRef.length(bytes, offset + idBytes, length - idBytes) : 0);
        Frame known = inPrefixes.get(bytes, offset, size);
        if (known != null) {
            return known;
        }
        ByteBuffer id = ByteBuffer.wrap(bytes, offset + 1, idBytes - 1);
        long number = idBytes == LONG_BYTES ? id.getLong() : id.getInt();
        Frame found = new Frame(schema(number, bytes, offset + idBytes, size - idBytes), size);
        return inPrefixes.put(bytes, offset, size, found);
    }

    /** No id is 0, so four zero bytes are the first half of an id with eight. */
    static boolean isLong(byte[] bytes, int offset, int length) {
        return length >= LONG_BYTES
                && ByteBuffer.wrap(bytes, offset + 1, Integer.BYTES).getInt() == 0;
    }

    private @Nullable PayloadSchema schema(long id, byte[] bytes, int offset, int refBytes) {
        if (!protobuf) {
            return schemas.byId(id, file -> null);
        }
        String type = refBytes == 0 ? "" : TypeRef.name(bytes, offset, refBytes);
        if (type.isEmpty()) {
            return null;
        }
        Function<ProtoFile, @Nullable String> message = file -> file.fullName(type);
        return schemas.hasSources() ? schemas.byId(id, message) : schemas.bySimpleName(type);
    }

    private String whyNot(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return "there are no bytes, and no header " + names.contentId() + ". A tombstone is null";
        }
        return String.format(
                "it begins with the byte %02X, not with the byte 0 of Apicurio's wire format, and has no header %s. Set"
                        + " framing to the one that it was written with: none, or detect if the topic has several",
                bytes[offset], names.contentId());
    }
}
