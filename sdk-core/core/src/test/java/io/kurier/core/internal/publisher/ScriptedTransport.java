// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import io.kurier.DeliveryHandle;
import io.kurier.Resolution;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.SendRejection;
import io.kurier.core.transport.TransactionalSender;
import io.kurier.core.transport.Transport;
import io.kurier.spi.EncodedRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.jspecify.annotations.Nullable;

/** A transport that does what a test says, with an I/O thread of its own. */
public class ScriptedTransport implements Transport {
    /** A record that was taken. */
    public record Taken(
            EncodedRecord record, int partition, @Nullable Long timestamp) {}

    private final List<Taken> taken = new ArrayList<>();
    private final Deque<SendRejection> refusals = new ArrayDeque<>();
    private final ExecutorService ioThread = Executors.newSingleThreadExecutor(work -> new Thread(work, "io"));
    private int partitions = 4;
    private int room = Integer.MAX_VALUE;
    private long nextOffset = 42;
    private BiConsumer<Acknowledgment, Integer> answer = (ack, bytes) -> ack.stored(1, nextOffset++, 1_000, bytes);
    private boolean closed;

    public ScriptedTransport refuse(int times, Exception cause) {
        for (int i = 0; i < times; i++) {
            refusals.add(new SendRejection(cause));
        }
        return this;
    }

    /** Has room for so many records and no more. */
    public synchronized ScriptedTransport room(int records) {
        room = records;
        return this;
    }

    public ScriptedTransport answer(Consumer<Acknowledgment> with) {
        answer = (ack, bytes) -> with.accept(ack);
        return this;
    }

    public ScriptedTransport partitions(int count) {
        partitions = count;
        return this;
    }

    public synchronized List<Taken> taken() {
        return List.copyOf(taken);
    }

    @Override
    public int partitions(String topic) {
        return partitions;
    }

    @Override
    public synchronized @Nullable SendRejection attempt(
            EncodedRecord record, int partition, @Nullable Long timestamp, Acknowledgment acknowledgment) {
        if (closed) {
            return new SendRejection(new IllegalStateException("closed"));
        }
        SendRejection rejection = refusals.poll();
        if (rejection != null) {
            return rejection;
        }
        if (taken.size() >= room) {
            return new SendRejection(new BufferExhaustedException("full"));
        }
        taken.add(new Taken(record, partition, timestamp));
        BiConsumer<Acknowledgment, Integer> with = answer;
        ioThread.execute(() -> with.accept(acknowledgment, record.valueSize()));
        return null;
    }

    /** Runs on the I/O thread after what is there already. */
    public void onIoThread(Runnable work) {
        ioThread.execute(work);
    }

    @Override
    public TransactionalSender transactional(String transactionalId) {
        throw new UnsupportedOperationException("the script has no transactions");
    }

    @Override
    public Resolution resolve(DeliveryHandle handle) {
        throw new UnsupportedOperationException("the script keeps nothing");
    }

    @Override
    public void flush() {
        try {
            ioThread.submit(() -> {}).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized void close(Duration timeout) {
        closed = true;
        ioThread.shutdown();
        try {
            ioThread.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
