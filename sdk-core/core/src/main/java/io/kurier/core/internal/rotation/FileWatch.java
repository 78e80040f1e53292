// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.rotation;

import io.kurier.core.internal.completion.ThreadMaker;
import io.kurier.core.internal.config.FileContents;
import io.kurier.core.internal.errors.SafeLogger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rotates the credentials when one of the files behind the connection has another content.
 *
 * <p>A rotation that has failed is repeated with the same contents too, after a pause that grows: a certificate and its
 * key are often written one after the other, and a broker may learn a password later than its client. A file that cannot
 * be read at the moment counts as unchanged.
 */
final class FileWatch {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Supplier<Set<Path>> files;
    private final Supplier<CompletableFuture<Void>> rotation;
    private final Duration interval;
    private final ThreadMaker threads;
    private final CountDownLatch closed = new CountDownLatch(1);

    // Used by the thread alone, apart from the first values.
    private FileContents used;
    private boolean failed;
    private Duration pause;
    private long repeatAt;

    /**
     * Watches nothing yet.
     *
     * @param files returns the files to be watched
     * @param rotation begins a rotation
     * @param used the contents that were there before the publisher has connected
     */
    FileWatch(
            Supplier<Set<Path>> files,
            Supplier<CompletableFuture<Void>> rotation,
            FileContents used,
            Duration interval,
            ThreadMaker threads) {
        this.files = files;
        this.rotation = rotation;
        this.interval = interval;
        this.threads = threads;
        this.pause = interval;
        this.used = used;
    }

    void begin() {
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
            FileContents now = FileContents.of(files.get(), used);
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
            Object unused = rotation.get().get();
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
}
