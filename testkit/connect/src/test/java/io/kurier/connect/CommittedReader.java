// SPDX-License-Identifier: Apache-2.0
package io.kurier.connect;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the committed records of a topic from its beginning, each once. */
final class CommittedReader<V> implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<String, V> consumer;
    private final List<TopicPartition> partitions;
    private final RecordHandler<V> handler;

    interface RecordHandler<V> {
        void read(ConsumerRecord<String, V> record) throws Exception;
    }

    /** Opens a topic that exists. */
    CommittedReader(String bootstrapServers, String topic, Deserializer<V> values, RecordHandler<V> handler) {
        this.handler = handler;
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                values);
        partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Returns how many committed records and markers of transactions the topic has, at least. */
    long committed() {
        return consumer.endOffsets(partitions).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    void readUntil(String what, BooleanSupplier enough) {
        await(what).atMost(LONG).pollDelay(Duration.ZERO).pollInterval(POLL).until(() -> {
            poll();
            return enough.getAsBoolean();
        });
    }

    /** Reads what is committed now. */
    void readToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        readUntil(
                "the topic is read to its end",
                () -> partitions.stream()
                        .allMatch(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L)));
    }

    private void poll() throws Exception {
        for (ConsumerRecord<String, V> record : consumer.poll(POLL)) {
            handler.read(record);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
