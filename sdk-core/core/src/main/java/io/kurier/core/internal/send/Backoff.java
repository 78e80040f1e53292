// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.time.Durations;
import io.kurier.core.transport.SendRejection;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets a caller wait for room: it parks for a little longer each time, until the time is over, the thread is
 * interrupted or the publisher closes. Used by one thread.
 */
public final class Backoff {
    public static final String CLOSED = "the publisher is closed";

    private static final long FIRST_PAUSE_NANOS = 50_000;
    private static final long LONGEST_PAUSE_NANOS = 5_000_000;

    private final Duration wait;
    private final AtomicBoolean closed;
    private long deadline;
    private long pause;

    Backoff(Duration wait, AtomicBoolean closed) {
        this.wait = wait;
        this.closed = closed;
    }

    /** Waits for a short time; returns false if another attempt is of no use. */
    boolean waitForRoom() {
        long now = System.nanoTime();
        if (pause == 0) {
            deadline = now + Durations.nanos(wait);
            pause = FIRST_PAUSE_NANOS;
        }
        if (now - deadline >= 0 || isOver()) {
            return false;
        }
        LockSupport.parkNanos(Math.min(pause, deadline - now));
        pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        return !isOver();
    }

    /**
     * Waits until a plugin can be called again; returns false if another attempt is of no use.
     *
     * @param ready the plugin's stage, which completes when the plugin is ready
     */
    boolean waitForPlugin(CompletionStage<?> ready) {
        Thread waiting = Thread.currentThread();
        AtomicBoolean done = new AtomicBoolean();
        try {
            CompletionStage<?> unused = ready.whenComplete((answer, failure) -> {
                done.set(true);
                if (Thread.currentThread() != waiting) { // else its next pause would be none
                    LockSupport.unpark(waiting);
                }
            });
        } catch (Throwable e) { // thrown by a stage that is not the JDK's: it cannot be waited for
            done.set(true);
        }
        do {
            if (!waitForRoom()) {
                return false;
            }
        } while (!done.get());
        return true;
    }

    private boolean isOver() {
        return closed.get() || Thread.currentThread().isInterrupted();
    }

    /** Why the message was given up. */
    String reason(SendRejection rejection) {
        String why = rejection.why();
        String cause = why == null ? ThrowableText.reason(rejection.cause()) : why;
        if (closed.get()) {
            return CLOSED;
        }
        if (rejection.isInterrupt()
                || (rejection.isForRoom() && Thread.currentThread().isInterrupted())) {
            return "the thread was interrupted while it waited for room: " + cause;
        }
        if (!rejection.isForRoom()) {
            return "Kafka's client refused it: " + cause;
        }
        if (wait.isZero()) {
            return why == null ? "Kafka's client has no room at this moment: " + cause : cause;
        }
        return (why == null ? "no room within publish.max.wait.ms=" : "not taken within publish.max.wait.ms=")
                + wait.toMillis() + ": " + cause;
    }
}
