// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import io.kurier.spi.EncodedRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Hands encoded records to a producer; {@link #attempt} never throws. */
public interface Sender {

    /** What {@link #partitions} answers while the number is not known. */
    int UNKNOWN = 0;

    /**
     * How many partitions a topic has, from a cache that is refreshed from time to time.
     *
     * @return the number, or {@link #UNKNOWN} until the topic's metadata have arrived
     * @throws org.apache.kafka.common.KafkaException if Kafka refuses to tell, for example for want of authorization
     */
    int partitions(String topic);

    /** Why the number of a topic's partitions is not known yet, so that a record has to wait. */
    default SendRejection whyUnknown(String topic) {
        return new SendRejection(new TimeoutException("the topic's metadata have not arrived yet"));
    }

    /**
     * Whether a topic certainly has no such partition. Only a message that names a partition beyond the known ones asks:
     * one that was created a moment ago is known to the cluster before it is to the producer.
     *
     * @param partition beyond {@link #partitions}
     * @param since the moment ({@link System#nanoTime()}) at which the message first asked; null for one that cannot wait
     *     and so asks only once
     * @return false if the partition exists, or if that is not known yet: an attempt is refused until it is, and lets the
     *     producer ask the cluster
     */
    default boolean isMissing(String topic, int partition, @Nullable Long since) {
        return partition >= partitions(topic);
    }

    /**
     * Makes one attempt to hand a record over.
     *
     * @param record the record; its headers are copied
     * @param partition the partition, or -1 to let Kafka choose
     * @param timestamp milliseconds since the epoch, or null for now
     * @param acknowledgment told later, once, what became of the record; not if the attempt is refused
     * @return null if Kafka has taken the record, else why not; then no byte has left
     */
    @Nullable
    SendRejection attempt(EncodedRecord record, int partition, @Nullable Long timestamp, Acknowledgment acknowledgment);
}
