// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.media;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads a topic of one partition from its start to the end that it has now. Used by one thread. */
final class TopicEnd<V> implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final KafkaConsumer<byte[], V> consumer;
    private final TopicPartition partition;
    private final long end;

    TopicEnd(Map<String, Object> config, Deserializer<V> values, String topic) {
        consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), values);
        partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    /** Returns whether records are left. */
    boolean isAhead() {
        return consumer.position(partition) < end;
    }

    /**
     * Returns the next records.
     *
     * @throws IllegalStateException if none comes for 30 s
     */
    ConsumerRecords<byte[], V> poll() {
        ConsumerRecords<byte[], V> records = consumer.poll(LONGEST_WAIT);
        if (records.isEmpty()) {
            throw new IllegalStateException("no record of " + partition + " came for " + LONGEST_WAIT.toSeconds()
                    + " s, at " + consumer.position(partition) + " of " + end);
        }
        return records;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
