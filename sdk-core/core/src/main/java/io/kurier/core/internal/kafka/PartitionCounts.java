// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import io.kurier.core.transport.Sender;
import io.kurier.core.transport.Transport;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of partitions of topics, and which of them have a leader, from the producer's own metadata, which is read again after ten milliseconds:
 * the new partitions of a topic are used as soon as the producer knows them. ({@code partitionsFor} takes 150 to 270
 * ns, too much for every record.) Safe for use by any number of threads.
 */
final class PartitionCounts {
    private static final long REFRESH_NANOS = Duration.ofMillis(10).toNanos();

    /**
     * How much newer than the first check the metadata must be to prove that a partition does not exist: a broker that
     * does not know partitions yet that were just created may respond.
     */
    static final Duration SETTLING = Duration.ofMillis(500);

    /** How long metadata that proves it is trusted by messages that cannot wait for newer metadata. */
    private static final long BELIEVED_NANOS = Duration.ofSeconds(2).toNanos();

    private final Producer<byte[], byte[]> producer;
    private final Metric metadataAge;
    private final Map<String, Count> byTopic = new ConcurrentHashMap<>();

    /** The time at which messages that cannot wait first named an unknown partition, by topic. */
    private final Map<String, Long> asked = new ConcurrentHashMap<>();

    /** The time since which the producer has had no metadata of a topic, by topic. */
    private final Map<String, Long> absent = new ConcurrentHashMap<>();

    /** Which partitions had no leader, from the producer's metadata; mostly none. */
    private record Count(int partitions, BitSet leaderless, long takenAt) {
        private static final BitSet NONE = new BitSet();

        Count(int partitions, long takenAt) {
            this(partitions, NONE, takenAt);
        }

        Count(List<PartitionInfo> metadata, long takenAt) {
            this(metadata.size(), withoutLeader(metadata), takenAt);
        }

        private static BitSet withoutLeader(List<PartitionInfo> metadata) {
            BitSet found = NONE;
            for (PartitionInfo partition : metadata) {
                if (partition.leader() == null || partition.leader().isEmpty()) {
                    found = found == NONE ? new BitSet() : found;
                    found.set(partition.partition());
                }
            }
            return found;
        }

        Count at(long now) {
            return new Count(partitions, leaderless, now);
        }

        boolean hasLeader(int partition) {
            return !leaderless.get(partition);
        }
    }

    PartitionCounts(Producer<byte[], byte[]> producer, Map<String, Integer> known) {
        this.producer = producer;
        this.metadataAge = ClientAssumptions.metadataAge(producer);
        long now = System.nanoTime();
        known.forEach((topic, partitions) -> byTopic.put(topic, new Count(partitions, now)));
    }

    /** Whether the number is known, even if it is outdated. */
    boolean isKnown(String topic) {
        return byTopic.containsKey(topic);
    }

    int of(String topic) {
        Count count = byTopic.get(topic);
        long now = System.nanoTime();
        return count != null && now - count.takenAt() < REFRESH_NANOS ? count.partitions() : refresh(topic, count, now);
    }

    private int refresh(String topic, @Nullable Count old, long now) {
        Count count;
        try {
            count = new Count(producer.partitionsFor(topic), now);
            absent.remove(topic);
        } catch (TimeoutException | InterruptException e) {
            if (e instanceof TimeoutException) {
                absent.putIfAbsent(topic, now);
            }
            // This very call has requested missing metadata; until it arrives the old number is used.
            if (old == null) {
                return Transport.UNKNOWN;
            }
            count = old.at(now);
        }
        byTopic.put(topic, count);
        return count.partitions();
    }

    /** Whether the cluster has answered that there is no such topic; as of the last call of {@link #of}. */
    boolean isAbsent(String topic) {
        Long since = absent.get(topic);
        return since != null && isAnsweredSince(since);
    }

    /** See {@link Sender#leaders}; as of the last call of {@link #of}. */
    IntPredicate leaders(String topic) {
        Count count = byTopic.get(topic);
        return count == null ? partition -> true : count::hasLeader;
    }

    /** See {@link Sender#isMissing}. Kafka requests newer metadata when a record for such a partition is sent. */
    boolean isMissing(String topic, int partition, @Nullable Long since) {
        return (since == null ? isAnswered(topic) : isAnsweredSince(since))
                && partition >= refresh(topic, byTopic.get(topic), System.nanoTime());
    }

    /** Whether there is metadata that is newer than the first check. */
    private boolean isAnsweredSince(long since) {
        return System.nanoTime() - since - ageNanos() >= SETTLING.toNanos();
    }

    /**
     * As {@link #isAnsweredSince}, for messages that cannot wait: each checks on behalf of those after it. A result is
     * used once.
     */
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

    /** The time since the producer's metadata arrived; more than ten thousand days if it never did. */
    Duration age() {
        return Duration.ofNanos(ageNanos());
    }

    /** The nanoseconds since the producer's metadata arrived; longer than any duration if it never did. */
    private long ageNanos() {
        return metadataAge.metricValue() instanceof Double seconds ? (long) (seconds * 1e9) : Long.MAX_VALUE / 2;
    }
}
