// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Message;
import io.kurier.Receipt;
import io.kurier.plugins.host.SubmittedRecords.Batch;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import io.kurier.plugins.host.internal.records.RecordException;
import io.kurier.plugins.host.internal.records.RecordPipeline;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/**
 * Publishes each record on its own; a {@link RecordSettler} beside it awaits the outcomes and commits offsets over an
 * unbroken prefix. What was published behind the last stored offset is published again by the next run.
 */
final class AtLeastOnceDelivery implements RecordDelivery {
    /**
     * The maximum number of records in flight, so that small ones do not fill the heap; the producer's
     * {@code buffer.memory} bounds large ones.
     */
    private static final int MOST_IN_FLIGHT = 20_000;

    private static final CompletableFuture<@Nullable Receipt> LEFT_OUT = CompletableFuture.completedFuture(null);

    private final TaskRun.Connection connection;
    private final SourceTask task;
    private final OffsetStore offsets;
    private final RecordPipeline pipeline;
    private final SubmittedRecords submitted = new SubmittedRecords(MOST_IN_FLIGHT);
    private final RecordSettler settler;
    private final Thread settling;
    private long seenCommit; // of the task's thread

    /**
     * Creates the delivery of a run.
     *
     * @param onFailure called once, on another thread, when {@link #failure()} is set
     */
    AtLeastOnceDelivery(
            TaskRun.Connection connection,
            SourceTask task,
            OffsetStore offsets,
            RecordPipeline pipeline,
            Runnable onFailure) {
        this.connection = connection;
        this.task = task;
        this.offsets = offsets;
        this.pipeline = pipeline;
        this.seenCommit = offsets.writer().version();
        this.settler = new RecordSettler(connection, task, submitted, offsets, onFailure);
        this.settling = new Thread(this::settle, connection.name() + "-acks");
        settling.setDaemon(true);
    }

    private void settle() {
        try (ConnectPlugins.Scope scope = connection.host().plugins().enter(task)) {
            settler.run();
        }
    }

    @Override
    public void start() {
        settling.start();
    }

    @Override
    public void publish(List<SourceRecord> records) throws InterruptedException {
        Batch batch = new Batch(records.size());
        try {
            for (SourceRecord record : records) {
                if (batch.isFull()) {
                    Batch full = batch;
                    batch = new Batch(records.size());
                    submitted.add(full);
                    if (failure() != null) {
                        return;
                    }
                }
                batch.add(record, send(record));
                if (batch.endsWithFailure() && !connection.settings().toleratesErrors()) {
                    break; // no record behind one that ends the task
                }
            }
        } finally {
            if (batch.size() > 0) {
                submitted.append(batch);
            }
        }
        if (batch.endsWithFailure() && !connection.settings().toleratesErrors()) {
            submitted.awaitEmpty();
        }
    }

    @SuppressWarnings("unchecked") // a receipt is a receipt or null
    private CompletableFuture<@Nullable Receipt> send(SourceRecord record) throws InterruptedException {
        try {
            Message<?, ?> message = pipeline.message(record);
            return message == null
                    ? LEFT_OUT
                    : (CompletableFuture<@Nullable Receipt>)
                            (CompletableFuture<?>) connection.host().publisher().publish(message);
        } catch (RecordException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void rejected(RejectedInputException input) {
        Batch batch = new Batch(1);
        batch.add(null, CompletableFuture.failedFuture(input));
        submitted.append(batch);
    }

    @Override
    public void awaitSettled() throws InterruptedException {
        // So that no record lingers in a batch. The records report their end themselves.
        CompletableFuture<Void> unused = connection.host().publisher().flush();
        submitted.awaitEmpty();
        boolean stored = offsets.writer().flush();
    }

    @Override
    public @Nullable Throwable failure() {
        return settler.failure();
    }

    @Override
    public boolean hasAdvanced() {
        return settler.hasAdvanced();
    }

    @Override
    public boolean takeStored() {
        long stored = offsets.writer().stored();
        if (!settler.hasAdvanced() || stored <= seenCommit) {
            return false;
        }
        seenCommit = stored;
        return true;
    }

    @Override
    public void end() throws InterruptedException {
        CompletableFuture<Void> flushed = connection.host().publisher().flush();
        submitted.finish();
        try {
            settling.join();
        } catch (InterruptedException e) {
            settling.interrupt(); // what is not settled by now is read again
            throw e;
        }
    }

    @Override
    public void close() {
        boolean stored = offsets.writer().flush();
        pipeline.close();
    }

    @Override
    public void interrupt() {
        settling.interrupt();
    }
}
