// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.completion;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread that sees to it that a publisher's outcomes arrive whatever happens to the other threads: it starts again what
 * could not be given a thread, notices queues that stand still, and writes what has failed to the log.
 *
 * <p>It is made at the start, when threads can be made. It looks four times a second while there is something to look at, and
 * sleeps otherwise. It knows queues and logs only, and neither the publisher nor its listeners: a publisher that nobody closes
 * must not live because of its monitor.
 */
public final class Monitor {
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long BETWEEN_LOOKS_AT_THE_CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** At a close, how long one completion may hold up others after the time of the close is over. */
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

    /** How many completions have called {@code System.exit}; they never return. Written by the monitor's thread only. */
    private volatile int exiting;

    public Monitor(CompletionThreads threads, MonitorIntervals times) {
        this.threads = threads;
        this.times = times;
    }

    /** A queue that it watches; before its start. */
    public CompletionQueue queue(String alias) {
        CompletionQueue queue = new CompletionQueue(threads, this::wake);
        watches.add(new QueueStallDetector(alias, queue, times.heldFor()));
        return queue;
    }

    /** A log that it writes; before its start. */
    public FailureLog log(String where, String what) {
        FailureLog log = new FailureLog(where, what, times.betweenFailures(), this::wake);
        logs.add(log);
        return log;
    }

    public void start(ThreadMaker maker) {
        Thread made = maker.make(this::run, "kurier-monitor");
        thread = made;
        made.start();
    }

    /** There is something to look at. For any thread; costs nothing while the monitor is awake. */
    public void wake() {
        if (asleep) {
            asleep = false;
            LockSupport.unpark(thread);
        }
    }

    /** The publisher closes: what cannot be given a thread is done by the monitor's own. */
    public void closing() {
        closing = true;
        LockSupport.unpark(thread);
    }

    /** The time of the close is over: completions that last are left to themselves, and the others go on. */
    public void late() {
        late = true;
        LockSupport.unpark(thread);
    }

    /** It ends when nothing waits any more. */
    public void end() {
        ending = true;
        LockSupport.unpark(thread);
    }

    /** Whether completions wait for others to end, or anything for a thread. */
    public boolean isAnythingWaiting() {
        for (QueueStallDetector watch : watches) {
            if (watch.queue().hasWaiting()) {
                return true;
            }
        }
        return threads.hasDelayed();
    }

    /** How many threads of completions end the JVM, and are not waited for. */
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
                active = true; // whatever it was, out of memory above all: there is a next look
            }
        }
    }

    /** Writes what has failed and is not written yet; at the close. */
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

    /** Looks at all, and answers whether to look again soon. */
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

    /** One thing that fails keeps no other from being looked at; it is looked at again. */
    private static boolean quietly(Look look) {
        try {
            return look.isActive();
        } catch (Throwable e) {
            return true;
        }
    }
}
