// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * A file as it was when it was opened: a buffered stream with a position that can be set. It ends where the file ended
 * at that time. So a file that keeps growing does not occupy a reader for ever, and the reader never takes a
 * half-written end for a whole one.
 *
 * <p>Used by one thread, except {@link #close()}, which any thread may call to end a read that is under way.
 */
public final class FileInput extends InputStream {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path path;
    private final FileChannel channel;
    private final FoundFile opened;
    private final long size;
    private final boolean settled;
    private final byte[] buffer;
    /** The position of the first byte behind the buffer's content. */
    private long loaded;
    /** The index of the first byte in the buffer that has not been read. */
    private int next;

    private int limit;

    private FileInput(FileChannel channel, FoundFile opened, boolean settled) {
        this.path = Path.of(opened.name());
        this.channel = channel;
        this.opened = opened;
        this.size = opened.size();
        this.settled = settled;
        this.buffer = new byte[(int) Math.min(BUFFER_BYTES, Math.max(1, size))];
    }

    /**
     * Opens a file at its start.
     *
     * @param found the file as the scan found it last
     * @param quiet whether the file appears to be written to no longer
     * @throws ReplacedException if another file is there now
     */
    static FileInput open(FoundFile found, boolean quiet) throws IOException {
        FileChannel channel = FileChannel.open(found.place(), StandardOpenOption.READ);
        try {
            FoundFile opened = found.now();
            if (!Objects.equals(opened.key(), found.key())) {
                throw new ReplacedException();
            }
            opened = opened.ofSize(channel.size());
            return new FileInput(channel, opened, quiet && opened.equals(found));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The file was replaced since the scan found it. */
    static final class ReplacedException extends IOException {
        private static final long serialVersionUID = 1L;

        private ReplacedException() {
            super("another file has taken its name");
        }
    }

    /**
     * Returns the file's absolute path, which names its source partition. A renamed file that is read to its end keeps
     * the path that it had before.
     */
    public Path path() {
        return path;
    }

    /** Returns the file's attributes at the time it was opened. */
    FoundFile opened() {
        return opened;
    }

    /** Returns where this input ends, in bytes: the size of the file when it was opened. */
    public long size() {
        return size;
    }

    /**
     * Returns whether the end of this input is considered the end of the file: two checks of this task, at least
     * {@code scan.interval.ms} apart, found it unchanged. If not, a record that touches the end may be half written and
     * must be left for later ({@link ReadResult.End#UNFINISHED}).
     */
    public boolean settled() {
        return settled;
    }

    /**
     * Returns whether the file was written to, cut, replaced or removed since it was opened, as far as its key, size
     * and modification time show.
     *
     * @throws IOException if the file's attributes cannot be read
     */
    public boolean hasChanged() throws IOException {
        try {
            return !opened.now().equals(opened);
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    /** Returns the position of the byte that is read next. */
    public long position() {
        return loaded - (limit - next);
    }

    /**
     * Sets the position.
     *
     * @param position where to read next, from 0 to {@link #size()}
     */
    public void seek(long position) {
        Objects.checkIndex(position, size + 1);
        long start = loaded - limit;
        if (position >= start && position <= loaded) {
            next = (int) (position - start);
        } else {
            loaded = position;
            next = 0;
            limit = 0;
        }
    }

    @Override
    public int read() throws IOException {
        if (next == limit && !load()) {
            return -1;
        }
        return buffer[next++] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (next == limit) {
            if (length >= buffer.length) {
                return readPast(target, offset, length);
            }
            if (!load()) {
                return -1;
            }
        }
        int count = Math.min(length, limit - next);
        System.arraycopy(buffer, next, target, offset, count);
        next += count;
        return count;
    }

    @Override
    public int available() {
        return limit - next;
    }

    /** Closes the file; a read that is under way in another thread ends with a {@code ClosedChannelException}. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    private boolean load() throws IOException {
        int count = readPast(buffer, 0, buffer.length);
        next = 0;
        limit = Math.max(0, count);
        return count > 0;
    }

    /** Reads the bytes behind the buffer, which must be used up. */
    private int readPast(byte[] target, int offset, int length) throws IOException {
        next = 0;
        limit = 0;
        int wanted = (int) Math.min(length, size - loaded);
        if (wanted == 0) {
            return -1;
        }
        int count = channel.read(ByteBuffer.wrap(target, offset, wanted), loaded);
        if (count < 0) {
            throw new EOFException("the file became shorter while it was read");
        }
        loaded += count;
        return count;
    }
}
