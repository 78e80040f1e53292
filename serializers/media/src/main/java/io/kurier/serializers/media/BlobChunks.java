// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import io.kurier.spi.RecordSequence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Splits one blob into records: a single one if it fits, otherwise chunks and a manifest. It has two chunks in memory,
 * whatever the size of the blob: the one that was returned last, which is hashed in the JDK's common pool meanwhile,
 * and the next. It does not use an array again that it has returned, so the caller may keep it, but must not change it
 * before the next call. The only record of a blob of bytes in memory is these bytes themselves.
 *
 * <p>The manifest is returned only after the content has ended without an error, so readers never take a part for the
 * whole. Used by one thread.
 */
public final class BlobChunks implements RecordSequence {
    /**
     * 920 KiB: with a key and headers below the 1 MiB that producers and brokers accept by default, and most of one of
     * G1's smallest regions, 1 MiB. In these an array of half a region or more is allocated as whole regions, so 512 KiB
     * would take as much heap. The same holds for the producer's buffer, which grows by a tenth if compression gains
     * nothing.
     */
    public static final int DEFAULT_CHUNK_BYTES = 920 * 1024;
    /** 1 KiB: below it headers and framing would be larger than the content. */
    public static final int MIN_CHUNK_BYTES = 1024;
    /** 1 GiB, about the largest array that a record can be. */
    public static final int MAX_CHUNK_BYTES = 1 << 30;

    private final Blob blob;
    private final int chunkBytes;
    private final Optional<UUID> givenId;
    private @Nullable ChunkInput content;
    private @Nullable Larger larger;
    private boolean complete;
    private boolean reading;

    /**
     * Creates the records of a blob, which is opened when the first record is requested.
     *
     * @param chunkBytes the maximum number of bytes of content in one record
     * @throws IllegalArgumentException if it is not from {@link #MIN_CHUNK_BYTES} to {@link #MAX_CHUNK_BYTES}
     */
    public BlobChunks(Blob blob, int chunkBytes) {
        this(blob, chunkBytes, Optional.empty());
    }

    /**
     * Creates the records of a blob with a given id, to continue an interrupted act of publishing. All records are
     * returned, from the first one on: the caller does not send those that are stored already, and must stop if they
     * are not the same bytes, because no reader could assemble the others with them.
     *
     * @param chunkBytes the maximum number of bytes of content in one record; the same as before
     * @param id the id of the interrupted act of publishing; not used if the blob is a single record
     * @throws IllegalArgumentException if {@code chunkBytes} is not from {@link #MIN_CHUNK_BYTES} to {@link
     *     #MAX_CHUNK_BYTES}
     */
    public BlobChunks(Blob blob, int chunkBytes, UUID id) {
        this(blob, chunkBytes, Optional.of(id));
    }

    private BlobChunks(Blob blob, int chunkBytes, Optional<UUID> id) {
        if (chunkBytes < MIN_CHUNK_BYTES || chunkBytes > MAX_CHUNK_BYTES) {
            throw new IllegalArgumentException(
                    "chunks have " + MIN_CHUNK_BYTES + " to " + MAX_CHUNK_BYTES + " bytes, and not " + chunkBytes);
        }
        this.blob = blob;
        this.chunkBytes = chunkBytes;
        this.givenId = id;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Replaces a {@code content-type} among the headers, and adds those of {@link MediaHeaders}.
     *
     * @throws IllegalStateException if an earlier call could not read the content: later bytes would leave a gap
     */
    @Override
    public byte @Nullable [] next(Headers headers) throws IOException {
        if (complete) {
            return null;
        }
        if (reading) {
            throw new IllegalStateException("the content of the blob could not be read before. Begin it anew");
        }
        reading = true;
        byte[] value = larger == null ? first(headers) : larger.next(headers);
        reading = false;
        return value;
    }

    /** Returns whether the record that was returned last is the last of the blob: its only one, or the manifest. */
    public boolean isComplete() {
        return complete;
    }

    @Override
    public void close() throws IOException {
        if (content != null) {
            content.close();
        }
    }

    private byte[] first(Headers headers) throws IOException {
        byte[] memory = blob.inMemory();
        if (memory != null && memory.length <= chunkBytes) {
            return whole(memory, headers);
        }
        ChunkInput opened = new ChunkInput(blob.open(), chunkBytes);
        content = opened;
        byte[] bytes = opened.first();
        if (opened.hasEnded()) {
            return whole(bytes, headers);
        }
        Larger begun = new Larger(opened, contentType(bytes));
        larger = begun;
        return begun.chunk(bytes, headers);
    }

    private byte[] whole(byte[] bytes, Headers headers) throws IOException {
        String contentType = contentType(bytes);
        complete = true;
        set(headers, MediaHeaders.CONTENT_TYPE, contentType);
        if (blob.name().isPresent()) {
            set(headers, MediaHeaders.NAME, blob.name().get());
        }
        return bytes;
    }

    private String contentType(byte[] first) throws IOException {
        return blob.contentType().isPresent()
                ? blob.contentType().get()
                : ContentTypes.detect(first, blob.name().orElse(null));
    }

    private static void set(Headers headers, String name, String text) {
        headers.remove(name).add(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The chunks and the manifest of a blob that does not fit into one record. */
    private final class Larger {
        private final ChunkInput input;
        private final String contentType;
        private final UUID id = givenId.orElseGet(UUID::randomUUID);
        private final ChunkDigest digest = new ChunkDigest();
        private long size;
        private long chunks;

        Larger(ChunkInput input, String contentType) {
            this.input = input;
            this.contentType = contentType;
        }

        byte[] next(Headers headers) throws IOException {
            byte[] bytes = input.next();
            return bytes == null ? manifest(headers) : chunk(bytes, headers);
        }

        byte[] chunk(byte[] bytes, Headers headers) {
            common(headers);
            set(headers, MediaHeaders.CHUNK, Long.toString(chunks));
            digest.update(bytes);
            size += bytes.length;
            chunks++;
            return bytes;
        }

        private byte[] manifest(Headers headers) {
            complete = true;
            common(headers);
            set(headers, MediaHeaders.MANIFEST, MediaHeaders.VERSION);
            return ManifestJson.write(new MediaPart.Manifest(id, size, chunks, digest.end(), contentType, blob.name()));
        }

        private void common(Headers headers) {
            set(headers, MediaHeaders.CONTENT_TYPE, contentType);
            set(headers, MediaHeaders.ID, id.toString());
        }
    }
}
