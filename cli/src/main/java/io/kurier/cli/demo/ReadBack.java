// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the records that were appended to topics since its creation, with a plain consumer. Used by one thread. */
final class ReadBack implements AutoCloseable {
    private static final Duration MOST_SILENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final DemoListener listener;
    private final Map<Format, Map<TopicPartition, Long>> ends = new HashMap<>();

    /** Stores the current end offsets of the formats' topics. */
    ReadBack(String bootstrap, DemoListener listener) {
        this.listener = listener;
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        (int) MOST_SILENCE.toMillis(),
                        ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        (int) MOST_SILENCE.toMillis(),
                        // a fetch that waits at the end of one format's topic delays the next format's
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        "20",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        for (Format format : Format.values()) {
            ends.put(format, endsNow(format));
        }
    }

    private Map<TopicPartition, Long> endsNow(Format format) {
        List<TopicPartition> partitions = consumer.partitionsFor(format.topic()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        return consumer.endOffsets(partitions);
    }

    /** Compares every record of a format with the ledger, by its verifier; returns the differences. */
    List<String> check(Format format, Ledger ledger, Verifier verifier) {
        Map<TopicPartition, Long> from = ends.getOrDefault(format, Map.of());
        Map<TopicPartition, Long> to = endsNow(format);
        consumer.assign(from.keySet());
        from.forEach(consumer::seek);
        long lastProgress = System.nanoTime();
        while (to.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                lastProgress = System.nanoTime();
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < to.getOrDefault(partition, 0L)) {
                    ledger.read(partition, record.offset(), verifier.read(record));
                    listener.verified(record.serializedValueSize() + 1L);
                }
            }
            if (System.nanoTime() - lastProgress > MOST_SILENCE.toNanos()) {
                List<String> all = differences(ledger, verifier);
                all.add("nothing more to read for " + MOST_SILENCE.toSeconds() + " s before the topic's end");
                return all;
            }
        }
        return differences(ledger, verifier);
    }

    private static List<String> differences(Ledger ledger, Verifier verifier) {
        List<String> all = new ArrayList<>(ledger.differences());
        all.addAll(verifier.differences());
        return all;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
