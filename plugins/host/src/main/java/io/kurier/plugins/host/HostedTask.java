// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.spi.ReportingTask;
import io.kurier.spi.SourceReport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One task on a thread of its own: poll, publish, commit, until it is stopped or fails. */
final class HostedTask implements Runnable, SourceReport {
    private static final Logger LOG = LoggerFactory.getLogger(HostedTask.class);

    /** How many records may wait for their acknowledgment, so that small ones do not fill the heap. */
    private static final int WINDOW = 10_000;

    private final String connector;
    private final SourceTask task;
    private final Map<String, String> config;
    private final boolean toleratesErrors;
    private final Publisher publisher;
    private final OffsetStore offsets;
    private final HostListener listener;
    private final RecordMapper mapper = new RecordMapper();
    private final Progress progress = new Progress();
    private final Semaphore window = new Semaphore(WINDOW);
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private volatile @Nullable Throwable fault;
    private volatile boolean stopping;
    private boolean readAll;

    HostedTask(
            String connector,
            SourceTask task,
            Map<String, String> config,
            Publisher publisher,
            OffsetStore offsets,
            HostListener listener) {
        this.connector = connector;
        this.task = task;
        this.config = config;
        this.toleratesErrors = "all".equals(config.get("errors.tolerance"));
        this.publisher = publisher;
        this.offsets = offsets;
        this.listener = listener;
    }

    /** Completes when the task has read all there is and all of it is acknowledged, or fails with the task. */
    CompletableFuture<Void> outcome() {
        return drained;
    }

    /** Ends the loop after the batch at hand; may be called from any thread. */
    void stop() {
        stopping = true;
        task.stop();
    }

    @Override
    public void run() {
        try {
            task.initialize(new TaskContext(config, offsets));
            if (task instanceof ReportingTask reporting) {
                reporting.reportTo(this);
            }
            task.start(config);
            while (!stopping) {
                throwFault();
                publish(poll());
                commit();
                if (readAll && !drained.isDone()) {
                    awaitAcknowledgments();
                    throwFault();
                    drained.complete(null);
                }
            }
            awaitAcknowledgments();
            commit();
            drained.completeExceptionally(new ConnectorFailedException(connector, "it was stopped", null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            drained.completeExceptionally(new ConnectorFailedException(connector, "it was interrupted", e));
        } catch (Exception | LinkageError e) {
            LOG.error("connector {} has failed", connector, e);
            drained.completeExceptionally(new ConnectorFailedException(connector, e.getMessage(), e));
            task.stop();
        }
    }

    private @Nullable List<SourceRecord> poll() throws InterruptedException {
        try {
            return task.poll();
        } catch (RetriableException e) {
            LOG.warn("connector {} asks to be polled again: {}", connector, e.getMessage());
            return null;
        }
    }

    private void publish(@Nullable List<SourceRecord> records) throws InterruptedException {
        if (records == null) {
            return;
        }
        for (SourceRecord record : records) {
            throwFault();
            window.acquire();
            Progress.Entry entry = progress.begin(record);
            publishOne(record).whenComplete((receipt, failure) -> {
                try {
                    settle(record, entry, receipt, failure);
                } catch (RuntimeException e) {
                    fault = e;
                } finally {
                    window.release();
                }
            });
        }
    }

    private CompletableFuture<Receipt> publishOne(SourceRecord record) {
        Message<?, ?> message;
        try {
            message = mapper.message(record);
        } catch (DataException e) {
            return CompletableFuture.failedFuture(new PublishException(
                    record.topic(), Stage.ENCODE, Outcome.REJECTED, false, String.valueOf(e.getMessage()), e));
        }
        return publisher.publish(message);
    }

    private void settle(
            SourceRecord record, Progress.Entry entry, @Nullable Receipt receipt, @Nullable Throwable failure) {
        if (receipt != null) {
            listener.published(connector, record, receipt);
            progress.done(entry);
            committed(record, receipt);
        } else if (failure instanceof PublishException reason) {
            listener.failed(connector, record, reason);
            if (toleratesErrors) {
                progress.done(entry);
            } else {
                fault = reason;
            }
        } else {
            fault = failure;
        }
    }

    private void committed(SourceRecord record, Receipt receipt) {
        try {
            task.commitRecord(
                    record,
                    new RecordMetadata(
                            new TopicPartition(receipt.topic(), receipt.partition()),
                            receipt.offset(),
                            0,
                            receipt.timestamp(),
                            -1,
                            (int) Math.min(Integer.MAX_VALUE, receipt.valueBytes())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("connector {} failed in commitRecord; its offsets go on", connector, e);
        }
    }

    private void commit() throws InterruptedException {
        Map<Map<String, ?>, Map<String, Object>> advanced = progress.advance();
        if (!advanced.isEmpty()) {
            offsets.commit(advanced);
            task.commit();
        }
    }

    private void awaitAcknowledgments() throws InterruptedException {
        publisher.flush();
        window.acquire(WINDOW);
        window.release(WINDOW);
    }

    private void throwFault() {
        Throwable found = fault;
        if (found != null) {
            throw new ConnectorFailedException(connector, found.getMessage(), found);
        }
    }

    @Override
    public void rejected(String source, String position, String reason) {
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
