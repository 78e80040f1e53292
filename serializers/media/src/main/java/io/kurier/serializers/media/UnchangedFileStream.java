// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that must not change while it is read: reading fails at its end if size, time of modification or, if the file
 * system has one, its key has changed.
 */
final class UnchangedFileStream extends FilterInputStream {

    private final Path file;
    private final Look first;
    private long count;

    private record Look(
            long size, FileTime modified, @Nullable Object fileKey) {
        static Look at(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new FileSystemException(
                        file.toString(), null, "it is not a regular file. Make the blob of an InputStream instead");
            }
            return new Look(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
        }
    }

    private UnchangedFileStream(Path file, Look first, InputStream bytes) {
        super(bytes);
        this.file = file;
        this.first = first;
    }

    static UnchangedFileStream open(Path file) throws IOException {
        try {
            return new UnchangedFileStream(file, Look.at(file), Files.newInputStream(file));
        } catch (NoSuchFileException e) {
            throw told(file, "there is no such file", e);
        } catch (AccessDeniedException e) {
            throw told(file, "this user may not read it", e);
        }
    }

    /** The JDK's own message would be the path alone. */
    private static FileSystemException told(Path file, String reason, FileSystemException e) {
        FileSystemException told = new FileSystemException(file.toString(), null, reason);
        told.initCause(e);
        return told;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        counted(next < 0 ? -1 : 1);
        return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return counted(super.read(target, offset, length));
    }

    @Override
    public long skip(long wanted) throws IOException {
        long skipped = super.skip(wanted);
        count += skipped;
        return skipped;
    }

    /** Returns how much is left of the size that the file had at first, without a system call. */
    @Override
    public int available() {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, first.size - count));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private int counted(int read) throws IOException {
        if (read < 0) {
            refuseIfChanged();
        } else {
            count += read;
        }
        return read;
    }

    private void refuseIfChanged() throws IOException {
        boolean same;
        try {
            Look now = Look.at(file);
            same = count == first.size
                    && now.size == first.size
                    && now.modified.equals(first.modified)
                    && Objects.equals(now.fileKey, first.fileKey);
        } catch (NoSuchFileException e) {
            throw told(file, "it was removed or renamed while it was read", e);
        }
        if (!same) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    "it changed while it was read. Publish it once no process writes to it any more");
        }
    }
}
