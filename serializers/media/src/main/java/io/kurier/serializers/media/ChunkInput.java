// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The bytes of a stream in chunks of one size; only the last one may be smaller. Used by one thread. */
final class ChunkInput implements Closeable {
    /** The first array, if the stream does not report how much it has. */
    private static final int FIRST_BYTES = 8 * 1024;

    private final InputStream content;
    private final int chunkBytes;
    /** The first byte of the next chunk, if it was read already. */
    private int ahead = -1;

    private boolean ended;

    ChunkInput(InputStream content, int chunkBytes) {
        this.content = content;
        this.chunkBytes = chunkBytes;
    }

    /**
     * Reads the first chunk into an array that is no larger than needed if the stream reports its size, because most
     * blobs are smaller than a chunk.
     */
    byte[] first() throws IOException {
        int size = Math.min(chunkBytes, content.available());
        byte[] bytes = new byte[size > 0 ? size : Math.min(chunkBytes, FIRST_BYTES)];
        int count = content.readNBytes(bytes, 0, bytes.length);
        while (count == bytes.length) {
            int next = content.read();
            if (next < 0) {
                ended = true;
                return bytes;
            }
            if (count == chunkBytes) {
                ahead = next;
                return bytes;
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(chunkBytes, 2L * count));
            bytes[count] = (byte) next;
            count += 1 + content.readNBytes(bytes, count + 1, bytes.length - count - 1);
        }
        ended = true;
        return Arrays.copyOf(bytes, count);
    }

    /**
     * Reads the next chunk, which has at least one byte; returns null at the end. It reads a byte ahead only if the
     * stream reports no more bytes, since for a file that is a system call.
     */
    byte @Nullable [] next() throws IOException {
        if (ended) {
            return null;
        }
        byte[] bytes = new byte[chunkBytes];
        int count = 0;
        if (ahead >= 0) {
            bytes[0] = (byte) ahead;
            ahead = -1;
            count = 1;
        }
        count += content.readNBytes(bytes, count, chunkBytes - count);
        ended = count < chunkBytes;
        if (count == 0) {
            return null;
        }
        if (!ended && content.available() == 0) { // probably the end: a file that has changed is then known with it
            ahead = content.read();
            ended = ahead < 0;
        }
        return count < chunkBytes ? Arrays.copyOf(bytes, count) : bytes;
    }

    /** Returns whether it is known that all bytes are read. */
    boolean hasEnded() {
        return ended;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
