// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import io.kurier.spi.RecordSequence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Splits one blob into records: a single one if it fits, otherwise chunks and a manifest. It has one chunk in memory,
 * whatever the size of the blob, and each array that it returns is new, so the caller may keep it.
 *
 * <p>The manifest is returned only after the content has ended without an error, so readers never take a part for the
 * whole. Used by one thread.
 */
public final class BlobChunks implements RecordSequence {
    /** 512 KiB: with key and headers well below the 1 MiB that producers and brokers accept by default. */
    public static final int DEFAULT_CHUNK_BYTES = 512 * 1024;
    /** 1 KiB: below it headers and framing would be larger than the content. */
    public static final int MIN_CHUNK_BYTES = 1024;
    /** 1 GiB, about the largest array that a record can be. */
    public static final int MAX_CHUNK_BYTES = 1 << 30;

    private final Blob blob;
    private final int chunkBytes;
    private final UUID id = UUID.randomUUID();
    private final MessageDigest digest = Sha256.start();
    private @Nullable InputStream content;
    private String contentType = "";
    /** The first byte of the next chunk, or -1 at the end of the content: a short read does not prove the end. */
    private int ahead = -1;

    private long size;
    private long chunks;
    private boolean complete;
    private boolean reading;

    /**
     * Creates the records of a blob, which is opened when the first record is requested.
     *
     * @param chunkBytes the maximum number of bytes of content in one record
     * @throws IllegalArgumentException if it is not from {@link #MIN_CHUNK_BYTES} to {@link #MAX_CHUNK_BYTES}
     */
    public BlobChunks(Blob blob, int chunkBytes) {
        if (chunkBytes < MIN_CHUNK_BYTES || chunkBytes > MAX_CHUNK_BYTES) {
            throw new IllegalArgumentException(
                    "chunks have " + MIN_CHUNK_BYTES + " to " + MAX_CHUNK_BYTES + " bytes, and not " + chunkBytes);
        }
        this.blob = blob;
        this.chunkBytes = chunkBytes;
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
        byte[] value = content == null ? first(headers) : following(content, headers);
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
        InputStream opened = blob.open();
        content = opened;
        // The array grows while it is read: most blobs are smaller than the maximum of a chunk.
        byte[] bytes = opened.readNBytes(chunkBytes);
        ahead = opened.read();
        String name = blob.name().orElse(null);
        contentType = blob.contentType().isPresent() ? blob.contentType().get() : ContentTypes.detect(bytes, name);
        if (ahead >= 0) {
            return chunk(bytes, headers);
        }
        complete = true;
        set(headers, MediaHeaders.CONTENT_TYPE, contentType);
        if (name != null) {
            set(headers, MediaHeaders.NAME, name);
        }
        return bytes;
    }

    private byte[] following(InputStream opened, Headers headers) throws IOException {
        if (ahead < 0) {
            complete = true;
            common(headers);
            set(headers, MediaHeaders.MANIFEST, MediaHeaders.VERSION);
            return ManifestJson.write(
                    new MediaPart.Manifest(id, size, chunks, Sha256.end(digest), contentType, blob.name()));
        }
        byte[] bytes = new byte[chunkBytes];
        bytes[0] = (byte) ahead;
        int count = 1 + opened.readNBytes(bytes, 1, chunkBytes - 1);
        ahead = opened.read();
        return chunk(count < chunkBytes ? Arrays.copyOf(bytes, count) : bytes, headers);
    }

    private byte[] chunk(byte[] bytes, Headers headers) {
        common(headers);
        set(headers, MediaHeaders.CHUNK, Long.toString(chunks));
        digest.update(bytes);
        size += bytes.length;
        chunks++;
        return bytes;
    }

    private void common(Headers headers) {
        set(headers, MediaHeaders.CONTENT_TYPE, contentType);
        set(headers, MediaHeaders.ID, id.toString());
    }

    private static void set(Headers headers, String name, String text) {
        headers.remove(name).add(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
