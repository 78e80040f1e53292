// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import io.kurier.core.transport.Sender;
import io.kurier.core.transport.Transport;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * How many partitions topics have, by the producer's own metadata, which are read again after ten milliseconds: a topic that
 * grows has its new partitions used as soon as the producer knows them. ({@code partitionsFor} takes 150 to 270 ns, too
 * much for every record.) Safe for use by any number of threads.
 */
final class PartitionCounts {
    private static final long REFRESH_NANOS = Duration.ofMillis(10).toNanos();

    /**
     * How much later than the question metadata must be to show that a partition does not exist: a broker may answer that
     * has not heard yet of partitions that were just created.
     */
    static final Duration SETTLING = Duration.ofMillis(500);

    /** For how long metadata that show it are believed by messages that cannot wait for newer ones. */
    private static final long BELIEVED_NANOS = Duration.ofSeconds(2).toNanos();

    private final Producer<byte[], byte[]> producer;
    private final Metric metadataAge;
    private final Map<String, Count> byTopic = new ConcurrentHashMap<>();

    /** When messages that cannot wait first asked for a partition that is not known, by topic. */
    private final Map<String, Long> asked = new ConcurrentHashMap<>();

    private record Count(int partitions, long takenAt) {}

    PartitionCounts(Producer<byte[], byte[]> producer, Map<String, Integer> known) {
        this.producer = producer;
        this.metadataAge = ClientAssumptions.metadataAge(producer);
        long now = System.nanoTime();
        known.forEach((topic, partitions) -> byTopic.put(topic, new Count(partitions, now)));
    }

    /** Whether the number is known, perhaps an old one. */
    boolean isKnown(String topic) {
        return byTopic.containsKey(topic);
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

    /** As {@link Sender#isMissing}; Kafka asks for newer metadata when a record for such a partition is handed over. */
    boolean isMissing(String topic, int partition, @Nullable Long since) {
        return (since == null ? isAnswered(topic) : isAnsweredSince(since))
                && partition >= refresh(topic, byTopic.get(topic), System.nanoTime());
    }

    /** Whether there are metadata that are later than the question. */
    private boolean isAnsweredSince(long since) {
        return System.nanoTime() - since - ageNanos() >= SETTLING.toNanos();
    }

    /** Likewise for messages that cannot wait, of which each asks for those behind it. An answer is used once. */
    private boolean isAnswered(String topic) {
        long now = System.nanoTime();
        Long since = asked.putIfAbsent(topic, now);
        if (since == null || !isAnsweredSince(since)) {
            return false;
        }
        if (ageNanos() < BELIEVED_NANOS) {
            return asked.remove(topic, since);
        }
        asked.replace(topic, since, now);
        return false;
    }

    /** Since the producer's metadata came; more than ten thousand days if they never did. */
    Duration age() {
        return Duration.ofNanos(ageNanos());
    }

    /** Since the producer's metadata came; more than any time if they never did. */
    private long ageNanos() {
        return metadataAge.metricValue() instanceof Double seconds ? (long) (seconds * 1e9) : Long.MAX_VALUE / 2;
    }
}
