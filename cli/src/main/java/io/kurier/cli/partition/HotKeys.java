// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.partition;

import io.kurier.partitioners.internal.KeyDigest;
import io.kurier.partitioners.internal.SpaceSaving;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the keys that are more than a share of all keys, and names them by a hash: keys may be confidential. It keeps
 * neither keys nor more than 1,000 counters. Used by one thread.
 */
public final class HotKeys {
    private static final int COUNTERS = 1_000;

    /** The share above which a key is hot, if nothing else is said. */
    public static final double USUAL_SHARE = 0.05;

    /** The smallest share that can be asked for: ten times the largest error. */
    public static final double SMALLEST_SHARE = 0.01;

    /** The largest error of a count, as a share of all keys; see {@link #isExact()}. */
    public static final double LARGEST_ERROR = SMALLEST_SHARE / 10;

    private final SpaceSaving sketch = new SpaceSaving(COUNTERS);
    /**
     * A key.
     *
     * @param hash the first 8 bytes of the SHA-256 of its bytes, as 16 hexadecimal digits
     * @param keys how often it came
     */
    public record HotKey(String hash, long keys) {}

    /** Creates it without keys. */
    public HotKeys() {}

    /** Counts a key. */
    public void add(byte[] key) {
        sketch.add(KeyDigest.digest(key));
    }

    /** Returns the keys that are above a share of all keys so far, from 0 to 1, the most frequent first. */
    public List<HotKey> above(double share) {
        List<HotKey> above = new ArrayList<>();
        sketch.forEach((key, atLeast, atMost) -> {
            if (atMost > share * sketch.total()) {
                above.add(new HotKey(KeyDigest.text(key), atMost));
            }
        });
        above.sort(Comparator.comparingLong(HotKey::keys).reversed().thenComparing(HotKey::hash));
        return above;
    }

    /**
     * Returns whether the numbers of keys are exact: there were at most 1,000 different ones. Otherwise a number may be
     * too high, by at most {@link #LARGEST_ERROR} of all keys, and is never too low.
     */
    public boolean isExact() {
        return sketch.isExact();
    }
}
