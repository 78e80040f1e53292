// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.core.internal.closing.ClosingStep;
import io.kurier.core.internal.errors.SafeLogger;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.plugins.host.ConnectorStatus.State;
import io.kurier.plugins.host.ConnectorStatus.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One task of a connector, over all of its runs. Started and stopped by the connector's control thread; the runs report
 * to it on their threads.
 */
final class HostedTask implements TaskEvents {
    private static final Logger LOG = LoggerFactory.getLogger(HostedTask.class);

    private static final long NO_RESTART = -1;

    private final String connector;
    private final int number;
    private final String name;
    private final RestartPolicy policy;
    private final TaskCounters counters = new TaskCounters();
    private final HostContext host;
    private final Control control;

    private State state = State.RUNNING; // this and what follows is guarded by this
    private boolean stopped;
    private boolean pauseRequested;
    private boolean drained;
    private int attempts;
    private long restarts;
    private @Nullable ConnectorFailedException lastError;
    private @Nullable TaskRun run;
    private @Nullable Thread thread;

    /** What the connector does for its tasks. */
    interface Control {
        /** Makes the next run of a task, with a new instance of its class. */
        TaskRun newRun(HostedTask task);

        /** Starts a task after a pause, on the control thread. */
        void startLater(HostedTask task, long pauseMillis);
    }

    /**
     * Creates a task.
     *
     * @param connector the connector's name
     * @param number its number in the connector, from 0
     */
    HostedTask(String connector, int number, RestartPolicy policy, HostContext host, Control control) {
        this.connector = connector;
        this.number = number;
        this.name = "kurier-" + connector + "-" + number;
        this.policy = policy;
        this.host = host;
        this.control = control;
    }

    int number() {
        return number;
    }

    /** Returns the name of its thread. */
    String name() {
        return name;
    }

    TaskCounters counters() {
        return counters;
    }

    /** Prepares the first run, which {@link #start} starts. */
    void prepare() {
        TaskRun next = control.newRun(this);
        synchronized (this) {
            run = next;
        }
    }

    /** Starts the prepared run, or another one after a failure. */
    void start() {
        TaskRun next;
        synchronized (this) {
            if (stopped) {
                return;
            }
            next = run;
        }
        if (next == null) {
            try {
                next = control.newRun(this);
            } catch (RuntimeException e) {
                ended(new ConnectorFailedException(connector, e), false);
                return;
            }
        }
        synchronized (this) {
            if (stopped) {
                return;
            }
            run = next;
            next.requestPause(pauseRequested);
            state = State.RUNNING;
            Thread fresh = new Thread(next, name);
            fresh.setDaemon(true);
            thread = fresh;
            fresh.start();
        }
        host.changes().changed();
    }

    synchronized void requestPause(boolean pause) {
        pauseRequested = pause;
        if (run != null) {
            run.requestPause(pause);
        }
    }

    /** Requests the run to end and prevents another one. */
    synchronized void requestStop() {
        stopped = true;
        if (run != null) {
            run.requestStop();
        }
    }

    /** Ends a poll that waits, after {@link #requestStop}, and waits for the end of the run. */
    void awaitStop() throws InterruptedException {
        TaskRun current;
        Thread running;
        synchronized (this) {
            current = run;
            running = thread;
            run = running == null ? null : current;
        }
        if (current != null) {
            if (running == null) {
                current.discard();
            } else {
                current.unblock();
                running.join();
            }
        }
        synchronized (this) {
            state = state == State.FAILED ? State.FAILED : State.STOPPED;
        }
        host.changes().changed();
    }

    /** Interrupts a run that has not ended in time. */
    void leaveBehind() {
        TaskRun current;
        Thread running;
        synchronized (this) {
            current = run;
            running = thread;
        }
        if (current != null && running != null && running.isAlive()) {
            LOG.warn("the task {} did not stop in time and is interrupted", name, ClosingStep.place(running));
            running.interrupt();
            current.interruptSettling();
        }
    }

    @Override
    public void drained() {
        synchronized (this) {
            drained = true;
        }
        host.changes().changed();
    }

    @Override
    public void paused(boolean paused) {
        synchronized (this) {
            state = paused ? State.PAUSED : State.RUNNING;
        }
        host.changes().changed();
    }

    @Override
    public void ended(@Nullable ConnectorFailedException failure) {
        Throwable cause = failure == null ? null : failure.getCause();
        ended(failure, cause != null && RecordReports.isPermanent(cause));
    }

    /**
     * Handles the end of a run.
     *
     * @param failure why it ended; null if it was stopped on request
     * @param forGood whether another run would end in the same way
     */
    private void ended(@Nullable ConnectorFailedException failure, boolean forGood) {
        long pause = NO_RESTART;
        synchronized (this) {
            TaskRun last = run;
            run = null;
            if (failure == null) {
                state = State.STOPPED;
            } else {
                lastError = failure;
                attempts = last != null && last.hasAdvanced() ? 0 : attempts;
                if (!stopped && !forGood && policy.allows(attempts)) {
                    pause = policy.pauseMillis(attempts);
                    attempts++;
                    restarts++;
                    state = State.RESTARTING;
                } else {
                    state = State.FAILED;
                }
            }
        }
        if (failure != null) {
            String next = pause == NO_RESTART ? "" : "; it is started again in " + pause + " ms";
            SafeLogger.error(LOG, failure, "task {} of a connector has failed{}", number, next);
            host.listener().taskFailed(connector, number, failure, pause != NO_RESTART);
        }
        host.changes().changed();
        if (pause != NO_RESTART) {
            control.startLater(this, pause);
        }
    }

    synchronized boolean isDrained() {
        return drained;
    }

    /** Returns why this task will not run again; null if it runs or may do so. */
    synchronized @Nullable ConnectorFailedException end() {
        return switch (state) {
            case FAILED -> lastError;
            case STOPPED -> new ConnectorFailedException(connector, "it was stopped", null);
            default -> null;
        };
    }

    synchronized TaskStatus status() {
        ConnectorFailedException error = lastError;
        return counters.status(number, state, error == null ? null : ThrowableText.reason(error), restarts);
    }
}
