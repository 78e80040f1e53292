// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.plan;

import io.kurier.DeliveryHandle;
import io.kurier.Resolution;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.SendRejection;
import io.kurier.core.transport.TransactionalSender;
import io.kurier.core.transport.Transport;
import io.kurier.spi.EncodedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Takes the place of a cluster: keeps what a publisher sends instead of sending it, so that the records of the model are
 * those that a real publisher makes, with the headers of its serializers. Safe for use by any number of threads.
 */
final class RecordingTransport implements Transport {
    /** Kafka's producer acknowledges on a thread of its own too. */
    private final ExecutorService acknowledging = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "kurier-plan-acknowledgments");
        thread.setDaemon(true);
        return thread;
    });

    private final List<byte[]> contents = new ArrayList<>();

    /** Returns the records so far, as {@link RecordFormat#content}. */
    synchronized List<byte[]> contents() {
        return List.copyOf(contents);
    }

    @Override
    public int partitions(String topic) {
        return 1;
    }

    @Override
    public synchronized @Nullable SendRejection attempt(
            EncodedRecord record, int partition, @Nullable Long timestamp, Acknowledgment acknowledgment) {
        byte[] value = record.value();
        int valueBytes = value == null ? 0 : value.length;
        long offset = contents.size();
        contents.add(RecordFormat.content(record.key(), value, record.headers()));
        long stamp = timestamp == null ? System.currentTimeMillis() : timestamp;
        acknowledging.execute(() -> acknowledgment.stored(0, offset, stamp, valueBytes));
        return null;
    }

    @Override
    public TransactionalSender transactional(String transactionalId) {
        throw new UnsupportedOperationException("records of a sample are published without transactions");
    }

    @Override
    public Resolution resolve(DeliveryHandle handle) {
        return new Resolution.NotSettled("no cluster is contacted for a plan");
    }

    @Override
    public void flush() {
        CompletableFuture.runAsync(() -> {}, acknowledging).join();
    }

    @Override
    public void close(Duration timeout) {
        acknowledging.shutdown();
    }
}
