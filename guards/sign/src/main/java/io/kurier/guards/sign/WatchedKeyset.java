// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.sign;

import io.kurier.guards.internal.KeysetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is made of a keyset's file, and made again when the file has changed. A use of the keys looks at the file, but
 * once a second at most. A file that cannot be read then changes nothing, with a warning. Safe for use by any number of
 * threads.
 *
 * @param <T> what is made of the file
 */
final class WatchedKeyset<T> {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedKeyset.class);
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Makes something of the file. */
    interface Reader<T> {
        T read(KeysetFile file) throws IOException, GeneralSecurityException;
    }

    /** By what a changed file is known. */
    private record Version(
            FileTime modified, long size, @Nullable Object inode) {
        static Version of(Path path) throws IOException {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            return new Version(file.lastModifiedTime(), file.size(), file.fileKey());
        }
    }

    private final KeysetFile file;
    private final Reader<T> reader;
    private final Executor looks;
    private final AtomicLong lookedAt = new AtomicLong(System.nanoTime());
    private volatile T keys;

    // Guarded by this.
    private @Nullable Version version;
    private boolean isUnreadable;

    private WatchedKeyset(KeysetFile file, Reader<T> reader, Executor looks, @Nullable Version version, T keys) {
        this.file = file;
        this.reader = reader;
        this.looks = looks;
        this.version = version;
        this.keys = keys;
    }

    /**
     * Reads the file.
     *
     * @param key the key that names the file, for errors
     * @param looks runs the later looks at the file: another thread for a caller that must not wait for the file system
     * @throws ConfigException if it cannot be read
     */
    static <T> WatchedKeyset<T> open(String key, Path path, Reader<T> reader, Executor looks) {
        KeysetFile file = new KeysetFile(path);
        try {
            Version version = Files.exists(path) ? Version.of(path) : null; // before it is read
            return new WatchedKeyset<>(file, reader, looks, version, read(reader, file));
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigException(key, path, e.getMessage());
        }
    }

    private static <T> T read(Reader<T> reader, KeysetFile file) throws IOException, GeneralSecurityException {
        try {
            return reader.read(file);
        } catch (IllegalStateException e) { // Tink's, for an entry that it cannot use
            throw new GeneralSecurityException(file.path() + " has a key that cannot be used", e);
        }
    }

    /** Returns the keys of the last look at the file, and starts the next one if it is due. */
    T keys() {
        long last = lookedAt.get();
        long now = System.nanoTime();
        if (now - last >= PAUSE_NANOS && lookedAt.compareAndSet(last, now)) {
            looks.execute(this::look);
        }
        return keys;
    }

    /** Looks at the file in this thread, and returns the keys. */
    T keysNow() {
        look();
        return keys;
    }

    private synchronized void look() {
        try {
            Version now = Version.of(file.path());
            if (!now.equals(version)) {
                keys = read(reader, file);
                version = now;
                LOG.info("The keys in {} were read again, since the file has changed", file.path());
            }
            isUnreadable = false;
        } catch (IOException | GeneralSecurityException e) {
            if (!isUnreadable) {
                isUnreadable = true;
                LOG.warn(
                        "{} cannot be read again: {}. The keys that were read before stay in use; it is tried again"
                                + " every second",
                        file.path(),
                        e.getMessage());
            }
        }
    }
}
