// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that are compressed in a file. They can be read forward only, so to go back they are decompressed from the
 * start again, and to go forward those in between are decompressed and dropped.
 *
 * <p>Where the compressed data end too early or are damaged, the content ends, and {@link #fault} tells why. Used by one
 * thread, except {@link #close}, which any thread may call.
 */
final class Decompressed implements FileContent {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final long UNKNOWN = -1;

    private final FileContent file;
    private final Compression compression;

    private @Nullable Compressed raw;
    private @Nullable InputStream stream;
    /** The position of the next byte of the stream. */
    private long next;

    private long end = UNKNOWN;
    private volatile @Nullable String fault;
    private boolean closed;

    Decompressed(FileContent file, Compression compression) {
        this.file = file;
        this.compression = compression;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length, long position) throws IOException {
        if (end != UNKNOWN && position >= end) {
            return -1;
        }
        if (!skipTo(position)) {
            return -1;
        }
        return readNext(target, offset, length);
    }

    @Override
    public synchronized long size() throws IOException {
        if (end == UNKNOWN) {
            skipTo(Long.MAX_VALUE);
        }
        return end;
    }

    @Override
    public @Nullable String fault() {
        return fault;
    }

    /** Closes the file first, which ends a read that is under way, and then frees what the stream holds. */
    @Override
    public void close() throws IOException {
        file.close();
        synchronized (this) {
            closed = true;
            closeStream();
        }
    }

    /** Returns false if the content ends before the position. */
    private boolean skipTo(long position) throws IOException {
        if (stream == null || position < next) {
            closeStream();
            next = 0;
        }
        byte[] dropped = position > next ? new byte[(int) Math.min(BUFFER_BYTES, position - next)] : new byte[0];
        while (next < position) {
            if (readNext(dropped, 0, (int) Math.min(dropped.length, position - next)) < 0) {
                return false;
            }
        }
        return true;
    }

    private int readNext(byte[] target, int offset, int length) throws IOException {
        int count;
        try {
            count = stream().read(target, offset, length);
        } catch (IOException e) {
            if (closed || (raw != null && raw.failed)) {
                throw e;
            }
            fault = "its " + compression.word() + " data end too early or are damaged behind byte " + next
                    + " of the uncompressed data (" + e.getClass().getSimpleName() + ")";
            count = -1;
        } catch (LinkageError e) {
            fault = "it is compressed with " + compression.word()
                    + ", for which the library com.github.luben:zstd-jni must be on the class path, with native code for"
                    + " this machine (" + e.getClass().getTypeName() + ")";
            count = -1;
        }
        if (count < 0) {
            end = next;
            return -1;
        }
        next += count;
        return count;
    }

    private InputStream stream() throws IOException {
        InputStream opened = stream;
        if (opened == null) {
            Compressed from = new Compressed(file);
            raw = from;
            opened = compression.open(from);
            stream = opened;
        }
        return opened;
    }

    private void closeStream() throws IOException {
        InputStream opened = stream;
        stream = null;
        if (opened != null) {
            opened.close();
        }
    }

    /** The bytes of the file, and whether reading them failed. Closing it does not close the file. */
    private static final class Compressed extends InputStream {
        private final FileContent file;
        private final long size;
        private long position;
        private boolean failed;

        Compressed(FileContent file) throws IOException {
            this.file = file;
            this.size = file.size();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            try {
                int count = file.read(target, offset, length, position);
                position += Math.max(0, count);
                return count;
            } catch (IOException e) {
                failed = true;
                throw e;
            }
        }

        /** Exact, since the JDK's stream takes 0 for the end of the last member. */
        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, size - position);
        }
    }
}
