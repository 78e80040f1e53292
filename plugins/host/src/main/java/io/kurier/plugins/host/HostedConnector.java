// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.StartException;
import io.kurier.core.internal.closing.ClosingStep;
import io.kurier.core.internal.errors.SafeLogger;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.plugins.host.ConnectorStatus.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connector of a host, from its first start to the close of the host, over all of its instances. Everything that
 * changes its state runs on its control thread, one change after the other, so that a connector that hangs delays only
 * itself.
 */
final class HostedConnector {
    private static final Logger LOG = LoggerFactory.getLogger(HostedConnector.class);

    private final ConnectorSettings settings;
    private final HostContext host;
    private final RestartPolicy policy;
    private final ScheduledThreadPoolExecutor control;
    private final OffsetStore offsets;
    private final TaskRuns runs;
    private volatile @Nullable Thread controlThread;
    private volatile List<HostedTask> tasks = List.of();
    private @Nullable ConnectorInstance instance; // of the control thread, and of the starting one before
    private int attempts; // of the control thread
    private volatile boolean closing;
    private volatile CompletableFuture<Void> closed = CompletableFuture.completedFuture(null);

    private State state = State.RUNNING; // this and what follows is guarded by this
    private boolean pauseRequested;
    private @Nullable ConnectorFailedException lastError;

    /**
     * Creates a connector that is not started.
     *
     * @param offsets its source offsets
     * @param runs makes the runs of its tasks
     */
    HostedConnector(ConnectorSettings settings, HostContext host, OffsetStore offsets, TaskRuns runs) {
        this.settings = settings;
        this.policy = settings.restarts();
        this.host = host;
        this.offsets = offsets;
        this.runs = runs;
        this.control = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "kurier-" + settings.name() + "-control");
            thread.setDaemon(true);
            controlThread = thread;
            return thread;
        });
        control.setExecuteExistingDelayedTasksAfterShutdownPolicy(false); // restarts; a close is awaited before
    }

    String name() {
        return settings.name();
    }

    /** Starts the connector and creates its tasks, which do not run yet. */
    void prepare(ConnectorInstance first) {
        control.prestartCoreThread(); // a close must not need a thread that cannot be created any more
        instance = first;
        first.start(this, offsets);
        tasks = newTasks(first);
        tasks.forEach(HostedTask::prepare);
    }

    /** Starts the tasks. */
    void run() {
        tasks.forEach(HostedTask::start);
    }

    private List<HostedTask> newTasks(ConnectorInstance from) {
        runs.open(from.taskConfigs().size());
        List<HostedTask> made = new ArrayList<>();
        for (Map<String, String> config : from.taskConfigs()) {
            HostedTask task = new HostedTask(name(), made.size(), policy, host, new HostedTask.Control() {
                @Override
                public TaskRun newRun(HostedTask of) {
                    return runs.create(from, of, config);
                }

                @Override
                public void startLater(HostedTask of, long pauseMillis) {
                    later(of::start, pauseMillis);
                }
            });
            made.add(task);
        }
        return List.copyOf(made);
    }

    /** Polls the tasks no more until {@link #resume}. */
    CompletableFuture<Void> pause() {
        return change(() -> {
            synchronized (this) {
                pauseRequested = true;
                state = state == State.RUNNING ? State.PAUSED : state;
            }
            tasks.forEach(task -> task.requestPause(true));
        });
    }

    /** Polls the tasks again, or starts the connector again after {@link #stop}. */
    CompletableFuture<Void> resume() {
        return change(() -> {
            boolean stopped;
            synchronized (this) {
                pauseRequested = false;
                stopped = state == State.STOPPED;
                state = state == State.PAUSED ? State.RUNNING : state;
            }
            if (stopped) {
                startAgain();
            } else {
                tasks.forEach(task -> task.requestPause(false));
            }
        });
    }

    /** Stops the tasks and the connector, until {@link #resume} or {@link #restart}. */
    CompletableFuture<Void> stop() {
        tasks.forEach(HostedTask::requestStop); // now, since the control thread may be busy
        return change(this::stopNow);
    }

    private void stopNow() {
        stopAll();
        become(State.STOPPED, null);
    }

    /** Stops the connector and its tasks and starts them again, also after a failure. */
    CompletableFuture<Void> restart() {
        return change(() -> {
            become(State.RESTARTING, null);
            stopAll();
            attempts = 0;
            startAgain();
        });
    }

    /** Replaces the tasks if the connector asks for it and names others now. */
    void reconfigure() {
        later(
                () -> {
                    ConnectorInstance current = instance;
                    if (current == null) {
                        return; // it is stopped, and asked anew when it starts
                    }
                    try {
                        if (current.readTaskConfigs()) {
                            LOG.info("connector {} has other tasks now and restarts them", name());
                            become(State.RESTARTING, null);
                            stopTasks();
                            startTasks(current);
                        }
                    } catch (StartException e) {
                        failed(new ConnectorFailedException(name(), e));
                    }
                },
                0);
    }

    /** Handles an error that the connector itself raises, on any thread. */
    void raised(Exception error) {
        later(() -> failed(new ConnectorFailedException(name(), error)), 0);
    }

    private void failed(ConnectorFailedException failure) {
        boolean again = policy.allows(attempts);
        become(again ? State.RESTARTING : State.FAILED, failure);
        stopAll();
        if (!again) {
            SafeLogger.error(LOG, failure, "a connector has failed");
            return;
        }
        long pause = policy.pauseMillis(attempts);
        attempts++;
        SafeLogger.error(LOG, failure, "a connector has failed; it is started again in {} ms", pause);
        later(
                () -> {
                    if (is(State.RESTARTING)) {
                        startAgain();
                    }
                },
                pause);
    }

    private void startAgain() {
        if (closing) {
            return;
        }
        try {
            ConnectorInstance next = ConnectorInstance.create(settings, host.plugins());
            instance = next;
            next.start(this, offsets);
            startTasks(next);
        } catch (StartException e) {
            failed(new ConnectorFailedException(name(), e));
        }
    }

    private void startTasks(ConnectorInstance of) {
        List<HostedTask> next = newTasks(of);
        boolean pause;
        synchronized (this) {
            pause = pauseRequested;
            state = pause ? State.PAUSED : State.RUNNING;
            tasks = next;
        }
        next.forEach(task -> task.requestPause(pause));
        if (closing) {
            next.forEach(HostedTask::requestStop);
        } else {
            next.forEach(HostedTask::start);
        }
        host.changes().changed();
    }

    private void stopTasks() {
        tasks.forEach(HostedTask::requestStop);
        for (HostedTask task : tasks) {
            try {
                task.awaitStop();
            } catch (InterruptedException e) {
                LOG.warn("connector {} goes on before the task {} has ended", name(), task.name());
            }
        }
    }

    private void stopAll() {
        stopTasks();
        ConnectorInstance current = instance;
        instance = null;
        if (current != null) {
            current.stop();
        }
        runs.close();
    }

    private synchronized boolean is(State other) {
        return state == other;
    }

    private void become(State next, @Nullable ConnectorFailedException error) {
        synchronized (this) {
            state = next;
            lastError = error == null ? lastError : error;
        }
        host.changes().changed();
    }

    private CompletableFuture<Void> change(Runnable action) {
        return closing
                ? CompletableFuture.failedFuture(
                        new IllegalStateException("connector " + name() + ": the host is closed"))
                : CompletableFuture.runAsync(action, control);
    }

    private void later(Runnable action, long millis) {
        try {
            Future<?> unused = control.schedule(
                    () -> {
                        try {
                            action.run();
                        } catch (Throwable e) { // it would be visible nowhere else
                            SafeLogger.error(LOG, e, "connector {}: its control failed", name());
                        }
                    },
                    millis,
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("connector {} is closing", name());
        }
    }

    /** Begins to stop tasks and connector for good; to be called once. */
    void beginClose() {
        closing = true;
        tasks.forEach(HostedTask::requestStop);
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(this::stopNow, control);
        closed = stopping;
        CompletableFuture<Void> unused = stopping.whenComplete((stopped, failure) -> control.shutdown());
    }

    /** Waits for the end of the close, at most the given number of milliseconds. */
    void awaitClose(long millis) throws InterruptedException {
        try {
            closed.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debug("connector {} is not stopped yet", name());
        } catch (ExecutionException e) { // it would be visible nowhere else
            SafeLogger.error(LOG, e, "connector {} could not be stopped", name());
        }
    }

    /** Interrupts the tasks that have not ended, and logs what is not stopped. */
    void leaveBehind() {
        Thread thread = controlThread;
        if (closed.isDone() || thread == null) {
            return;
        }
        LOG.warn("connector {} did not stop in time and is left behind", name(), ClosingStep.place(thread));
        tasks.forEach(HostedTask::leaveBehind);
    }

    /** Returns whether all tasks have read all of their input. */
    boolean isDrained() {
        return tasks.stream().allMatch(HostedTask::isDrained) && !is(State.RESTARTING) && !is(State.FAILED);
    }

    /** Returns why it, or one of its tasks that have not drained, will not run again; null if there is no reason. */
    @Nullable
    ConnectorFailedException end() {
        synchronized (this) {
            if (state == State.FAILED && lastError != null) {
                return lastError;
            }
            if (state == State.RESTARTING) {
                return null; // its tasks are stopped for the moment
            }
        }
        for (HostedTask task : tasks) {
            ConnectorFailedException end = task.isDrained() ? null : task.end();
            if (end != null) {
                return end;
            }
        }
        return null;
    }

    ConnectorStatus status() {
        List<ConnectorStatus.TaskStatus> each =
                tasks.stream().map(HostedTask::status).toList();
        synchronized (this) {
            ConnectorFailedException error = lastError;
            return new ConnectorStatus(name(), state, error == null ? null : ThrowableText.reason(error), each);
        }
    }
}
