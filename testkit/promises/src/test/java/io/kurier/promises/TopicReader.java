// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads topics from beginning to end with Kafka's own consumer, with {@code read_committed}. */
final class TopicReader {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration NOTHING_NEW = Duration.ofSeconds(30);

    private TopicReader() {}

    /**
     * Reads all committed records; those of a partition come in the order of their offsets.
     *
     * @throws IllegalStateException if the end cannot be reached, since a transaction is left open before it
     */
    static void read(String bootstrapServers, List<String> topics, Consumer<Stored> reader)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> ends = ends(bootstrapServers, topics);
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        // an empty partition must not delay the fetch
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        20),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            long deadline = System.nanoTime() + NOTHING_NEW.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("nothing comes any more, and the end is not reached: " + ends
                            + ". Is a transaction left open?");
                }
                for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                    reader.accept(new Stored(
                            new Place(record.topic(), record.partition(), record.offset()),
                            record.key(),
                            record.value()));
                    deadline = System.nanoTime() + NOTHING_NEW.toNanos();
                }
            }
        }
    }

    /** Returns the end offsets of the partitions, open transactions included. */
    private static Map<TopicPartition, Long> ends(String bootstrapServers, List<String> topics)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            Map<TopicPartition, OffsetSpec> partitions =
                    admin.describeTopics(topics).allTopicNames().get().values().stream()
                            .flatMap(topic -> topic.partitions().stream()
                                    .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            Map<TopicPartition, ListOffsetsResultInfo> latest =
                    admin.listOffsets(partitions).all().get();
            return latest.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, end -> end.getValue().offset()));
        }
    }
}
