// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.closing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The time of a close: each step has what is left of it and a little more, whatever Kafka or a plugin does. An interrupt of
 * the closing thread ends the time; the thread has its flag back at the end. For that thread.
 */
public final class CloseDeadline {
    /** How much longer Kafka's clients may take: they fail what is left when the time is over. */
    private static final Duration GRACE_OF_KAFKA = Duration.ofSeconds(2);

    /** How much longer all steps of user code may take together, and one of them; after that each still has a moment. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private static final Duration MOST_OF_ONE = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(50);

    private volatile long deadline;
    private boolean interrupted;
    private Duration graceOfKafka = GRACE_OF_KAFKA;
    private Duration grace = GRACE;

    public CloseDeadline(Duration timeout) {
        deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout); // at most what fits
    }

    /** What is left of the time; for any thread. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    public ClosingStep begin(String what, Runnable step) {
        return ClosingStep.begin(what, step);
    }

    /** Waits for a step of Kafka's clients, on which an interrupt is passed on, so that they fail what is left now. */
    public void await(ClosingStep step) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        graceOfKafka = graceOfKafka.minus(await(step, graceOfKafka));
    }

    /** Runs a step of user code. */
    public void run(String what, Runnable step) {
        keepInterrupt();
        Duration one = grace.compareTo(MOST_OF_ONE) < 0 ? grace : MOST_OF_ONE;
        grace = grace.minus(await(begin(what, step), one.compareTo(MOMENT) < 0 ? MOMENT : one));
    }

    /** Waits for a step, and returns how much of the grace that took. */
    private Duration await(ClosingStep step, Duration more) {
        long before = System.nanoTime();
        step.await(left().plus(more));
        keepInterrupt();
        long now = System.nanoTime();
        return Duration.ofNanos(Math.max(0, Math.min(now - before, now - deadline)));
    }

    private void keepInterrupt() {
        if (Thread.interrupted() && !interrupted) {
            interrupted = true;
            if (deadline - System.nanoTime() > 0) {
                deadline = System.nanoTime();
            }
        }
    }

    /** Gives the thread its flag back. */
    public void end() {
        keepInterrupt();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
