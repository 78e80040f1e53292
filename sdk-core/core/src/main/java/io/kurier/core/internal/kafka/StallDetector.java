// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import java.time.Duration;
import org.apache.kafka.common.Metric;

/**
 * Notices that a producer keeps records for longer than it may: its buffer was never empty, and it answered nothing, for
 * the whole of {@code delivery.timeout.ms} and a request more.
 *
 * <p>A producer should fail such records itself, and does so only while it has a producer id: without one, as in its first
 * moments and after an epoch had to be raised, {@code Sender.runOnce} asks for the id and looks at no batch, for as long
 * as no broker answers.
 *
 * <p>Used by one thread, which looks from time to time.
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

    /** How long to wait between two looks, so that a stall is noticed soon after its limit. */
    static Duration between(Duration limit) {
        return limit.dividedBy(LOOKS);
    }

    /** Whether it lasts too long. Looks are counted, not time: a JVM that was suspended must not seem to stand still. */
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
