// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.core.internal.errors.SafeLogger;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.publisher.RoutedPublisher;
import io.kurier.plugins.host.internal.records.RecordMapper;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes a task's records to the publisher and follows each to its end: whom to notify, and whether the task may
 * continue. Used by the task's thread; outcomes are handled on the publisher's threads.
 */
final class TaskPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(TaskPublisher.class);

    /**
     * The maximum number of records in flight, so that small ones do not fill the heap; the producer's
     * {@code buffer.memory} bounds large ones.
     */
    private static final int MOST_UNDER_WAY = 10_000;

    private final ConnectorSettings settings;
    private final SourceTask task;
    private final Publisher publisher;
    private final HostListener listener;
    private final RecordMapper mapper;
    private final OffsetTracker progress = new OffsetTracker(MOST_UNDER_WAY);

    TaskPublisher(ConnectorSettings settings, SourceTask task, Publisher publisher, HostListener listener) {
        this.settings = settings;
        this.task = task;
        this.publisher = publisher;
        this.listener = listener;
        // a connector's records have no declared types; for a topic that is declared in code, the values are checked
        // against its types
        this.mapper =
                new RecordMapper(alias -> publisher instanceof RoutedPublisher routed ? routed.declared(alias) : null);
    }

    /** Publishes a record, after waiting for room. */
    void publish(SourceRecord record) throws InterruptedException {
        progress.awaitRoom();
        throwIfFailed();
        OffsetTracker.Entry entry = progress.begin(record);
        CompletableFuture<Receipt> unused =
                send(record).whenComplete((receipt, failure) -> settle(record, entry, receipt, failure));
    }

    /** Ends the task if one of its records has failed. */
    void throwIfFailed() {
        Throwable failure = progress.failure();
        if (failure != null) {
            throw new ConnectorFailedException(settings.name(), failure);
        }
    }

    /** Waits until every record is stored or has failed. */
    void awaitAll() throws InterruptedException {
        // So that no record lingers in a batch. The records report their end themselves.
        CompletableFuture<Void> unused = publisher.flush();
        progress.awaitAll();
    }

    /** Returns and removes the offsets that can be committed now. */
    Map<Map<String, ?>, @Nullable Map<String, ?>> takeCommittable() {
        return progress.takeCommittable();
    }

    private CompletableFuture<Receipt> send(SourceRecord record) {
        try {
            Message<?, ?> message = mapper.message(record);
            return publisher.publish(message);
        } catch (Throwable e) {
            // publish() does not throw, so the record could not be converted to a message
            String reason = ThrowableText.reason(e);
            return CompletableFuture.failedFuture(new PublishException(
                    String.valueOf(record.topic()), Stage.ENCODE, Outcome.REJECTED, false, reason, e));
        }
    }

    private void settle(
            SourceRecord record, OffsetTracker.Entry entry, @Nullable Receipt receipt, @Nullable Throwable failure) {
        try {
            if (receipt != null) {
                listener.published(settings.name(), record, receipt);
                commitRecord(record, metadata(receipt));
                progress.done(entry);
                return;
            }
            Throwable cause = failure == null ? new IllegalStateException("a publish ended without receipt") : failure;
            if (cause instanceof PublishException reason) {
                listener.failed(settings.name(), record, reason);
                if (settings.toleratesErrors() && isOfTheRecord(reason)) {
                    commitRecord(record, null);
                    progress.done(entry);
                    return;
                }
            }
            progress.failed(cause);
        } catch (Throwable e) { // an Error of user code: the task ends, or its offsets would stop unreported
            progress.failed(e);
        }
    }

    /**
     * Returns whether the record itself is invalid, so that {@code errors.tolerance=all} applies to it. Any other
     * failure, an outage or an unknown topic, would affect its valid successors as well, and the input would be skipped
     * to its end. A record that may be in the log must not be left out as invalid.
     */
    private static boolean isOfTheRecord(PublishException reason) {
        if (reason.retriable() || reason.outcome() == Outcome.UNKNOWN) {
            return false;
        }
        return switch (reason.stage()) {
            case ROUTE -> false;
            case ENCODE, GUARD, PARTITION -> true;
            case SEND ->
                reason.getCause() instanceof RecordTooLargeException
                        || reason.getCause() instanceof InvalidRecordException
                        || reason.getCause() instanceof InvalidTimestampException;
        };
    }

    private static RecordMetadata metadata(Receipt receipt) {
        return new RecordMetadata(
                new TopicPartition(receipt.topic(), receipt.partition()),
                receipt.offset(),
                0,
                receipt.timestamp(),
                -1,
                (int) Math.min(Integer.MAX_VALUE, receipt.valueBytes()));
    }

    /**
     * Notifies the task, as Connect does: without metadata if the record was left out. An exception of the task is
     * logged.
     */
    private void commitRecord(SourceRecord record, @Nullable RecordMetadata metadata) {
        try {
            task.commitRecord(record, metadata);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            SafeLogger.warn(LOG, e, "connector {} was interrupted in commitRecord; its offsets go on", settings.name());
        } catch (RuntimeException e) {
            SafeLogger.error(LOG, e, "connector {} failed in commitRecord; its offsets go on", settings.name());
        }
    }
}
