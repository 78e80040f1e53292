// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Stage;
import io.kurier.core.internal.limits.InFlightLimits;
import io.kurier.core.internal.route.Route;
import io.kurier.core.transport.SendRejection;
import io.kurier.core.transport.Sender;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Murmur2;
import io.kurier.spi.PartitionLoads;
import io.kurier.spi.RecordPartitioner;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the partition for the records of one message. The topic's partitioner is called once, and again only if the
 * number of partitions changed while the message waited for room. A partition that the message names is refused only
 * once it is certain that the topic does not have it. Used by one thread.
 */
final class PartitionSelection {
    /** The result while the topic's metadata is missing. */
    static final int NOT_KNOWN_YET = -2;

    private final Route route;

    /** Kept for topics whose partitioner looks at it; otherwise null. */
    private final @Nullable QueuedBytes queued;

    private final @Nullable Integer explicit;
    private final boolean together;
    private final boolean leavesNothingToKafka;
    private final boolean canWait;
    private int partitions = Sender.UNKNOWN;
    private int partition;

    /** The time at which a partition beyond the known ones was first searched for; null if none was. */
    private @Nullable Long lookingSince;

    private PartitionSelection(
            Route route,
            @Nullable QueuedBytes queued,
            @Nullable Integer explicit,
            boolean together,
            boolean leavesNothingToKafka,
            boolean canWait,
            int partition) {
        this.route = route;
        this.queued = queued;
        this.explicit = explicit;
        this.together = together;
        this.leavesNothingToKafka = leavesNothingToKafka;
        this.canWait = canWait;
        this.partition = partition;
    }

    /**
     * Returns a selection that leaves the choice to Kafka. It has no state, so that all messages of a topic can share
     * it.
     */
    static PartitionSelection leftToKafka(Route route) {
        return new PartitionSelection(route, null, null, false, false, false, RecordPartitioner.KAFKA_CHOOSES);
    }

    /**
     * Returns a selection of the message's own partition, if it names one, otherwise by the topic's partitioner.
     *
     * @param queued the queues of the topic, if its partitioner looks at them
     * @param keyChanged whether a guard has put another key into the record: Kafka would choose by that key, and send
     *     equal keys to several partitions
     * @param canWait whether there are further attempts after one that is refused
     */
    static PartitionSelection of(
            Route route,
            @Nullable QueuedBytes queued,
            @Nullable Integer explicit,
            boolean keyChanged,
            boolean canWait) {
        return new PartitionSelection(route, queued, explicit, false, keyChanged, canWait, NOT_KNOWN_YET);
    }

    /** As {@link #of}, for a message of several records, which share one partition, whatever chooses it. */
    static PartitionSelection together(
            Route route, @Nullable QueuedBytes queued, @Nullable Integer explicit, boolean canWait) {
        return new PartitionSelection(route, queued, explicit, true, true, canWait, NOT_KNOWN_YET);
    }

    /** Returns the queues in which records are counted; null if the topic's partitioner does not look at them. */
    @Nullable
    QueuedBytes queued() {
        return queued;
    }

    /** The limits of what may be in flight of the topic; null if there are none. */
    @Nullable
    InFlightLimits limits() {
        return route.limits();
    }

    /** The alias of the topic. */
    String alias() {
        return route.alias();
    }

    /**
     * Returns the partition, Kafka's choice or {@link #NOT_KNOWN_YET}.
     *
     * @param record the record from the serializers, before its guards
     */
    int partition(EncodedRecord record, Sender sender) {
        if (partition == RecordPartitioner.KAFKA_CHOOSES) {
            return partition;
        }
        int now = count(record.topic(), sender);
        if (explicit != null) {
            return now == Sender.UNKNOWN ? NOT_KNOWN_YET : named(explicit, record.topic(), now, sender);
        }
        if (now != Sender.UNKNOWN && now != partitions && !(together && partition >= 0)) {
            partition = choose(record, now, sender);
            partitions = now;
        }
        return partition;
    }

    private int count(String topic, Sender sender) {
        try {
            return sender.partitions(topic);
        } catch (KafkaException e) { // not authorized, not a valid name: waiting does not help
            throw uncounted(e);
        }
    }

    private PublishException uncounted(KafkaException e) {
        return new PublishException(
                route.alias(),
                Stage.SEND,
                Outcome.REJECTED,
                new SendRejection(e).isRetriable(),
                "the number of partitions cannot be had: " + e.getMessage(),
                e);
    }

    /**
     * Returns the partition that the message names, which may have been created since the producer last refreshed the
     * topic's metadata.
     */
    private int named(int named, String topic, int count, Sender sender) {
        if (named >= 0 && named < count) {
            return named;
        }
        if (named >= 0) {
            if (canWait && lookingSince == null) {
                lookingSince = System.nanoTime();
            }
            if (!isMissing(named, topic, sender)) {
                return named;
            }
        }
        throw new PublishException(
                route.alias(),
                Stage.PARTITION,
                Outcome.REJECTED,
                false,
                "the message asks for partition " + named + ", and " + topic + " has " + count(topic, sender),
                null);
    }

    private boolean isMissing(int named, String topic, Sender sender) {
        try {
            return sender.isMissing(topic, named, lookingSince);
        } catch (KafkaException e) {
            throw uncounted(e);
        }
    }

    private int choose(EncodedRecord record, int count, Sender sender) {
        PartitionLoads loads = queued == null ? null : queued.loads(count, sender.leaders(record.topic()));
        int chosen = route.partition(record, count, loads);
        if (chosen != RecordPartitioner.KAFKA_CHOOSES || !leavesNothingToKafka) {
            return chosen;
        }
        // Kafka would choose by another key, or anew for every record; all records must follow the first.
        byte[] key = record.key();
        return key == null ? ThreadLocalRandom.current().nextInt(count) : Murmur2.partition(key, count);
    }
}
