// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.offsets;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to write a file, which one process has at a time: the lock of a file beside it. The file that is replaced
 * cannot be locked itself, since its successor would not be. The lock file stays, since deleting it would let two
 * processes have locks of two files of one name. The operating system releases the lock when a process ends, however it
 * ends.
 */
final class FileLockHolder implements AutoCloseable {
    /**
     * What this JVM holds. POSIX releases a process's locks of a file when the process closes any descriptor of it, so
     * the attempt to lock a file twice would release the first lock.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private boolean released;

    private FileLockHolder(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Returns the file whose lock stands for the given one. */
    static Path lockFile(Path file) {
        return file.resolveSibling(file.getFileName() + ".lock");
    }

    /**
     * Takes the right to write a file.
     *
     * @param file an absolute path without links, so that two names of one file are the same here
     * @return null if this or another process has it
     */
    static @Nullable FileLockHolder acquire(Path file) throws IOException {
        if (!HELD.add(file)) {
            return null;
        }
        FileChannel channel = null;
        boolean acquired = false;
        try {
            channel = FileChannel.open(
                    lockFile(file),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    OwnerOnly.attributes(Objects.requireNonNull(file.getParent(), "the file is in a folder")));
            acquired = channel.tryLock() != null;
            return acquired ? new FileLockHolder(file, channel) : null;
        } finally {
            if (!acquired) {
                if (channel != null) {
                    channel.close();
                }
                HELD.remove(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (!released) {
            released = true;
            try {
                channel.close();
            } finally {
                HELD.remove(file);
            }
        }
    }
}
