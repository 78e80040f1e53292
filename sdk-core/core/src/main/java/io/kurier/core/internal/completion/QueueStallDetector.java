// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.completion;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects that a topic's queue does not advance, because a dependent or a listener does not return while others wait,
 * and logs its stack. A dependent that waits for a {@link java.util.concurrent.CompletableFuture} may wait for a
 * completion behind it in the queue, so the queue then continues on another thread. Used by the monitor.
 */
public final class QueueStallDetector {
    private static final Logger LOG = LoggerFactory.getLogger(QueueStallDetector.class);
    private static final Set<String> WAITING = Set.of("waitingGet", "timedGet");

    private final String alias;
    private final CompletionQueue queue;
    private final Duration heldFor;

    // The state at the last check.
    private CompletionQueue.@Nullable Worker worker;
    private int completions;
    private Duration held = Duration.ZERO;
    private boolean warned;

    QueueStallDetector(String alias, CompletionQueue queue, Duration heldFor) {
        this.alias = alias;
        this.queue = queue;
        this.heldFor = heldFor;
    }

    CompletionQueue queue() {
        return queue;
    }

    /**
     * Checks the queue once.
     *
     * @param since the time since the last check, without the time for which the JVM was suspended
     */
    void look(Duration since) {
        if (!isSameTurn() || !queue.hasWaiting()) {
            held = Duration.ZERO;
            warned = false;
            return;
        }
        held = held.plus(since);
        Thread thread = worker == null ? null : worker.thread();
        if (warned || held.compareTo(heldFor) < 0 || worker == null || thread == null) {
            return;
        }
        warned = true;
        StackTraceElement[] stack = thread.getStackTrace();
        boolean waitsForFuture = waitsForAFuture(stack);
        int waiting = queue.waiting();
        if (waitsForFuture) {
            worker.handOver();
        }
        Throwable place = new Throwable("here it is, on " + thread.getName());
        place.setStackTrace(stack);
        LOG.warn(
                "Topic {}: a dependent or a listener has held the topic's completions for {} ms on thread {}, and {} wait"
                        + " behind it. {} Do not block there: use thenCompose in the place of join, or the Async methods"
                        + " with an executor of your own",
                alias,
                held.toMillis(),
                thread.getName(),
                waiting < CompletionQueue.MOST_COUNTED ? waiting : "more than " + waiting,
                waitsForFuture
                        ? "It waits for a future, so the others go on on another thread."
                        : "They wait until it returns.",
                place);
    }

    /**
     * Takes the queue from a completion that ends the JVM: such a completion waits for the shutdown hooks, and one of
     * them may wait for the queue.
     *
     * @return whether there is such a completion, which never returns
     */
    boolean takeFromExit() {
        CompletionQueue.Worker now = queue.worker();
        Thread thread = now.thread();
        if (thread == null || !now.isBusy()) {
            return false;
        }
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().equals("java.lang.Shutdown")) {
                now.handOver();
                return true;
            }
        }
        return false;
    }

    /** Takes the queue from a completion that has run for long enough; not from one that has just begun. */
    void takeFromWhatLasts(Duration since, Duration longEnough) {
        if (!isSameTurn() || !queue.hasWaiting()) {
            held = Duration.ZERO;
            return;
        }
        held = held.plus(since);
        if (worker != null && held.compareTo(longEnough) >= 0) {
            worker.handOver();
        }
    }

    /** Whether the queue is still in the same completion as at the last check. */
    private boolean isSameTurn() {
        CompletionQueue.Worker now = queue.worker();
        int completionsNow = now.completions();
        boolean same = now == worker && completionsNow == completions && now.isBusy() && now.thread() != null;
        worker = now;
        completions = completionsNow;
        return same;
    }

    /** Whether there is only code of the JDK between the wait of a future and the top of the stack. */
    private static boolean waitsForAFuture(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().equals("java.util.concurrent.CompletableFuture")
                    && WAITING.contains(frame.getMethodName())) {
                return true;
            }
            if (!frame.getClassName().startsWith("java.")
                    && !frame.getClassName().startsWith("jdk.")) {
                return false;
            }
        }
        return false;
    }
}
