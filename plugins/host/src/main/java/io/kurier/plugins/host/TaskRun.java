// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.core.internal.errors.SafeLogger;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.plugins.host.internal.deadletters.DeadLetters;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import io.kurier.spi.ReportingTask;
import io.kurier.spi.SourceReport;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a task, from its {@code start} to its {@code stop}, on a thread of its own. It polls and publishes until it
 * is stopped or fails; a {@link RecordDelivery} brings the records to their topics.
 *
 * <p>As on a Connect worker the task's own thread calls {@code stop()}, when its last records have ended and their
 * offsets are committed. Only a {@code poll()} that waits is stopped by another thread, which {@link SourceTask#stop}
 * allows. A worker never does that (since KAFKA-10792) and cannot end such a task.
 */
final class TaskRun implements Runnable, SourceReport {
    private static final Logger LOG = LoggerFactory.getLogger(TaskRun.class);

    /** A task that requests another poll is not polled at full speed. */
    private static final long RETRY_PAUSE_MILLIS = 100;

    private final Connection connection;
    private final String connector;
    private final SourceTask task;
    private final TaskContext context;
    private final RecordDelivery delivery;
    private final TaskEvents events;
    private final AtomicBoolean stopCalled = new AtomicBoolean();
    private final CountDownLatch stopRequested = new CountDownLatch(1); // counted down under the lock of this
    private boolean polling; // guarded by this
    private boolean pauseRequested; // guarded by this
    private boolean readAll; // set and read by the task's thread
    private boolean inputRejected; // set and read by the task's thread

    /**
     * What a run is connected to.
     *
     * @param settings the connector's
     * @param host what the connectors of the host share
     * @param deadLetters keeps rejected records
     * @param counters what the task has done so far
     * @param number the task's number in its connector, from 0
     * @param name the name of the run's thread
     */
    record Connection(
            ConnectorSettings settings,
            HostContext host,
            DeadLetters deadLetters,
            TaskCounters counters,
            int number,
            String name) {}

    /** Makes the delivery of a run; gets what is to be called when it fails. */
    interface DeliveryMaker extends Function<Runnable, RecordDelivery> {}

    TaskRun(Connection connection, SourceTask task, TaskContext context, DeliveryMaker delivery, TaskEvents events) {
        this.connection = connection;
        this.connector = connection.settings.name();
        this.task = task;
        this.context = context;
        this.events = events;
        this.delivery = delivery.apply(this::unblock);
    }

    /** Requests the loop to end after the current batch; from any thread, any number of times. */
    synchronized void requestStop() {
        stopRequested.countDown();
        notifyAll();
    }

    /** Requests the loop to poll no more, or to poll again. */
    synchronized void requestPause(boolean pause) {
        pauseRequested = pause;
        notifyAll();
    }

    /** Ends a poll that waits, after {@link #requestStop} or a failure. */
    void unblock() {
        boolean waiting;
        synchronized (this) {
            waiting = polling;
        }
        if (waiting) {
            stopTask();
        }
    }

    /** Releases what a run holds that was never started. */
    void discard() {
        delivery.close();
    }

    /** Returns whether offsets were committed in this run. */
    boolean hasAdvanced() {
        return delivery.hasAdvanced();
    }

    /** Interrupts what does not end by itself. */
    void interruptSettling() {
        delivery.interrupt();
    }

    private boolean isStopping() {
        return stopRequested.getCount() == 0;
    }

    @Override
    public void run() {
        Throwable failure = null;
        try (ConnectPlugins.Scope scope = connection.host.plugins().enter(task)) {
            try {
                delivery.start();
                task.initialize(context);
                if (task instanceof ReportingTask reporting) {
                    reporting.reportTo(this);
                }
                task.start(context.configs());
                while (!isStopping()) {
                    step();
                }
            } catch (Throwable e) { // an Error too: no thread may wait for a thread that is gone
                failure = e;
            }
            end(failure);
        }
    }

    private void step() throws InterruptedException {
        throwIfFailed();
        awaitResumed();
        List<SourceRecord> records = poll();
        if (inputRejected) { // with errors.tolerance=none it ends the task before a record behind it is published
            inputRejected = false;
            delivery.awaitSettled();
            throwIfFailed();
        }
        if (records != null && !records.isEmpty()) {
            delivery.publish(records);
            throwIfFailed();
        }
        notifyOfCommit();
        if (readAll) {
            readAll = false;
            awaitSettled();
            throwIfFailed();
            events.drained();
        }
    }

    /** Ends the run if one of its records has failed. */
    private void throwIfFailed() {
        Throwable failure = delivery.failure();
        if (failure != null) {
            throw failure instanceof ConnectorFailedException known
                    ? known
                    : new ConnectorFailedException(connector, failure);
        }
    }

    private void awaitResumed() throws InterruptedException {
        synchronized (this) {
            if (!pauseRequested || isStopping()) {
                return;
            }
        }
        awaitSettled();
        events.paused(true);
        synchronized (this) {
            while (pauseRequested && !isStopping()) {
                wait();
            }
        }
        events.paused(false);
    }

    private void awaitSettled() throws InterruptedException {
        delivery.awaitSettled();
        notifyOfCommit();
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

    /** Notifies the task when offsets of its connector were stored since the last time. */
    private void notifyOfCommit() {
        if (!delivery.takeStored()) {
            return;
        }
        try {
            task.commit();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) { // as a worker does: records that are stored remain stored
            SafeLogger.error(LOG, e, "connector {} failed in commit; its offsets go on", connector);
        }
    }

    /**
     * Settles what was published, stores offsets, stops the task and reports the end, in this order: everything is done
     * when the end is reported.
     */
    private void end(@Nullable Throwable thrown) {
        Throwable failure = thrown;
        try {
            delivery.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = failure == null ? e : failure;
        }
        if (failure == null) {
            failure = delivery.failure();
        }
        delivery.close();
        notifyOfCommit();
        stopTask();
        events.ended(failure == null ? null : reason(failure));
    }

    private ConnectorFailedException reason(Throwable failure) {
        if (failure instanceof ConnectorFailedException known) {
            return known;
        }
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return new ConnectorFailedException(connector, "it was interrupted", failure);
        }
        return connection
                .host
                .plugins()
                .conflict(task, failure)
                .map(conflict -> new ConnectorFailedException(
                        connector, ThrowableText.reason(failure) + ". " + conflict, failure))
                .orElseGet(() -> new ConnectorFailedException(connector, failure));
    }

    private void stopTask() {
        if (!stopCalled.compareAndSet(false, true)) {
            return;
        }
        try (ConnectPlugins.Scope scope = connection.host.plugins().enter(task)) {
            task.stop();
        } catch (Throwable e) { // an Error too: the end must still be reported
            SafeLogger.error(LOG, e, "connector {} failed in its task's stop()", connector);
        }
    }

    @Override
    public void rejected(String source, String position, String reason, byte @Nullable [] content) {
        connection.host.listener().rejected(connector, source, position, reason);
        try {
            delivery.rejected(new RejectedInputException(source, position, reason, content));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException("interrupted while a rejected part of the input was reported", e);
        }
        inputRejected = !connection.settings.toleratesErrors();
    }

    @Override
    public void finished(String source, long records, long bytes) {
        connection.host.listener().finished(connector, source, records, bytes);
    }

    @Override
    public void remaining(long bytes) {
        connection.counters.remaining(bytes);
    }

    @Override
    public void drained() {
        readAll = true;
    }
}
