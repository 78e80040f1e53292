// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.tune;

import java.time.Duration;
import java.util.List;

/**
 * How long is measured.
 *
 * @param variants what is compared
 * @param rounds the number of turns of each variant that count; a shorter one before them is the warm-up
 * @param time the time of a turn's flood, and that of its steady rate
 * @param mostBytes the most bytes of values that a flood publishes
 * @param seed decides the orders of the turns
 */
public record TuneOptions(List<Variant> variants, int rounds, Duration time, long mostBytes, long seed) {

    /** Returns the time of a turn in the warm-up, which is half of the others'. */
    Duration warmUp() {
        return time.dividedBy(2);
    }

    /** Returns the time that all turns take, without the starts of their publishers. */
    public Duration total() {
        return time.multipliedBy(2L * rounds).plus(warmUp().multipliedBy(2)).multipliedBy(variants.size());
    }

    /** Returns the number of turns, those of the warm-up included. */
    public long turns() {
        return variants.size() * (rounds + 1L);
    }

    /** Returns the most bytes of values that all floods publish. */
    public long totalBytes() {
        return mostBytes * turns();
    }
}
