// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.closing;

import io.kurier.core.internal.errors.SafeLogger;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One step of a close, in a thread of its own, so that the closing thread need not wait for a step that hangs. What the
 * step throws is logged. If no thread can be created, the step runs in the caller's thread, since a close must release
 * what it can even then; it has no limit in that case.
 */
public final class ClosingStep {
    private static final Logger LOG = LoggerFactory.getLogger(ClosingStep.class);

    /** How much longer a step may take if its caller was interrupted. */
    private static final Duration AFTER_AN_INTERRUPT = Duration.ofSeconds(1);

    private final String what;
    private final Runnable step;
    private final CountDownLatch ended = new CountDownLatch(1);
    private Thread thread = Thread.currentThread();

    private ClosingStep(String what, Runnable step) {
        this.what = what;
        this.step = step;
    }

    /**
     * Begins a step.
     *
     * @param what the name of the thing that is closed, for the log's reader
     */
    public static ClosingStep begin(String what, Runnable step) {
        return begin(what, step, work -> new Thread(work, "kurier-close"));
    }

    static ClosingStep begin(String what, Runnable step, ThreadFactory threads) {
        ClosingStep begun = new ClosingStep(what, step);
        try {
            Thread own = threads.newThread(begun::run);
            own.setDaemon(true);
            own.start();
            begun.thread = own;
        } catch (OutOfMemoryError e) { // "unable to create native thread"
            begun.run();
        }
        return begun;
    }

    /** Returns an exception with a thread's current stack, for a log. */
    public static Exception place(Thread thread) {
        Exception place = new Exception("this is where the thread " + thread.getName() + " stands");
        place.setStackTrace(thread.getStackTrace());
        return place;
    }

    private void run() {
        try {
            step.run();
        } catch (Throwable e) { // an Error too: there are further steps
            SafeLogger.warn(LOG, e, "{} did not close cleanly", what);
        } finally {
            ended.countDown();
        }
    }

    /**
     * Waits for the end of the step. If it does not end in time, the step is left behind and a warning is logged. An
     * interrupt of the caller is passed on to the step and shortens the wait to a second; the caller keeps its
     * interrupt flag.
     *
     * @return whether the step has ended
     */
    public boolean await(Duration atMost) {
        boolean hasEnded;
        try {
            hasEnded = ended.await(TimeUnit.NANOSECONDS.convert(atMost), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            thread.interrupt();
            hasEnded = awaitAfterInterrupt();
            Thread.currentThread().interrupt();
        }
        if (!hasEnded) {
            SafeLogger.warn(LOG, place(thread), "{} did not close in time and is left behind", what);
        }
        return hasEnded;
    }

    private boolean awaitAfterInterrupt() {
        try {
            return ended.await(AFTER_AN_INTERRUPT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) { // a second interrupt
            return ended.getCount() == 0;
        }
    }
}
