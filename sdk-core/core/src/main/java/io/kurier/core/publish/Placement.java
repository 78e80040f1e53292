// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.publish;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Stage;
import io.kurier.core.route.Route;
import io.kurier.core.transport.Refusal;
import io.kurier.core.transport.Sender;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Murmur2;
import io.kurier.spi.RecordPartitioner;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Which partition the records of one message go to. The topic's partitioner is asked once, and again only if the number
 * of partitions changed while the message waited for room. Used by one thread.
 */
final class Placement {
    /** The answer while the topic's metadata are missing. */
    static final int NOT_KNOWN_YET = -2;

    /** Why a record cannot be sent then. */
    static final Refusal NO_METADATA = new Refusal(new TimeoutException("the topic's metadata have not arrived yet"));

    private final Route route;
    private final @Nullable Integer explicit;
    private final boolean together;
    private int partitions = Sender.UNKNOWN;
    private int partition;

    private Placement(Route route, @Nullable Integer explicit, boolean together, int partition) {
        this.route = route;
        this.explicit = explicit;
        this.together = together;
        this.partition = partition;
    }

    /** Kafka chooses. Holds nothing, so that all messages of a topic can share it. */
    static Placement leftToKafka(Route route) {
        return new Placement(route, null, false, RecordPartitioner.KAFKA_CHOOSES);
    }

    /** The partition of the message itself, if it names one, else the topic's partitioner. */
    static Placement of(Route route, @Nullable Integer explicit) {
        return new Placement(route, explicit, false, NOT_KNOWN_YET);
    }

    /** Likewise for a message of several records, which share one partition, whoever chooses it. */
    static Placement together(Route route, @Nullable Integer explicit) {
        return new Placement(route, explicit, true, NOT_KNOWN_YET);
    }

    /** The alias of the topic. */
    String alias() {
        return route.alias();
    }

    int partition(EncodedRecord record, Sender sender) {
        if (partition == RecordPartitioner.KAFKA_CHOOSES) {
            return partition;
        }
        int now = count(record.topic(), sender);
        if (now != Sender.UNKNOWN && now != partitions && !(together && partition >= 0)) {
            partition = choose(record, now);
            partitions = now;
        }
        return partition;
    }

    private int count(String topic, Sender sender) {
        try {
            return sender.partitions(topic);
        } catch (KafkaException e) { // not authorized, not a valid name: no waiting will help
            throw new PublishException(
                    route.alias(),
                    Stage.SEND,
                    Outcome.REJECTED,
                    false,
                    "the number of partitions cannot be had: " + e.getMessage(),
                    e);
        }
    }

    private int choose(EncodedRecord record, int count) {
        if (explicit != null) {
            if (explicit < 0 || explicit >= count) {
                throw new PublishException(
                        route.alias(),
                        Stage.PARTITION,
                        Outcome.REJECTED,
                        false,
                        "the message asks for partition " + explicit + ", and " + record.topic() + " has " + count,
                        null);
            }
            return explicit;
        }
        int chosen = route.partition(record, count);
        if (chosen != RecordPartitioner.KAFKA_CHOOSES || !together) {
            return chosen;
        }
        // Kafka would choose anew for every record; here all of them must follow the first.
        byte[] key = record.key();
        return key == null ? ThreadLocalRandom.current().nextInt(count) : Murmur2.partition(key, count);
    }
}
