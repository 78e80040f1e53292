// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.publish;

import io.kurier.core.closing.ClosingStep;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The time of a close: each step has what is left of it and a little more, whatever Kafka or a plugin does. An interrupt of
 * the closing thread ends the time; the thread has its flag back at the end. For that thread.
 */
final class CloseTime {
    /** How much longer Kafka's clients may take: they fail what is left when the time is over. */
    private static final Duration KAFKAS_GRACE = Duration.ofSeconds(2);

    /** How much longer one step of user code may take, and all of them together; then each still has a moment. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final Duration ALL_GRACE = Duration.ofSeconds(3);
    private static final Duration MOMENT = Duration.ofMillis(50);

    private final long deadline;
    private Duration grace = ALL_GRACE;
    private volatile boolean interrupted;

    CloseTime(Duration timeout) {
        deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout); // at most what fits
    }

    /** What is left of the time; for any thread. */
    Duration left() {
        return interrupted ? Duration.ZERO : Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    ClosingStep begin(String what, Runnable step) {
        return ClosingStep.begin(what, step);
    }

    /** Waits for a step of Kafka's clients, on which an interrupt is passed on, so that they fail what is left now. */
    void await(ClosingStep step) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        step.await(left().plus(KAFKAS_GRACE));
        keepInterrupt();
    }

    /** Runs a step of user code. */
    void run(String what, Runnable step) {
        keepInterrupt();
        Duration more = grace.compareTo(GRACE) < 0 ? grace : GRACE;
        long before = System.nanoTime();
        ClosingStep.begin(what, step).await(left().plus(more.compareTo(MOMENT) < 0 ? MOMENT : more));
        long now = System.nanoTime();
        grace = grace.minusNanos(interrupted ? now - before : Math.max(0, Math.min(now - before, now - deadline)));
        keepInterrupt();
    }

    private void keepInterrupt() {
        interrupted |= Thread.interrupted();
    }

    /** Gives the thread its flag back. */
    void end() {
        keepInterrupt();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
