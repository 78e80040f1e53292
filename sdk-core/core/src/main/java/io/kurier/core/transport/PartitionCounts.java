// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * How many partitions topics have; asks the producer's own metadata again every ten seconds. ({@code partitionsFor}
 * takes 150 to 270 ns, too much for every record.)
 */
final class PartitionCounts {
    private static final long REFRESH_NANOS = Duration.ofSeconds(10).toNanos();

    private final Producer<byte[], byte[]> producer;
    private final Map<String, Count> byTopic = new ConcurrentHashMap<>();

    private record Count(int partitions, long takenAt) {}

    PartitionCounts(Producer<byte[], byte[]> producer, Map<String, Integer> known) {
        this.producer = producer;
        long now = System.nanoTime();
        known.forEach((topic, partitions) -> byTopic.put(topic, new Count(partitions, now)));
    }

    int of(String topic) {
        Count count = byTopic.get(topic);
        long now = System.nanoTime();
        return count != null && now - count.takenAt() < REFRESH_NANOS ? count.partitions() : refresh(topic, count, now);
    }

    private int refresh(String topic, @Nullable Count old, long now) {
        int partitions = old == null ? Transport.UNKNOWN : old.partitions();
        try {
            partitions = producer.partitionsFor(topic).size();
        } catch (TimeoutException | InterruptException e) {
            // Cold metadata were asked for by this very call; until they come the old number stands.
            if (old == null) {
                return Transport.UNKNOWN;
            }
        }
        byTopic.put(topic, new Count(partitions, now));
        return partitions;
    }
}
