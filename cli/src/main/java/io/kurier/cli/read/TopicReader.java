// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.read;

import io.kurier.Printable;
import io.kurier.core.internal.config.PublisherConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads committed records of a topic. Belongs to no consumer group, and commits nothing. Used by one thread; an
 * interrupt ends it with Kafka's {@code InterruptException}.
 */
public final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration MOST_SILENCE = Duration.ofSeconds(30);
    private static final Duration MOST_CLOSING = Duration.ofMillis(500);

    /** The most bytes of one response, so that a small heap suffices; Kafka's default is 50 MB. */
    private static final int FETCH_BYTES = 4 << 20;

    private final String topic;
    private final Consumer<byte[], byte[]> consumer;

    /** Receives the records. */
    public interface Sink {
        /** Takes a record; returns whether it takes more. */
        boolean take(ConsumerRecord<byte[], byte[]> record);

        /** Called when no record is at hand that was not taken; returns whether it takes more. */
        boolean flush();

        /** Takes a sentence about records that are not there, for people. */
        void note(String sentence);
    }

    /** Creates a reader; it connects at the first call. */
    public TopicReader(PublisherConfig config, String topic) {
        this.topic = topic;
        Map<String, Object> keys = new HashMap<>(config.connection());
        keys.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        keys.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        keys.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        keys.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        keys.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        keys.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) MOST_SILENCE.toMillis());
        keys.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) MOST_SILENCE.toMillis());
        consumer = new KafkaConsumer<>(keys, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Reads until the sink takes no more, or the end that each partition had at the start.
     *
     * @param partitions the numbers of the partitions
     * @param from where to begin
     * @param follow whether to read on at the end, for ever
     * @throws ReadException if the principal may not read the topic, or records do not come
     */
    public void read(Collection<Integer> partitions, StartPosition from, boolean follow, Sink sink) {
        Set<TopicPartition> assigned = partitions.stream()
                .map(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toSet());
        try {
            consumer.assign(assigned);
            Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
            from.in(consumer, ends).forEach(consumer::seek);
            read(follow ? Map.of() : ends, follow, sink);
        } catch (AuthorizationException e) {
            throw new ReadException(
                    "the principal may not read the topic " + Printable.brief(topic) + ". Grant READ on it.", e);
        } catch (org.apache.kafka.common.errors.TimeoutException e) {
            throw new ReadException(
                    "the cluster has not answered within " + MOST_SILENCE.toSeconds() + " s; check its brokers", e);
        }
    }

    private void read(Map<TopicPartition, Long> ends, boolean follow, Sink sink) {
        long lastProgress = System.nanoTime();
        while (follow || !isAtEnd(ends)) {
            try {
                boolean any = false;
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    any = true;
                    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                    boolean wanted = follow || record.offset() < ends.getOrDefault(partition, 0L);
                    if (wanted && !sink.take(record)) {
                        return;
                    }
                }
                if (!sink.flush()) {
                    return;
                }
                lastProgress = any || follow ? System.nanoTime() : lastProgress;
                pauseEnded(ends);
            } catch (OffsetOutOfRangeException e) {
                goOnAtBegin(e, sink);
            }
            if (System.nanoTime() - lastProgress > MOST_SILENCE.toNanos()) {
                throw new ReadException(
                        "no more records have come for " + MOST_SILENCE.toSeconds() + " s, before the end of the topic"
                                + " was reached; check that its partitions have leaders",
                        null);
            }
        }
    }

    private boolean isAtEnd(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Fetches no further records of partitions that were read to their end. */
    private void pauseEnded(Map<TopicPartition, Long> ends) {
        consumer.pause(ends.entrySet().stream()
                .filter(end -> consumer.position(end.getKey()) >= end.getValue())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet()));
    }

    /** The cluster deletes old records, also of a partition that is being read. */
    private void goOnAtBegin(OffsetOutOfRangeException e, Sink sink) {
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(e.partitions());
        e.offsetOutOfRangePartitions().forEach((partition, position) -> {
            long begin = begins.getOrDefault(partition, 0L);
            if (begin <= position) {
                throw new ReadException(
                        "partition " + partition.partition() + " has lost records that it had when reading began: its"
                                + " offset " + position + " is gone",
                        e);
            }
            consumer.seek(partition, begin);
            sink.note("the records of partition " + partition.partition() + " from offset " + position + " to "
                    + (begin - 1) + " were deleted before they could be read");
        });
    }

    @Override
    @SuppressWarnings("deprecation") // its replacement is not in kafka-clients 4.0
    public void close() {
        boolean interrupted = Thread.interrupted(); // or the close would fail
        consumer.close(MOST_CLOSING);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
