// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.publish;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a topic's queue stands still, because a dependent or a listener does not return while others wait, and says
 * where it is. One that waits for a {@link java.util.concurrent.CompletableFuture} may wait for what stands behind it in the
 * queue, so the queue then goes on on another thread. Used by the monitor.
 */
final class QueueWatch {
    private static final Logger LOG = LoggerFactory.getLogger(QueueWatch.class);
    private static final Set<String> WAITING = Set.of("waitingGet", "timedGet");

    private final String alias;
    private final TurnQueue queue;
    private final Duration heldFor;

    // What was seen at the last look.
    private TurnQueue.@Nullable Worker worker;
    private int turns;
    private Duration held = Duration.ZERO;
    private boolean warned;

    QueueWatch(String alias, TurnQueue queue, Duration heldFor) {
        this.alias = alias;
        this.queue = queue;
        this.heldFor = heldFor;
    }

    TurnQueue queue() {
        return queue;
    }

    /**
     * Looks once.
     *
     * @param since the time since the last look; what the JVM was suspended for does not count
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
        boolean waits = waitsForAFuture(stack);
        int waiting = queue.waiting();
        if (waits) {
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
                waiting < TurnQueue.MOST_COUNTED ? waiting : "more than " + waiting,
                waits ? "It waits for a future, so the others go on on another thread." : "They wait until it returns.",
                place);
    }

    /**
     * Takes the queue from a turn that ends the JVM: it waits for the shutdown hooks, and one of them may wait for the queue.
     *
     * @return whether there is such a turn, which does not return any more
     */
    boolean takeFromExit() {
        TurnQueue.Worker now = queue.worker();
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

    /** Takes the queue from a turn that lasts; not from one that has just begun. */
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

    /** Whether the queue is in the turn in which it was at the last look. */
    private boolean isSameTurn() {
        TurnQueue.Worker now = queue.worker();
        int turnsNow = now.turns();
        boolean same = now == worker && turnsNow == turns && now.isBusy() && now.thread() != null;
        worker = now;
        turns = turnsNow;
        return same;
    }

    /** Whether nothing but code of the JDK stands between a wait of a future and the top of the stack. */
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
