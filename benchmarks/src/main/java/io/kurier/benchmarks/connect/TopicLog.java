// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.connect;

import io.kurier.broker.ClusterAdmin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A topic of one partition whose records have the time at which the broker appended them ({@code LogAppendTime}): a
 * clock that is the same for all clients, and read after the turn. Only what is committed counts. Used by one thread.
 */
final class TopicLog implements AutoCloseable {
    private static final Map<String, String> CONFIG =
            Map.of("message.timestamp.type", "LogAppendTime", "retention.bytes", "-1", "file.delete.delay.ms", "1000");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final ClusterAdmin admin;
    private final String bootstrap;
    private final TopicPartition partition;
    private final List<String> beside = new ArrayList<>();

    private TopicLog(ClusterAdmin admin, String bootstrap, String topic) {
        this.admin = admin;
        this.bootstrap = bootstrap;
        this.partition = new TopicPartition(topic, 0);
    }

    /** Creates the topic. */
    static TopicLog create(ClusterAdmin admin, String bootstrap, String topic) {
        admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty()).configs(CONFIG)));
        return new TopicLog(admin, bootstrap, topic);
    }

    String topic() {
        return partition.topic();
    }

    /** Returns the name of another topic of the import, which is deleted with this one if it was created. */
    String beside(String content) {
        String topic = topic() + "-" + content;
        beside.add(topic);
        return topic;
    }

    /** Returns the number of its records up to the first open transaction, with the ends of transactions. */
    long end() {
        return answer(
                        "the end of " + partition,
                        admin.kafka()
                                .listOffsets(
                                        Map.of(partition, OffsetSpec.latest()),
                                        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                                .partitionResult(partition))
                .offset();
    }

    private Set<String> topics() {
        return answer("the list of topics", admin.kafka().listTopics().names());
    }

    private static <T> T answer(String what, KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(what + " cannot be read: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading " + what, e);
        }
    }

    /**
     * What is in the log.
     *
     * @param values all of its values that are committed
     * @param firstMillis when the first record was appended, in milliseconds since the epoch
     * @param lastMillis when the last record was appended
     * @param atFirst the number of records that were appended in the first millisecond: the first batch
     */
    record Content(ValueSum values, long firstMillis, long lastMillis, long atFirst) {}

    /**
     * Reads all records that are committed.
     *
     * @throws IllegalStateException if none comes for 30 s
     */
    Content read() {
        ValueSum values = new ValueSum();
        long first = Long.MAX_VALUE;
        long last = 0;
        long atFirst = 0;
        long end = end();
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                bootstrap,
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false,
                "max.poll.records",
                10_000);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (consumer.position(partition) < end) {
                long before = consumer.position(partition);
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(LONGEST_WAIT)) {
                    values.add(record.value());
                    first = Math.min(first, record.timestamp());
                    last = record.timestamp();
                    atFirst += last == first ? 1 : 0;
                }
                if (consumer.position(partition) == before) {
                    throw new IllegalStateException("no record of " + partition + " came for "
                            + LONGEST_WAIT.toSeconds() + " s, at " + before + " of " + end);
                }
            }
        }
        return new Content(values, first, last, atFirst);
    }

    /** Deletes the topic. */
    @Override
    public void close() {
        Set<String> present = topics();
        beside.stream().filter(present::contains).forEach(admin::deleteTopic);
        admin.deleteTopic(partition.topic());
    }
}
