// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.offsets;

import io.kurier.Printable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an offset topic says: by source partition the latest offset, and the keys under which the topic has it. There are
 * several if a connector has changed the order of the fields of its map, which is another partition to Connect. For one
 * thread.
 */
final class OffsetTopicContent {
    private static final Logger LOG = LoggerFactory.getLogger(OffsetTopicContent.class);

    private final String topic;
    private final Map<ByteBuffer, ConsumerRecord<byte[], byte[]>> latest = new HashMap<>();
    private int foreign;
    private @Nullable String firstForeign;

    OffsetTopicContent(String topic) {
        this.topic = topic;
    }

    /** Adds a record; those of a topic partition in their order. */
    void add(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            foreign(record);
            return;
        }
        latest.merge(ByteBuffer.wrap(record.key()), record, OffsetTopicContent::later);
    }

    /**
     * Returns the later of two records of one key. They are in two topic partitions if the topic was given more.
     */
    private static ConsumerRecord<byte[], byte[]> later(
            ConsumerRecord<byte[], byte[]> before, ConsumerRecord<byte[], byte[]> next) {
        boolean isNext = before.partition() == next.partition()
                ? before.offset() <= next.offset()
                : before.timestamp() <= next.timestamp();
        return isNext ? next : before;
    }

    private void foreign(ConsumerRecord<byte[], byte[]> record) {
        foreign++;
        if (firstForeign == null) {
            firstForeign = place(record);
        }
    }

    private static String place(ConsumerRecord<byte[], byte[]> record) {
        return "partition " + record.partition() + ", offset " + record.offset();
    }

    /**
     * The offsets of a topic.
     *
     * @param offsets the latest offset of each source partition
     * @param keys the keys of the records that the topic has of each of them
     */
    record Offsets(Map<OffsetKey, Map<String, Object>> offsets, Map<OffsetKey, Set<ByteBuffer>> keys) {}

    /**
     * Returns the offsets, and logs a warning if there are records of another form.
     *
     * @throws BackingStoreException if an offset cannot be read
     */
    Offsets offsets() {
        Map<OffsetKey, Map<String, Object>> offsets = new LinkedHashMap<>();
        Map<OffsetKey, Set<ByteBuffer>> keys = new HashMap<>();
        List<ConsumerRecord<byte[], byte[]>> inTime = new ArrayList<>(latest.values());
        inTime.sort(Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(ConsumerRecord::timestamp)
                .thenComparingInt(ConsumerRecord::partition)
                .thenComparingLong(ConsumerRecord::offset));
        for (ConsumerRecord<byte[], byte[]> record : inTime) {
            Optional<OffsetKey> key = key(record);
            if (key.isEmpty() || record.value() == null) {
                continue;
            }
            offsets.put(key.get(), offset(key.get(), record));
            keys.computeIfAbsent(key.get(), any -> new LinkedHashSet<>()).add(ByteBuffer.wrap(record.key()));
        }
        if (foreign > 0) {
            LOG.warn(
                    "topic {}: the key of {} records is not of the form [\"connector\",{partition}] that source offsets"
                            + " have, the first at {}. They are left as they are; check that the topic is the right one",
                    topic,
                    foreign,
                    firstForeign);
        }
        return new Offsets(offsets, keys);
    }

    private Optional<OffsetKey> key(ConsumerRecord<byte[], byte[]> record) {
        try {
            return OffsetJson.parseKey(record.key());
        } catch (DataException e) {
            foreign(record);
            return Optional.empty();
        }
    }

    private Map<String, Object> offset(OffsetKey key, ConsumerRecord<byte[], byte[]> record) {
        try {
            return OffsetJson.map(OffsetJson.parse(record.value()));
        } catch (DataException e) {
            throw TopicBackingStore.failed(
                    topic,
                    "the one of the connector " + Printable.brief(key.connector()) + " at " + place(record)
                            + " cannot be read: " + e.getMessage() + ". Publish a record with the same key and the"
                            + " right offset, or without a value to start at the beginning of the source.",
                    e);
        }
    }
}
