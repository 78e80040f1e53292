// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import java.time.Duration;
import org.apache.kafka.common.Metric;

/**
 * Detects that a producer keeps records for longer than it may: its buffer was never empty, and it called no callback,
 * for the whole of {@code delivery.timeout.ms} and the time of one more request.
 *
 * <p>A producer should fail such records itself, but does so only while it has a producer id. Without one, as at its
 * start and after an epoch had to be raised, {@code Sender.runOnce} requests the id and checks no batch, for as long as
 * no broker responds.
 *
 * <p>Used by one thread, which checks from time to time.
 */
final class StallDetector {
    private static final int LOOKS = 10;

    private final InFlightAttempts attempts;
    private final Metric available;
    private final Metric total;
    private final Duration limit;
    private Duration still = Duration.ZERO;

    StallDetector(ManagedProducer client, Duration limit) {
        this.attempts = client.attempts();
        this.available = ClientAssumptions.availableBytes(client.producer());
        this.total = ClientAssumptions.totalBytes(client.producer());
        this.limit = limit;
    }

    /** The interval between two checks, so that a stall is detected soon after its limit. */
    static Duration between(Duration limit) {
        return limit.dividedBy(LOOKS);
    }

    /**
     * Checks whether the stall has lasted too long. It counts checks, not time: a JVM that was suspended must not look
     * stalled.
     */
    boolean look() {
        boolean answered = attempts.takeHeard();
        still = answered || isEmpty() ? Duration.ZERO : still.plus(between(limit));
        return still.compareTo(limit) > 0;
    }

    /** Whether the producer's buffer holds no record. */
    boolean isEmpty() {
        return available.metricValue().equals(total.metricValue());
    }
}
