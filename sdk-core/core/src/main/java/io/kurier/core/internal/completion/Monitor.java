// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.completion;

import io.kurier.core.internal.errors.RestartingLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread that ensures that a publisher's outcomes arrive whatever happens to the other threads: it retries the
 * tasks for which no thread could be created, detects queues that do not advance or whose thread has died, and writes
 * failures to the log.
 *
 * <p>It is created at the start, when threads can be created. It checks four times a second while there is something to
 * check, and sleeps otherwise. It references queues and logs only, and neither the publisher nor its listeners: a
 * publisher that is never closed must not stay reachable because of its monitor.
 */
public final class Monitor {
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long BETWEEN_LOOKS_AT_THE_CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** At a close, how long one completion may block others after the time of the close is over. */
    private static final Duration LONG_AT_THE_CLOSE = Duration.ofMillis(200);

    private final CompletionThreads threads;
    private final MonitorIntervals times;
    private final List<QueueStallDetector> watches = new ArrayList<>();
    private final List<FailureLog> logs = new ArrayList<>();
    private volatile @Nullable Thread thread;
    private long lastLook;

    private volatile boolean asleep;
    private volatile boolean closing;
    private volatile boolean late;
    private volatile boolean ending;

    /**
     * How many completions have called {@code System.exit}; they never return. Written by the monitor's thread only.
     */
    private volatile int exiting;

    public Monitor(CompletionThreads threads, MonitorIntervals times) {
        this.threads = threads;
        this.times = times;
    }

    /** Makes a queue that the monitor watches; call it before the start. */
    public CompletionQueue queue(String alias) {
        CompletionQueue queue = new CompletionQueue(threads, this::wake);
        watches.add(new QueueStallDetector(alias, queue, times.heldFor()));
        return queue;
    }

    /** Makes a log that the monitor writes; call it before the start. */
    public FailureLog log(String where, String what) {
        FailureLog log = new FailureLog(where, what, times.betweenFailures(), this::wake);
        logs.add(log);
        return log;
    }

    public void start(ThreadMaker maker) {
        Thread made = maker.make(new RestartingLoop(this::run), "kurier-monitor");
        thread = made;
        made.start();
    }

    /**
     * Wakes the monitor because there is something to check. Safe for any thread; costs nothing while the monitor is
     * awake.
     */
    public void wake() {
        if (asleep) {
            asleep = false;
            LockSupport.unpark(thread);
        }
    }

    /**
     * Called when the publisher begins to close: from now on the monitor's thread runs the tasks for which no thread
     * can be created.
     */
    public void closing() {
        closing = true;
        LockSupport.unpark(thread);
    }

    /**
     * Called when the time of the close is over: completions that do not return are left running, and the others
     * continue.
     */
    public void late() {
        late = true;
        LockSupport.unpark(thread);
    }

    /** Lets the monitor end once nothing waits any more. */
    public void end() {
        ending = true;
        LockSupport.unpark(thread);
    }

    /** Whether completions wait for others to end, or a task waits for a thread. */
    public boolean isAnythingWaiting() {
        for (QueueStallDetector watch : watches) {
            if (watch.queue().hasWaiting()) {
                return true;
            }
        }
        return threads.hasDelayed();
    }

    /** How many completion threads are ending the JVM, and are not waited for. */
    public int exiting() {
        return exiting;
    }

    /** Whether no queue has a worker. */
    public boolean areQueuesIdle() {
        for (QueueStallDetector watch : watches) {
            if (!watch.queue().isIdle()) {
                return false;
            }
        }
        return true;
    }

    private void run() {
        lastLook = System.nanoTime();
        boolean active = true;
        while (!ending || active) {
            try {
                pause(active);
                active = look();
            } catch (Throwable e) {
                active = true; // whatever it was, out of memory above all: there is a next check
            }
        }
    }

    /** Writes the failures that are not written yet; at the close. */
    public void writeFailures() {
        for (FailureLog log : logs) {
            boolean unused = log.write(System.nanoTime(), true);
        }
    }

    private void pause(boolean active) {
        if (active) {
            LockSupport.parkNanos(this, closing && !ending ? BETWEEN_LOOKS_AT_THE_CLOSE_NANOS : BETWEEN_LOOKS_NANOS);
            return;
        }
        asleep = true;
        if (!isActive() && !ending) {
            LockSupport.park(this);
        }
        asleep = false;
    }

    private boolean isActive() {
        boolean toWrite = false;
        for (FailureLog log : logs) {
            toWrite |= log.hasNew();
        }
        return toWrite || !areQueuesIdle() || threads.hasDelayed();
    }

    /** Checks everything, and returns whether to check again soon. */
    private boolean look() {
        long now = System.nanoTime();
        Duration since = Duration.ofNanos(Math.min(now - lastLook, 2 * BETWEEN_LOOKS_NANOS));
        lastLook = now;
        boolean active = quietly(() -> {
            threads.retry(closing);
            return threads.hasDelayed();
        });
        for (QueueStallDetector watch : watches) {
            active |= quietly(() -> {
                lookAt(watch, since);
                return !watch.queue().isIdle();
            });
        }
        for (FailureLog log : logs) {
            active |= quietly(() -> log.write(now, ending));
        }
        return active;
    }

    private void lookAt(QueueStallDetector watch, Duration since) {
        CompletionQueue queue = watch.queue();
        queue.replaceDeadWorker();
        queue.restart();
        if (closing && queue.isUnstarted()) {
            queue.workHere();
        }
        if (closing && watch.takeFromExit()) {
            exiting = exiting + 1;
        }
        if (late) {
            watch.takeFromWhatLasts(since, LONG_AT_THE_CLOSE);
        } else {
            watch.look(since);
        }
    }

    private interface Look {
        boolean isActive();
    }

    /** Runs one check, so that its failure does not prevent the other checks; it is repeated next time. */
    private static boolean quietly(Look look) {
        try {
            return look.isActive();
        } catch (Throwable e) {
            return true;
        }
    }
}
