// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import io.kurier.partitioners.internal.SpaceSaving;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Finds the keys of one topic whose share of the records is above a limit. One record in {@value #SAMPLED} is counted,
 * and none while another thread counts. After each window the hot keys are determined anew, and all counts halved: a key
 * that is rare again becomes cold after a few windows, below half of the limit, so that one near the limit does not
 * change all the time. Safe for use by any number of threads.
 */
final class HotKeys {
    private static final int SAMPLED = 8;
    private static final int LEAST_COUNTERS = 64;

    /** Counters for each key that could be hot at once: the counts are then too high by a quarter of the limit. */
    private static final int COUNTERS_PER_HOT_KEY = 4;

    private static final HotKey[] NONE = {};

    private final double limit;
    private final long samplesOfWindow;
    private final SpaceSaving sketch;
    private final AtomicBoolean counting = new AtomicBoolean();
    private volatile HotKey[] hot = NONE;

    /**
     * Finds nothing yet.
     *
     * @param limit the share from which a key is hot, above 0 and below 1
     * @param window the number of records in a window
     */
    HotKeys(double limit, int window) {
        this.limit = limit;
        this.samplesOfWindow = Math.max(1, window / SAMPLED);
        this.sketch = new SpaceSaving(Math.max(LEAST_COUNTERS, (int) Math.ceil(COUNTERS_PER_HOT_KEY / limit)));
    }

    /** Counts a record, and returns its key if that is hot; otherwise null. */
    @Nullable
    HotKey seen(long hash) {
        if (ThreadLocalRandom.current().nextInt(SAMPLED) == 0
                && !counting.get()
                && counting.compareAndSet(false, true)) {
            try {
                sketch.add(hash);
                if (sketch.total() >= samplesOfWindow) {
                    determine();
                }
            } finally {
                counting.set(false);
            }
        }
        return find(hot, hash);
    }

    private void determine() {
        HotKey[] before = hot;
        List<HotKey> now = new ArrayList<>();
        double total = sketch.total();
        sketch.forEach((hash, atLeast, atMost) -> {
            HotKey known = find(before, hash);
            if (known == null && atLeast / total >= limit) {
                now.add(new HotKey(hash, atLeast / total));
            } else if (known != null && atMost / total >= limit / 2) {
                known.share(atMost / total);
                now.add(known);
            }
        });
        hot = now.toArray(NONE);
        for (HotKey each : before) {
            if (!now.contains(each)) {
                each.cool();
            }
        }
        sketch.halve();
    }

    private static @Nullable HotKey find(HotKey[] among, long hash) {
        for (HotKey each : among) {
            if (each.hash() == hash) {
                return each;
            }
        }
        return null;
    }
}
