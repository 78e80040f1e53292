// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.core.internal.errors.SafeLogger;
import io.kurier.plugins.host.OffsetStorage.SourcePartition;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the committed offsets of all connectors of a host to its storage, in regular intervals and on demand. What
 * cannot be written is kept and written again. Safe for use by any number of threads.
 */
final class OffsetWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OffsetWriter.class);

    private final OffsetStorage storage;
    private final long intervalNanos;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "kurier-offsets");
    private final Object storing = new Object();
    private Map<SourcePartition, @Nullable Map<String, ?>> changed = new HashMap<>(); // guarded by this
    private long version; // guarded by this
    private long stored; // guarded by this
    private boolean failing; // guarded by storing

    OffsetWriter(OffsetStorage storage, Duration interval) {
        this.storage = storage;
        this.intervalNanos = interval.toNanos();
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Notes that offsets have changed; null forgets a source partition. */
    synchronized void changed(Map<SourcePartition, @Nullable Map<String, ?>> offsets) {
        changed.putAll(offsets);
        version++;
    }

    /** Returns a number that grows with each change. */
    synchronized long version() {
        return version;
    }

    /** Returns the {@link #version()} up to which all changes are stored. */
    synchronized long stored() {
        return stored;
    }

    /** Stores what has changed, and returns whether all of it is stored now. */
    boolean flush() {
        synchronized (storing) {
            Map<SourcePartition, @Nullable Map<String, ?>> offsets;
            long upTo;
            synchronized (this) {
                offsets = changed;
                upTo = version;
                changed = new HashMap<>();
            }
            try {
                if (!offsets.isEmpty()) {
                    storage.store(offsets);
                }
            } catch (Throwable e) { // an Error too: the offsets must not be dropped
                putBack(offsets);
                if (!failing) {
                    failing = true;
                    SafeLogger.error(LOG, e, "source offsets could not be stored; they are kept and stored later");
                }
                return false;
            }
            if (failing) {
                failing = false;
                LOG.info("source offsets are stored again");
            }
            synchronized (this) {
                stored = upTo;
            }
            return true;
        }
    }

    private synchronized void putBack(Map<SourcePartition, @Nullable Map<String, ?>> offsets) {
        offsets.putAll(changed);
        changed = offsets;
    }

    private void run() {
        try {
            while (!closing.await(intervalNanos, TimeUnit.NANOSECONDS)) {
                boolean unused = flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stores what has changed and closes the storage; an exception is logged. */
    @Override
    public void close() {
        closing.countDown();
        boolean unused = flush();
        try {
            storage.close();
        } catch (RuntimeException e) {
            SafeLogger.error(LOG, e, "the storage of source offsets failed in close()");
        }
    }
}
