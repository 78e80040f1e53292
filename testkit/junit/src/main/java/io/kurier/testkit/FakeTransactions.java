// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import io.kurier.core.internal.kafka.ErrorClassifier;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.SendRejection;
import io.kurier.core.transport.TransactionFailure;
import io.kurier.core.transport.TransactionalSender;
import io.kurier.spi.EncodedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

/** Transactions under one id on a fake Kafka: published records get into the log with the commit. */
final class FakeTransactions implements TransactionalSender {
    private final Object lock;
    private final FakeTransport transport;
    private final FakeCoordinator coordinator;
    private final String id;
    private final int epoch;

    // Guarded by the lock.
    private final List<InFlight> open = new ArrayList<>();
    private final Map<String, Uuid> topicIds = new HashMap<>();
    private @Nullable KafkaException failure;

    FakeTransactions(Object lock, FakeTransport transport, FakeCoordinator coordinator, String id) {
        this.lock = lock;
        this.transport = transport;
        this.coordinator = coordinator;
        this.id = id;
        synchronized (lock) {
            this.epoch = coordinator.open(id);
        }
    }

    @Override
    public int partitions(String topic) {
        return transport.partitions(topic);
    }

    @Override
    public @Nullable SendRejection attempt(
            EncodedRecord record, int partition, @Nullable Long timestamp, Acknowledgment acknowledgment) {
        synchronized (lock) {
            Exception refusal = transport.refusal(record, partition);
            if (refusal != null) {
                return new SendRejection(refusal);
            }
            InFlight flight = transport.flight(record, partition, timestamp, acknowledgment);
            KafkaException error = coordinator.isFenced(id, epoch) ? fenced() : transport.errorOf(flight);
            if (error == null) {
                open.add(flight);
                topicIds.putIfAbsent(record.topic(), transport.topicId(record.topic()));
                return null;
            }
            failure = error;
        }
        acknowledgment.failed(ErrorClassifier.classify(failure));
        return null;
    }

    private ProducerFencedException fenced() {
        return new ProducerFencedException("There is a newer producer with the same transactionalId: " + id);
    }

    @Override
    public void begin() {
        synchronized (lock) {
            end();
            topicIds.clear();
        }
    }

    @Override
    public @Nullable Uuid topicId(String topic) {
        synchronized (lock) {
            return topicIds.get(topic);
        }
    }

    /** Does nothing: the fake has no consumers, and so keeps no offsets. */
    @Override
    public void sendOffsets(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {}

    @Override
    public void commit() {
        List<InFlight> stored;
        synchronized (lock) {
            throwIfFenced();
            RuntimeException scripted = coordinator.nextCommitFailure();
            if (scripted != null) {
                throw TransactionFailure.of(scripted);
            }
            if (failure != null) {
                throw TransactionFailure.of(new KafkaException(
                        "Cannot execute transactional method because we are in an error state", failure));
            }
            stored = List.copyOf(open);
            stored.forEach(transport::append);
            end();
        }
        stored.forEach(InFlight::deliver);
    }

    @Override
    public void abort() {
        synchronized (lock) {
            end();
            throwIfFenced();
        }
    }

    private void throwIfFenced() {
        if (coordinator.isFenced(id, epoch)) {
            throw TransactionFailure.of(fenced());
        }
    }

    private void end() {
        open.clear();
        failure = null;
    }

    @Override
    public void close(Duration timeout) {
        synchronized (lock) {
            end();
        }
    }
}
