// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How far the clock of a broker is ahead of that of this machine; negative if it is behind.
 *
 * @param offset the middle of what is possible
 * @param bound the greatest error in either direction
 */
record ClockOffset(Duration offset, Duration bound) {
    /** Brokers report milliseconds, without the part below. */
    private static final Duration RESOLUTION = Duration.ofMillis(1);

    /**
     * A timestamp of a broker, and the times of this machine between which the broker has taken it.
     *
     * @param before when the record was given to the publisher
     * @param broker the timestamp that the broker gave to the record, in whole milliseconds
     * @param after when its acknowledgment had come
     */
    record Sample(Instant before, Instant broker, Instant after) {
        private Duration least() {
            return Duration.between(after, broker);
        }

        private Duration most() {
            return Duration.between(before, broker).plus(RESOLUTION);
        }
    }

    /**
     * Returns the offset that agrees with all samples, or with the shortest one if a clock was set between them.
     *
     * @param samples at least one
     */
    static ClockOffset of(List<Sample> samples) {
        Duration least =
                samples.stream().map(Sample::least).max(Duration::compareTo).orElseThrow();
        Duration most =
                samples.stream().map(Sample::most).min(Duration::compareTo).orElseThrow();
        if (least.compareTo(most) > 0) {
            Sample shortest = samples.stream()
                    .min((one, other) ->
                            one.most().minus(one.least()).compareTo(other.most().minus(other.least())))
                    .orElseThrow();
            least = shortest.least();
            most = shortest.most();
        }
        return new ClockOffset(least.plus(most).dividedBy(2), most.minus(least).dividedBy(2));
    }

    /** Returns the least distance of the clocks that is certain; zero if they may agree. */
    Duration certain() {
        Duration least = offset.abs().minus(bound);
        return least.isNegative() ? Duration.ZERO : least;
    }
}
