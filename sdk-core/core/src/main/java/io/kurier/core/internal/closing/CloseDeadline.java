// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.closing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The deadline of a close: each step gets the time that is left and a little more, whatever Kafka or a plugin does. An
 * interrupt of the closing thread ends the time; the thread gets its interrupt flag back at the end. Used by that
 * thread.
 */
public final class CloseDeadline {
    /**
     * How much longer than the deadline Kafka's clients may take: they fail the remaining records when the time is
     * over.
     */
    private static final Duration GRACE_OF_KAFKA = Duration.ofSeconds(2);

    /**
     * How much longer than the deadline all steps of user code may take together, and a single one; after that each
     * step still gets a short time.
     */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private static final Duration MOST_OF_ONE = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(50);

    private volatile long deadline;
    private boolean interrupted;
    private Duration graceOfKafka = GRACE_OF_KAFKA;
    private Duration grace = GRACE;

    public CloseDeadline(Duration timeout) {
        deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout); // saturated at the longest time that fits
    }

    /** Returns the time that is left. Safe for any thread. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    public ClosingStep begin(String what, Runnable step) {
        return ClosingStep.begin(what, step);
    }

    /**
     * Waits for a step of Kafka's clients. An interrupt is passed on to it, so that the clients fail the remaining
     * records now.
     */
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

    /** Gives the thread its interrupt flag back. */
    public void end() {
        keepInterrupt();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
