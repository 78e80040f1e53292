// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker.proxy;

import java.time.Duration;
import java.util.Random;

/**
 * The rate at which bytes are sent in one direction, and the size of the pieces, on all connections. Safe for use by
 * any thread.
 */
final class TrafficShaping {
    /**
     * The number of pieces per second under a limit of bytes per second, high enough for a slow line instead of one
     * with pauses.
     */
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

    /** Returns the delay of the next frame, in nanoseconds. */
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

    /** Returns how many of the given bytes are sent next. */
    int piece(int rest) {
        int piece = Math.min(slice, rest);
        return limits() ? (int) Math.max(1, Math.min(piece, bytesPerSecond / PIECES_A_SECOND)) : piece;
    }

    /** Returns how long the line is busy with so many bytes, in nanoseconds. */
    long busy(int bytes) {
        return limits() ? bytes * 1_000_000_000L / bytesPerSecond : 0;
    }
}
