// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker.proxy;

import java.time.Duration;
import java.util.Random;

/** How fast, and in which pieces, bytes go in one direction, on all connections. Safe for any thread. */
final class TrafficShaping {
    /** Pieces under a limit of bytes a second: so many a second that the limit is felt as a slow line, not as stops. */
    private static final int PIECES_A_SECOND = 50;

    private record Latency(long nanos, long jitter) {}

    private static final Latency NONE = new Latency(0, 0);

    private final Random random;
    private volatile Latency latency = NONE;
    private volatile int slice = Integer.MAX_VALUE;
    private volatile long bytesPerSecond = Long.MAX_VALUE;

    TrafficShaping(Random random) {
        this.random = random;
    }

    void slice(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a slice has one byte or more, not " + bytes);
        }
        slice = bytes;
    }

    void latency(Duration mean, Duration jitter) {
        if (jitter.isNegative() || jitter.compareTo(mean) > 0) {
            throw new IllegalArgumentException(
                    "a latency of " + mean + " has a jitter between zero and itself, not " + jitter);
        }
        latency = new Latency(mean.toNanos(), jitter.toNanos());
    }

    void bandwidth(long newBytesPerSecond) {
        if (newBytesPerSecond < 1) {
            throw new IllegalArgumentException("a bandwidth is one byte a second or more, not " + newBytesPerSecond);
        }
        bytesPerSecond = newBytesPerSecond;
    }

    void heal() {
        latency = NONE;
        slice = Integer.MAX_VALUE;
        bytesPerSecond = Long.MAX_VALUE;
    }

    boolean delays() {
        return latency.nanos > 0;
    }

    /** The delay of the next frame, in nanoseconds. */
    long delay() {
        Latency now = latency;
        return now.nanos + Math.round((2 * random.nextDouble() - 1) * now.jitter);
    }

    boolean slices(int length) {
        return slice < length;
    }

    boolean limits() {
        return bytesPerSecond < Long.MAX_VALUE;
    }

    /** How many of the given bytes go next. */
    int piece(int rest) {
        int piece = Math.min(slice, rest);
        return limits() ? (int) Math.max(1, Math.min(piece, bytesPerSecond / PIECES_A_SECOND)) : piece;
    }

    /** How long the line is busy with so many bytes, in nanoseconds. */
    long busy(int bytes) {
        return limits() ? bytes * 1_000_000_000L / bytesPerSecond : 0;
    }
}
