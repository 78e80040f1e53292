// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import io.kurier.spi.EncodedRecord;
import java.util.function.IntPredicate;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Passes encoded records to a producer; {@link #attempt} never throws. */
public interface Sender {

    /** The value that {@link #partitions} returns while the number is not known. */
    int UNKNOWN = 0;

    /**
     * Returns the number of a topic's partitions, from a cache that is refreshed from time to time.
     *
     * @return the number, or {@link #UNKNOWN} until the topic's metadata has arrived
     * @throws org.apache.kafka.common.KafkaException if Kafka refuses to return the metadata, for example because
     *     authorization is missing
     */
    int partitions(String topic);

    /** Returns why the number of a topic's partitions is not known yet, so that a record has to wait. */
    default SendRejection whyUnknown(String topic) {
        return new SendRejection(new TimeoutException("the topic's metadata have not arrived yet"));
    }

    /**
     * Whether a topic certainly has no such partition. It is called only for a message that names a partition beyond
     * the known ones: the cluster knows a partition that was created just now before the producer does.
     *
     * @param partition beyond {@link #partitions}
     * @param since the time ({@link System#nanoTime()}) of the first call for the message; null for a message that
     *     cannot wait and so calls this only once
     * @return false if the partition exists, or if that is not known yet: an attempt is refused until it is, and makes
     *     the producer ask the cluster
     */
    default boolean isMissing(String topic, int partition, @Nullable Long since) {
        return partition >= partitions(topic);
    }

    /**
     * Returns which of a topic's partitions have a leader, by the newest metadata. It is called only for topics whose
     * partitioner looks at that.
     *
     * @return whether a partition has a leader; true for one that is not known
     */
    default IntPredicate leaders(String topic) {
        return partition -> true;
    }

    /**
     * Makes one attempt to pass a record to the producer.
     *
     * @param record the record; its headers are copied
     * @param partition the partition, or -1 to let Kafka choose
     * @param timestamp milliseconds since the epoch, or null for now
     * @param acknowledgment called later, once, with the record's outcome; not called if the attempt is refused
     * @return null if the producer has taken the record; otherwise the reason, and then no byte has been sent
     */
    @Nullable
    SendRejection attempt(EncodedRecord record, int partition, @Nullable Long timestamp, Acknowledgment acknowledgment);
}
