// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import io.kurier.ArrayHeaders;
import io.kurier.DeliveryHandle;
import io.kurier.Receipt;
import io.kurier.RecordId;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Murmur2;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** The stored records of one topic, by partition. Guarded by the lock of the fake. */
final class FakeLog {
    private static final int MOST_PARTITIONS = 10_000;

    private final String topic;
    private final List<List<Stored>> partitions = new ArrayList<>();
    private Uuid id = Uuid.randomUuid();
    private boolean fixed;
    private int next;

    private record Stored(EncodedRecord record, long timestamp) {}

    FakeLog(String topic) {
        this.topic = topic;
        partitions.add(new ArrayList<>());
    }

    /** Returns Kafka's id of the topic. */
    Uuid id() {
        return id;
    }

    /** Deletes the topic and creates it again with as many partitions. */
    void beginAnew() {
        id = Uuid.randomUuid();
        partitions.forEach(List::clear);
    }

    int partitions() {
        return partitions.size();
    }

    /** Returns whether the number of partitions has been set. */
    boolean isFixed() {
        return fixed;
    }

    /** Sets the number of partitions; it can only grow. */
    void partitions(int count) {
        if (count > MOST_PARTITIONS) {
            throw new IllegalArgumentException("count: " + count + " partitions of the topic " + topic
                    + "; a fake has at most " + MOST_PARTITIONS);
        }
        if (count < (fixed ? partitions.size() : 1)) {
            throw new IllegalArgumentException("count: the topic " + topic + " cannot have " + count
                    + " partitions: it has " + partitions.size() + ", and Kafka only adds some");
        }
        fixed = true;
        while (partitions.size() < count) {
            partitions.add(new ArrayList<>());
        }
    }

    /** Returns the partition of a record without a chosen one: Kafka's own for a key, each in turn without a key. */
    int choose(byte @Nullable [] key) {
        return key == null ? Math.floorMod(next++, partitions.size()) : Murmur2.partition(key, partitions.size());
    }

    /** Stores a record and returns its offset. */
    long append(int partition, EncodedRecord record, long timestamp) {
        List<Stored> log = partitions.get(partition);
        log.add(new Stored(record, timestamp));
        return log.size() - 1L;
    }

    /** Returns the record of a handle, if it is here. */
    Optional<Receipt> find(DeliveryHandle handle) {
        List<Stored> log = handle.partition() < partitions.size() ? partitions.get(handle.partition()) : List.of();
        if (handle.recordIds().isEmpty()) {
            return handle.offset() < log.size()
                    ? Optional.of(receipt(handle.partition(), (int) handle.offset(), log.get((int) handle.offset())))
                    : Optional.empty();
        }
        Set<UUID> missing = new HashSet<>(handle.recordIds());
        int records = missing.size();
        long bytes = 0;
        for (int offset = 0; offset < log.size(); offset++) {
            Stored stored = log.get(offset);
            if (RecordId.of(stored.record().headers()).filter(missing::remove).isPresent()) {
                bytes += stored.record().valueSize();
                if (missing.isEmpty()) {
                    return Optional.of(
                            new Receipt(topic, handle.partition(), offset, stored.timestamp(), records, bytes));
                }
            }
        }
        return Optional.empty();
    }

    private Receipt receipt(int partition, int offset, Stored stored) {
        return new Receipt(
                topic, partition, offset, stored.timestamp(), 1, stored.record().valueSize());
    }

    /**
     * Returns all records, by partition and offset, as a consumer reads them: with their own copies of bytes and
     * headers.
     */
    List<ConsumerRecord<byte[], byte[]>> read() {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        for (int partition = 0; partition < partitions.size(); partition++) {
            List<Stored> log = partitions.get(partition);
            for (int offset = 0; offset < log.size(); offset++) {
                all.add(consumerRecord(partition, offset, log.get(offset)));
            }
        }
        return all;
    }

    private ConsumerRecord<byte[], byte[]> consumerRecord(int partition, long offset, Stored stored) {
        byte[] key = stored.record().key();
        byte[] value = stored.record().value();
        return new ConsumerRecord<>(
                topic,
                partition,
                offset,
                stored.timestamp(),
                TimestampType.CREATE_TIME,
                key == null ? ConsumerRecord.NULL_SIZE : key.length,
                value == null ? ConsumerRecord.NULL_SIZE : value.length,
                key == null ? null : key.clone(),
                value == null ? null : value.clone(),
                new ArrayHeaders(stored.record().headers()),
                Optional.of(0));
    }
}
