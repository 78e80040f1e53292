// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import io.kurier.spi.PluginMetrics;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One key that has too large a share of the records at the moment. Safe for use by any number of threads. */
final class HotKey {
    private final long hash;
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicBoolean named = new AtomicBoolean();
    private volatile double share;

    /** Guarded by this. */
    private @Nullable Runnable metric;

    /** Guarded by this. */
    private boolean cold;

    HotKey(long hash, double share) {
        this.hash = hash;
        this.share = share;
    }

    /** Returns the hash by which it is recognized, which is not shown. */
    long hash() {
        return hash;
    }

    /** Returns its share of the records with a key, from 0 to 1. */
    double share() {
        return share;
    }

    void share(double newShare) {
        share = newShare;
    }

    /** Returns which of several partitions its next record goes to, in turn. */
    int next(int partitions) {
        return Math.floorMod(turns.getAndIncrement(), partitions);
    }

    /** Returns true once: its first record has the bytes from which its name is made. */
    boolean isToBeNamed() {
        return !named.get() && named.compareAndSet(false, true);
    }

    /** Exposes its share as a metric, until it is cold. */
    synchronized void expose(String digest, PluginMetrics metrics) {
        if (!cold) {
            metric = metrics.gauge(
                    "hot-key-share",
                    "Share of a hot key of the records with a key, from 0 to 1",
                    Map.of("key-hash", digest),
                    this::share);
        }
    }

    /** Removes the metric. */
    synchronized void cool() {
        cold = true;
        Runnable remove = metric;
        if (remove != null) {
            remove.run();
        }
    }
}
