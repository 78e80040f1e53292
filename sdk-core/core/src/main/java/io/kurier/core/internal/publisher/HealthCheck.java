// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import io.kurier.Health;
import io.kurier.Health.Cause;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.metrics.OutcomeCounts;
import io.kurier.core.internal.time.Durations;
import io.kurier.core.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Judges a publisher by its transport, and by whether the messages that are open get their outcomes. Thread-safe. */
final class HealthCheck {
    private final Transport transport;
    private final Supplier<OutcomeCounts> counts;
    private final LongSupplier transacted;
    private final long graceNanos;
    private final long limitNanos;
    private final LongSupplier clock;

    // Guarded by this.
    private long settledBefore = -1;
    private long unchangedSince;

    /**
     * Makes one for a publisher.
     *
     * @param counts the messages of all topics
     * @param transacted how many of them are open because their transaction has not ended, which its time-out limits
     * @param grace how long open messages may get no outcome before the publisher is not ready
     * @param limit how long before it is not live
     * @param clock {@link System#nanoTime()}, or that of a test
     */
    HealthCheck(
            Transport transport,
            Supplier<OutcomeCounts> counts,
            LongSupplier transacted,
            Duration grace,
            Duration limit,
            LongSupplier clock) {
        this.transport = transport;
        this.counts = counts;
        this.transacted = transacted;
        this.graceNanos = Durations.nanos(grace);
        this.limitNanos = Durations.nanos(limit);
        this.clock = clock;
    }

    /** Returns the health of a publisher that is open. Never throws, except for lack of memory. */
    synchronized Health look() {
        List<Health.Reason> reasons = new ArrayList<>();
        boolean live = true;
        try {
            long idle = unsettledNanos();
            if (idle >= graceNanos && idle > 0) {
                reasons.add(new Health.Reason(
                        Cause.STALLED,
                        "messages are open, and none has got its outcome for " + TimeUnit.NANOSECONDS.toMillis(idle)
                                + " ms"));
                live = idle < limitNanos;
            }
            reasons.addAll(transport.whyNotReady());
        } catch (Throwable e) { // a probe must get an answer
            reasons.add(
                    new Health.Reason(Cause.UNKNOWN, "the health cannot be determined: " + ThrowableText.reason(e)));
        }
        return reasons.isEmpty() ? Health.READY : new Health(live, false, reasons);
    }

    /** Returns for how long the looks have found the same open messages without an outcome; 0 if there are none. */
    private long unsettledNanos() {
        OutcomeCounts now = counts.get();
        long settled = now.accepted() - now.open();
        long time = clock.getAsLong();
        boolean isWaiting = now.open() > transacted.getAsLong();
        if (!isWaiting || settled != settledBefore) {
            settledBefore = isWaiting ? settled : -1;
            unchangedSince = time;
            return 0;
        }
        return time - unchangedSince;
    }
}
