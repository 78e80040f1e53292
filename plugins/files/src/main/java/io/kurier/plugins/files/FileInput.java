// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file as it was when it was opened: a buffered stream with a position that can be set. If the file is compressed, it
 * is what is compressed in it, and positions and sizes are those of that. It ends where the file ended at that time. So
 * a file that keeps growing does not occupy a reader for ever, and the reader never takes a half-written end for a
 * whole one.
 *
 * <p>Used by one thread, except {@link #close()}, which any thread may call to end a read that is under way.
 */
public final class FileInput extends InputStream {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path path;
    private final FileContent content;
    private final FoundFile opened;
    private final boolean settled;
    private final byte[] buffer;
    /** The position of the first byte behind the buffer's content. */
    private long loaded;
    /** The index of the first byte in the buffer that has not been read. */
    private int next;

    private int limit;

    private FileInput(FileContent content, FoundFile opened, boolean settled, long bufferBytes) {
        this.path = Path.of(opened.name());
        this.content = content;
        this.opened = opened;
        this.settled = settled;
        this.buffer = new byte[(int) Math.min(BUFFER_BYTES, Math.max(1, bufferBytes))];
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
            FileContent content = new FileContent.Plain(channel, opened.size());
            return new FileInput(content, opened, quiet && opened.equals(found), opened.size());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Returns the input of what is compressed in this file, which replaces this input. */
    FileInput decompressed(Compression compression) {
        return new FileInput(new Decompressed(content, compression), opened, settled, BUFFER_BYTES);
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

    /**
     * Returns the file's name, without the ending that compressed files have (.gz, .zst).
     */
    public String name() {
        return Compression.uncompressedName(String.valueOf(path.getFileName()));
    }

    /**
     * Returns where this input ends, in bytes: the size of the file when it was opened. A compressed file is read to
     * its end to find out; {@link #atEnd} costs nothing.
     *
     * @throws IOException if the file cannot be read
     */
    public long size() throws IOException {
        return content.size();
    }

    /**
     * Returns whether there is nothing more to read.
     *
     * @throws IOException if the file cannot be read
     */
    public boolean atEnd() throws IOException {
        return next == limit && !load();
    }

    /**
     * Returns how much of the file is behind a position, in bytes; of a compressed file all of it, since its positions
     * are those of the uncompressed data.
     */
    long behind(long position) {
        return content instanceof FileContent.Plain ? Math.max(0, opened.size() - position) : opened.size();
    }

    /**
     * Returns why this input ends before the file does, as far as it was read: its compressed data are cut or damaged.
     * Null if they are not.
     */
    @Nullable
    String fault() {
        return content.fault();
    }

    /** Returns whether the file appears to be written to no longer, whatever is wrong with its content. */
    boolean isQuiet() {
        return settled;
    }

    /**
     * Returns whether the end of this input is considered the end of the file: two checks of this task, at least
     * {@code scan.interval.ms} apart, found it unchanged, and its compressed data, if any, are whole. If not, a record that touches the end may be half written and
     * must be left for later ({@link ReadResult.End#UNFINISHED}).
     */
    public boolean settled() {
        return settled && content.fault() == null;
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
     * @param position where to read next, at least 0; behind {@link #size()} there is nothing to read
     */
    public void seek(long position) {
        if (position < 0) {
            throw new IndexOutOfBoundsException("a position cannot be negative: " + position);
        }
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
        content.close();
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
        int count = content.read(target, offset, length, loaded);
        loaded += Math.max(0, count);
        return count;
    }
}
