// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import io.kurier.spi.EncodedRecord;
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
    Refusal attempt(EncodedRecord record, int partition, @Nullable Long timestamp, Acknowledgment acknowledgment);
}
