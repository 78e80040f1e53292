// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import io.kurier.ArrayHeaders;
import io.kurier.serializers.internal.ClientConfig;
import io.kurier.spi.RecordSequence;
import io.kurier.spi.SequenceSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Writes blobs: one record each if they fit, otherwise a sequence of chunks and a manifest, as {@code
 * docs/media-format.md} specifies. Accepts {@link Blob}, {@link Path} and {@code byte[]}; null stays null (a
 * tombstone). For values only.
 *
 * <p>A publisher sends the records of {@link #sequence}. A plain {@code KafkaProducer} calls only {@link #serialize},
 * which accepts blobs of one record and refuses larger ones.
 *
 * <p>After {@link #configure} it is safe for use by any number of threads.
 *
 * @param <T> the type of values
 */
public final class MediaSerializer<T> implements SequenceSerializer<T> {
    /**
     * The maximum number of bytes of content in one record, {@link BlobChunks#DEFAULT_CHUNK_BYTES} if absent. With the
     * prefix {@code value.} it takes precedence.
     */
    public static final String CHUNK_BYTES_CONFIG = "media.chunk.bytes";

    private int chunkBytes;

    /** Creates a serializer with chunks of {@link BlobChunks#DEFAULT_CHUNK_BYTES}. */
    public MediaSerializer() {
        this(BlobChunks.DEFAULT_CHUNK_BYTES);
    }

    /**
     * Creates a serializer with chunks of another size.
     *
     * @param chunkBytes the maximum number of bytes of content in one record
     * @throws ConfigException if it is not from {@link BlobChunks#MIN_CHUNK_BYTES} to {@link
     *     BlobChunks#MAX_CHUNK_BYTES}
     */
    public MediaSerializer(int chunkBytes) {
        this.chunkBytes = checked(CHUNK_BYTES_CONFIG, chunkBytes);
    }

    /**
     * Takes the size of chunks from a Kafka client's configuration, if it is set.
     *
     * @throws ConfigException if it is out of range, or the client would use this class for keys
     */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        if (isKey) {
            throw notForKeys();
        }
        ClientConfig config = new ClientConfig(configs, false);
        config.positiveInt(CHUNK_BYTES_CONFIG)
                .ifPresent(configured -> chunkBytes = checked(config.keyFor(CHUNK_BYTES_CONFIG), configured));
    }

    /**
     * Returns the records of a blob of any size.
     *
     * <p>A {@code content-type} among the headers is taken as declared for the blob. Without one, the content type is
     * the blob's own, otherwise it is detected from its name and first bytes.
     *
     * @throws SerializationException if the value is not a blob, a header begins with {@code media.}, or the headers
     *     and the blob declare different content types
     */
    @Override
    public RecordSequence sequence(String topic, Headers headers, T value) {
        return chunks(headers, value);
    }

    /**
     * Returns the value of the only record of a blob that fits into one, and adds its headers to the given ones; null
     * for null.
     *
     * @throws SerializationException if the blob needs more records, cannot be read, or is refused as by {@link
     *     #sequence}
     */
    @Override
    public byte @Nullable [] serialize(String topic, Headers headers, @Nullable T value) {
        if (value == null) {
            return null;
        }
        Headers more = new ArrayHeaders(headers);
        byte[] bytes;
        boolean complete;
        try (BlobChunks chunks = chunks(headers, value)) {
            bytes = chunks.next(more);
            complete = chunks.isComplete();
        } catch (IOException e) {
            throw new SerializationException("the blob cannot be read: " + e.getMessage(), e);
        }
        if (!complete) {
            throw new SerializationException("the blob has more than " + chunkBytes + " bytes, so it needs several"
                    + " records, and a Kafka producer sends one a call. Publish it with a Kurier publisher; or send the"
                    + " records of MediaSerializer.sequence(...) yourself, all to one partition, with a"
                    + " ByteArraySerializer; or raise " + CHUNK_BYTES_CONFIG + ", and with it the producer's"
                    + " max.request.size and the topic's max.message.bytes");
        }
        more.forEach(header -> headers.remove(header.key()));
        more.forEach(headers::add);
        return bytes;
    }

    /**
     * Does the same as {@link #serialize(String, Headers, Object)} for callers without headers: name and type are lost.
     */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        return serialize(topic, new ArrayHeaders(), value);
    }

    private BlobChunks chunks(Headers headers, T value) {
        for (Header header : headers) {
            if (header.key().startsWith(MediaHeaders.PREFIX)) {
                throw new SerializationException("the record has the header " + header.key() + " already. Headers that"
                        + " begin with media. belong to the media format: give yours another name");
            }
        }
        Blob blob = blob(value);
        Header declared = headers.lastHeader(MediaHeaders.CONTENT_TYPE);
        return new BlobChunks(declared == null ? blob : declared(blob, declared.value()), chunkBytes);
    }

    private static Blob declared(Blob blob, byte @Nullable [] header) {
        String type = header == null ? "" : new String(header, StandardCharsets.UTF_8);
        if (!Blob.isContentType(type)) {
            throw new SerializationException("the header content-type is not of the form type/subtype in ASCII");
        }
        if (!blob.contentType().orElse(type).equals(type)) {
            throw new SerializationException("the header content-type and the blob declare different types. Keep one");
        }
        return blob.contentType(type);
    }

    private Blob blob(T value) {
        if (value instanceof Blob blob) {
            return blob;
        }
        if (value instanceof Path file) {
            return Blob.of(file);
        }
        if (value instanceof byte[] bytes) {
            return Blob.of(bytes);
        }
        throw new SerializationException("media takes a Blob, a Path or a byte[], and not a "
                + value.getClass().getName() + ". Make it one: Blob.of(...)");
    }

    static ConfigException notForKeys() {
        return new ConfigException("media is for values: a key is small, and all records of a blob have the same one."
                + " Take another serializer for keys, such as text");
    }

    private static int checked(String key, int chunkBytes) {
        ConfigDef.Range.between(BlobChunks.MIN_CHUNK_BYTES, BlobChunks.MAX_CHUNK_BYTES)
                .ensureValid(key, chunkBytes);
        return chunkBytes;
    }
}
