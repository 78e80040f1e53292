// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Publisher;
import io.kurier.core.internal.errors.SafeLogger;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.spi.ReportingTask;
import io.kurier.spi.SourceReport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One task on a thread of its own. It starts, polls, publishes and commits until it is stopped or fails; then it stops,
 * once.
 *
 * <p>As on a Connect worker the task's own thread calls {@code stop()}, when its last records have ended and their
 * offsets are committed. Only a {@code poll()} that waits is stopped by the thread that requests the stop, which
 * {@link SourceTask#stop} allows. A worker never does that (since KAFKA-10792) and cannot end such a task.
 */
final class HostedTask implements Runnable, SourceReport {
    private static final Logger LOG = LoggerFactory.getLogger(HostedTask.class);

    /** A task that requests another poll is not polled at full speed. */
    private static final long RETRY_PAUSE_MILLIS = 100;

    private final String connector;
    private final SourceTask task;
    private final TaskContext context;
    private final HostListener listener;
    private final TaskPublisher taskPublisher;
    private final CompletableFuture<Void> outcome = new CompletableFuture<>();
    private final AtomicBoolean stopCalled = new AtomicBoolean();
    private final CountDownLatch stopRequested = new CountDownLatch(1); // counted down under the lock of this
    private boolean polling; // guarded by this
    private boolean readAll; // set and read by the task's thread

    HostedTask(
            ConnectorSettings settings,
            SourceTask task,
            TaskContext context,
            Publisher publisher,
            HostListener listener) {
        this.connector = settings.name();
        this.task = task;
        this.context = context;
        this.listener = listener;
        this.taskPublisher = new TaskPublisher(settings, task, publisher, listener);
    }

    /**
     * Returns a future that completes when the task has read all of its input and all of it is acknowledged, or fails
     * with the task.
     */
    CompletableFuture<Void> outcome() {
        return outcome;
    }

    /** Requests the loop to end after the current batch; from any thread, any number of times. */
    synchronized void requestStop() {
        stopRequested.countDown();
    }

    /** Ends a poll that waits, after {@link #requestStop}. */
    void unblock() {
        boolean waiting;
        synchronized (this) {
            waiting = polling;
        }
        if (waiting) {
            stopTask();
        }
    }

    private boolean isStopping() {
        return stopRequested.getCount() == 0;
    }

    @Override
    public void run() {
        Throwable failure = null;
        try {
            task.initialize(context);
            if (task instanceof ReportingTask reporting) {
                reporting.reportTo(this);
            }
            task.start(context.configs());
            while (!isStopping()) {
                step();
            }
            taskPublisher.awaitAll();
            taskPublisher.throwIfFailed();
        } catch (Throwable e) { // an Error too: no thread may wait for a thread that is gone
            failure = e;
        }
        end(failure);
    }

    private void step() throws InterruptedException {
        taskPublisher.throwIfFailed();
        List<SourceRecord> records = poll();
        if (records != null) {
            for (SourceRecord record : records) {
                taskPublisher.publish(record);
            }
        }
        commit();
        if (readAll && !outcome.isDone()) {
            taskPublisher.awaitAll();
            taskPublisher.throwIfFailed();
            commit();
            outcome.complete(null);
        }
    }

    private @Nullable List<SourceRecord> poll() throws InterruptedException {
        synchronized (this) {
            if (isStopping()) {
                return null;
            }
            polling = true;
        }
        try {
            return task.poll();
        } catch (RetriableException | org.apache.kafka.common.errors.RetriableException e) {
            LOG.warn("connector {} asks to be polled again: {}", connector, ThrowableText.reason(e));
        } catch (RuntimeException e) {
            if (!isStopping()) {
                throw e;
            }
            SafeLogger.warn(LOG, e, "connector {} ended its last poll, while it was stopped, with an error", connector);
        } finally {
            synchronized (this) {
                polling = false;
            }
        }
        boolean unused = stopRequested.await(RETRY_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        return null;
    }

    private void commit() {
        Map<Map<String, ?>, @Nullable Map<String, ?>> advanced = taskPublisher.takeCommittable();
        if (advanced.isEmpty()) {
            return;
        }
        context.offsetStorageReader().commit(advanced);
        try {
            task.commit();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) { // as a worker does: records that are stored remain stored
            SafeLogger.error(LOG, e, "connector {} failed in commit; its offsets go on", connector);
        }
    }

    /**
     * Commits what is stored, stops the task and completes the outcome, in this order: everything is done when a caller
     * sees the outcome.
     */
    private void end(@Nullable Throwable failure) {
        ConnectorFailedException why;
        if (failure == null) {
            why = new ConnectorFailedException(connector, "it was stopped", null);
        } else if (failure instanceof ConnectorFailedException told) {
            why = told;
        } else if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            why = new ConnectorFailedException(connector, "it was interrupted", failure);
        } else {
            why = new ConnectorFailedException(connector, failure);
        }
        try {
            if (failure != null) {
                SafeLogger.error(LOG, why, "a task of a connector has failed");
                taskPublisher.awaitAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // interrupted: what is not acknowledged by now is read again
        } finally {
            commit();
            stopTask();
            outcome.completeExceptionally(why);
        }
    }

    private void stopTask() {
        if (!stopCalled.compareAndSet(false, true)) {
            return;
        }
        try {
            task.stop();
        } catch (Throwable e) { // an Error too: the outcome must still be completed
            SafeLogger.error(LOG, e, "connector {} failed in its task's stop()", connector);
        }
    }

    @Override
    public void rejected(String source, String position, String reason, byte @Nullable [] content) {
        listener.rejected(connector, source, position, reason);
    }

    @Override
    public void finished(String source, long records, long bytes) {
        listener.finished(connector, source, records, bytes);
    }

    @Override
    public void drained() {
        readAll = true;
    }
}
