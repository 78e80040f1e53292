// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** The bytes of a {@link FileInput}: those of the file, or those that are compressed in it. */
interface FileContent extends Closeable {

    /**
     * Reads bytes at a position.
     *
     * @param length at least 1
     * @return how many were read, at least 1; -1 at the end
     */
    int read(byte[] target, int offset, int length, long position) throws IOException;

    /** Returns the number of bytes; may have to read all of them. */
    long size() throws IOException;

    /** Returns why the content ends before the file does, as far as it was read; null if it does not. */
    default @Nullable String fault() {
        return null;
    }

    /**
     * The bytes of a file.
     *
     * @param size where to end, in bytes
     */
    record Plain(FileChannel channel, long size) implements FileContent {
        @Override
        public int read(byte[] target, int offset, int length, long position) throws IOException {
            if (position >= size) {
                return -1;
            }
            int wanted = (int) Math.min(length, size - position);
            int count = channel.read(ByteBuffer.wrap(target, offset, wanted), position);
            if (count < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
