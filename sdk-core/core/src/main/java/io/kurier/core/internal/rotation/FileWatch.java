// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.rotation;

import io.kurier.core.internal.completion.ThreadMaker;
import io.kurier.core.internal.errors.SafeLogger;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rotates the credentials when one of the files behind the connection has another content. It compares digests of
 * contents, since a time-stamp changes with a touch, and Kubernetes exchanges the target of a link.
 *
 * <p>A rotation that has failed is repeated with the same contents too, after a pause that grows: a certificate and its
 * key are often written one after the other, and a broker may learn a password later than its client. A file that cannot
 * be read at the moment counts as unchanged.
 */
final class FileWatch {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final CredentialRotation rotation;
    private final Duration interval;
    private final ThreadMaker threads;
    private final CountDownLatch closed = new CountDownLatch(1);

    // Used by the thread alone, apart from the first values.
    private Map<Path, String> used;
    private boolean failed;
    private Duration pause;
    private long repeatAt;

    /** Notes the contents, to begin later; the connection of the publisher is made of these contents or later ones. */
    FileWatch(CredentialRotation rotation, Duration interval, ThreadMaker threads) {
        this.rotation = rotation;
        this.interval = interval;
        this.threads = threads;
        this.pause = interval;
        this.used = Map.of();
    }

    void begin() {
        used = contents();
        threads.make(this::watch, "kurier-reload").start();
    }

    void close() {
        closed.countDown();
    }

    private void watch() {
        try {
            while (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            LOG.debug("the watch of files was interrupted, and ends", e);
        }
    }

    private void look() throws InterruptedException {
        try {
            Map<Path, String> now = contents();
            boolean changed = !now.equals(used);
            if (changed || (failed && System.nanoTime() - repeatAt >= 0)) {
                used = now; // read before the rotation reads: a change meanwhile is a change at the next look
                pause = changed ? interval : longer(pause);
                rotate();
            }
        } catch (RuntimeException | Error e) { // out of memory, for example; it is tried again
            SafeLogger.warn(LOG, e, "The files of the connection cannot be looked at (reload.files)");
        }
    }

    private void rotate() throws InterruptedException {
        try {
            Object unused = rotation.rotate().get();
            failed = false;
        } catch (ExecutionException e) { // the rotation has logged it
            failed = true;
            repeatAt = System.nanoTime() + pause.toNanos();
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /** Returns the digests of all files that can be read, and those known before of the others. */
    private Map<Path, String> contents() {
        Map<Path, String> contents = new HashMap<>();
        for (Path file : rotation.sources().files(rotation.read())) {
            String digest = used.get(file);
            try {
                digest = Files.isRegularFile(file) ? digest(file) : digest; // a pipe would never end
            } catch (IOException e) {
                LOG.debug("{} cannot be read at the moment", file, e);
            }
            if (digest != null) {
                contents.put(file, digest);
            }
        }
        return contents;
    }

    private static String digest(Path file) throws IOException {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
            long unused = in.transferTo(OutputStream.nullOutputStream());
        }
        return Base64.getEncoder().encodeToString(sha256.digest());
    }
}
