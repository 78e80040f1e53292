// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.offsets;

import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.errors.ThrowableText;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads the committed records of a topic to its end. Belongs to no consumer group. For one thread. */
final class OffsetTopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration MOST_SILENCE = Duration.ofSeconds(30);
    private static final Duration MOST_CLOSING = Duration.ofMillis(500);
    private static final long METADATA_WAIT_MS = 100;

    private final String topic;
    private final PublisherConfig config;
    private final Map<String, Object> keys;
    private final Consumer<byte[], byte[]> consumer;

    /** Which end of the topic is read to. */
    enum Isolation {
        /** The first transaction that is open. */
        COMMITTED,
        /** The last record; the reader waits for the transactions before it. */
        LATEST
    }

    /** Creates a reader; it connects at the first call. */
    OffsetTopicReader(PublisherConfig config, String topic) {
        this.topic = topic;
        this.config = config;
        int silence = (int) MOST_SILENCE.toMillis();
        Map<String, Object> keys = new HashMap<>(config.connection());
        keys.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"); // exactly-once workers use transactions
        keys.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        keys.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        keys.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        keys.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, silence);
        keys.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, silence);
        this.keys = keys;
        this.consumer = new KafkaConsumer<>(keys, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Passes all records to a sink, those of a partition in their order.
     *
     * @param end the end to read to, as it is now
     * @throws BackingStoreException if the topic cannot be read to the end that it has now
     */
    void read(Isolation end, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        try {
            List<TopicPartition> partitions = partitions();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends =
                    end == Isolation.LATEST ? latest(partitions) : consumer.endOffsets(partitions);
            consumer.seekToBeginning(partitions);
            long lastProgress = System.nanoTime();
            while (!isAtEnd(ends)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    lastProgress = System.nanoTime();
                    sink.accept(record);
                }
                if (System.nanoTime() - lastProgress > MOST_SILENCE.toNanos()) {
                    throw failed(
                            "no more records have come for " + MOST_SILENCE.toSeconds()
                                    + " s before the end of the topic was reached. Check that its partitions have leaders.",
                            null);
                }
            }
        } catch (AuthorizationException e) {
            throw failed("the principal may not read it. Grant READ and DESCRIBE on it.", e);
        } catch (TimeoutException e) {
            throw failed(
                    "the cluster has not answered within " + MOST_SILENCE.toSeconds() + " s. Check its brokers.", e);
        } catch (InterruptException e) { // the thread's interrupt flag is set
            throw failed("the reading was interrupted.", e);
        } catch (KafkaException e) {
            throw failed(config.secrets().hide(ThrowableText.reason(e)), e);
        }
    }

    private BackingStoreException failed(String why, @Nullable Throwable cause) {
        return TopicBackingStore.failed(topic, "they cannot be read: " + why, cause);
    }

    /** Returns the partitions. A broker may not know a topic yet that was just created. */
    private List<TopicPartition> partitions() {
        long start = System.nanoTime();
        while (true) {
            List<TopicPartition> found = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .collect(Collectors.toList());
            if (!found.isEmpty()) {
                return found;
            }
            if (System.nanoTime() - start > MOST_SILENCE.toNanos()) {
                throw failed("the brokers do not know the topic. Check that it was not deleted.", null);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(METADATA_WAIT_MS);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }

    private Map<TopicPartition, Long> latest(List<TopicPartition> partitions) {
        Map<String, Object> uncommitted = new HashMap<>(keys);
        uncommitted.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        Consumer<byte[], byte[]> other =
                new KafkaConsumer<>(uncommitted, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            return other.endOffsets(partitions);
        } finally {
            close(other);
        }
    }

    private boolean isAtEnd(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
        close(consumer);
    }

    @SuppressWarnings("deprecation") // its replacement is not in kafka-clients 4.0
    private static void close(Consumer<byte[], byte[]> consumer) {
        boolean interrupted = Thread.interrupted(); // or the close would fail
        consumer.close(MOST_CLOSING);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
