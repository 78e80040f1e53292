// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Counts committed records by reading them as a {@code read_committed} consumer: with transactions, the end offsets
 * count transaction markers and aborted records as well. Each count continues where the last one stopped, so it must be
 * requested before Kafka deletes records.
 *
 * <p>It reads to the end of the log, since a commit returns before its markers are written, and until then the end that
 * a {@code read_committed} consumer sees is before the committed records.
 */
public final class CommittedRecords implements StoredRecords {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration MOST_WAITING = Duration.ofSeconds(30);

    private final Topics topics;
    private final Map<String, Object> config;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Map<String, Long> counts = new HashMap<>();

    /** Creates a count on this broker. */
    public CommittedRecords(String bootstrap, Topics topics) {
        this.topics = topics;
        config = Map.of(
                "bootstrap.servers",
                bootstrap,
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "none",
                "enable.auto.commit",
                false);
    }

    /**
     * Returns the number of records committed to the topic by now.
     *
     * @throws IllegalStateException if a transaction stays open
     */
    @Override
    public long of(String topic) {
        Map<TopicPartition, Long> ends = topics.ends(topic);
        Set<TopicPartition> partitions = Set.copyOf(ends.keySet());
        long count = counts.getOrDefault(topic, 0L);
        long deadline = System.nanoTime() + MOST_WAITING.toNanos();
        // a new consumer each time, so that none fetches ahead while something is measured
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            partitions.forEach(partition -> consumer.seek(partition, positions.getOrDefault(partition, 0L)));
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("a transaction in " + topic + " has stayed open");
                }
                count += consumer.poll(POLL).count();
            }
            partitions.forEach(partition -> positions.put(partition, consumer.position(partition)));
        }
        counts.put(topic, count);
        return count;
    }
}
