// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Message;
import io.kurier.Receipt;
import io.kurier.core.internal.errors.SafeLogger;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.plugins.host.SubmittedRecords.Batch;
import io.kurier.plugins.host.internal.deadletters.DeadLetters;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import io.kurier.plugins.host.internal.records.RecordException;
import io.kurier.plugins.host.internal.records.RecordPipeline;
import io.kurier.spi.ReportingTask;
import io.kurier.spi.SourceReport;
import java.util.List;
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
 * One run of a task, from its {@code start} to its {@code stop}, on a thread of its own. It polls and publishes until it
 * is stopped or fails; a {@link RecordSettler} beside it awaits the outcomes.
 *
 * <p>As on a Connect worker the task's own thread calls {@code stop()}, when its last records have ended and their
 * offsets are committed. Only a {@code poll()} that waits is stopped by another thread, which {@link SourceTask#stop}
 * allows. A worker never does that (since KAFKA-10792) and cannot end such a task.
 */
final class TaskRun implements Runnable, SourceReport {
    private static final Logger LOG = LoggerFactory.getLogger(TaskRun.class);

    /**
     * The maximum number of records in flight, so that small ones do not fill the heap; the producer's
     * {@code buffer.memory} bounds large ones.
     */
    private static final int MOST_IN_FLIGHT = 20_000;

    /** A task that requests another poll is not polled at full speed. */
    private static final long RETRY_PAUSE_MILLIS = 100;

    private static final CompletableFuture<@Nullable Receipt> LEFT_OUT = CompletableFuture.completedFuture(null);

    private final Connection connection;
    private final String connector;
    private final SourceTask task;
    private final TaskContext context;
    private final RecordPipeline pipeline;
    private final TaskEvents events;
    private final SubmittedRecords submitted = new SubmittedRecords(MOST_IN_FLIGHT);
    private final RecordSettler settler;
    private final Thread settling;
    private final AtomicBoolean stopCalled = new AtomicBoolean();
    private final CountDownLatch stopRequested = new CountDownLatch(1); // counted down under the lock of this
    private boolean polling; // guarded by this
    private boolean pauseRequested; // guarded by this
    private boolean readAll; // set and read by the task's thread
    private boolean inputRejected; // set and read by the task's thread
    private long seenCommit; // of the task's thread

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

    TaskRun(Connection connection, SourceTask task, TaskContext context, RecordPipeline pipeline, TaskEvents events) {
        this.connection = connection;
        this.connector = connection.settings.name();
        this.task = task;
        this.context = context;
        this.pipeline = pipeline;
        this.events = events;
        this.seenCommit = offsets().version();
        this.settler = new RecordSettler(connection, task, submitted, context.offsetStorageReader(), this::unblock);
        this.settling = new Thread(this::settle, connection.name + "-acks");
        settling.setDaemon(true);
    }

    private OffsetWriter offsets() {
        return context.offsetStorageReader().writer();
    }

    private void settle() {
        try (ConnectPlugins.Scope scope = connection.host.plugins().enter(task)) {
            settler.run();
        }
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
        pipeline.close();
    }

    /** Returns whether offsets were committed in this run. */
    boolean hasAdvanced() {
        return settler.hasAdvanced();
    }

    /** Interrupts what does not end by itself. */
    void interruptSettling() {
        settling.interrupt();
    }

    private boolean isStopping() {
        return stopRequested.getCount() == 0;
    }

    @Override
    public void run() {
        Throwable failure = null;
        try (ConnectPlugins.Scope scope = connection.host.plugins().enter(task)) {
            try {
                settling.start();
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
            submitted.awaitEmpty();
            throwIfFailed();
        }
        if (records != null && !records.isEmpty()) {
            publish(records);
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
        Throwable failure = settler.failure();
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

    /** Waits until every record is settled and the offsets are stored. */
    private void awaitSettled() throws InterruptedException {
        // So that no record lingers in a batch. The records report their end themselves.
        CompletableFuture<Void> unused = connection.host.publisher().flush();
        submitted.awaitEmpty();
        boolean stored = offsets().flush();
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

    private void publish(List<SourceRecord> records) throws InterruptedException {
        Batch batch = new Batch(records.size());
        try {
            for (SourceRecord record : records) {
                if (batch.isFull()) {
                    Batch full = batch;
                    batch = new Batch(records.size());
                    submitted.add(full);
                    throwIfFailed();
                }
                batch.add(record, send(record));
                if (batch.endsWithFailure() && !connection.settings.toleratesErrors()) {
                    break; // no record behind one that ends the task
                }
            }
        } finally {
            if (batch.size() > 0) {
                submitted.append(batch);
            }
        }
        if (batch.endsWithFailure() && !connection.settings.toleratesErrors()) {
            submitted.awaitEmpty();
            throwIfFailed();
        }
    }

    @SuppressWarnings("unchecked") // a receipt is a receipt or null
    private CompletableFuture<@Nullable Receipt> send(SourceRecord record) throws InterruptedException {
        try {
            Message<?, ?> message = pipeline.message(record);
            return message == null
                    ? LEFT_OUT
                    : (CompletableFuture<@Nullable Receipt>)
                            (CompletableFuture<?>) connection.host.publisher().publish(message);
        } catch (RecordException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Notifies the task when offsets of its connector were stored since the last time. */
    private void notifyOfCommit() {
        long stored = offsets().stored();
        if (!settler.hasAdvanced() || stored <= seenCommit) {
            return;
        }
        seenCommit = stored;
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
            CompletableFuture<Void> flushed = connection.host.publisher().flush();
            submitted.finish();
            settling.join();
        } catch (InterruptedException e) {
            // what is not settled by now is read again
            settling.interrupt();
            Thread.currentThread().interrupt();
            failure = failure == null ? e : failure;
        }
        if (failure == null) {
            failure = settler.failure();
        }
        boolean stored = offsets().flush();
        notifyOfCommit();
        stopTask();
        pipeline.close();
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
        Batch batch = new Batch(1);
        batch.add(null, CompletableFuture.failedFuture(new RejectedInputException(source, position, reason, content)));
        submitted.append(batch);
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
