// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * What is needed to find out later whether a message is stored whose outcome is {@link Outcome#UNKNOWN}: an argument of
 * {@link Publisher#resolve(DeliveryHandle)}. It can be kept as long as one likes, in a database for example, and be made again
 * from its fields, which must not be changed.
 *
 * <p>A message of a topic with {@code record.id=true} is found by its records' ids, between {@code offset} and what its
 * producer has had acknowledged since. A transaction is found by the position of one of its records, which is known
 * before the commit: {@code recordIds} is empty then.
 *
 * <p>All positions are of the topic with the id {@code topicId}. A topic that is deleted and created again under its name
 * has another id (KIP-516), and nothing that is in it or missing there says what became of a message to the first one.
 *
 * @param topic the physical topic
 * @param topicId Kafka's id of the topic ({@code TopicDescription.topicId()}), whose text is {@link Uuid#toString()} and
 *     is read by {@link Uuid#fromString(String)}; null if it is not known, because the brokers are older than 2.8 or the
 *     topic had just been found to be created again: then only what is found by its record ids is certain
 * @param partition the partition that the records went to
 * @param recordIds the ids in the records' header {@code record.id}, in the order of the hand-over; of a large value those
 *     from the first record on that was not acknowledged to the last one of the value
 * @param timestamp the timestamp of the first of these records in milliseconds since the epoch
 * @param offset with ids, the last offset that the producer knew to be stored before it got the first record, -1 if none;
 *     without, the offset of the transaction's record itself
 * @param producer identifies the producer instance that had the message; acknowledgments of another instance prove nothing
 *     about its records. Null for a transaction, and for a large value that no single producer had
 * @param failure how many messages of the topic had failed at that producer by then, this one included; 0 for a
 *     transaction
 */
public record DeliveryHandle(
        String topic,
        @Nullable Uuid topicId,
        int partition,
        List<UUID> recordIds,
        long timestamp,
        long offset,
        @Nullable UUID producer,
        long failure) {

    /** Takes a copy of the ids. */
    public DeliveryHandle {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(recordIds, "recordIds");
        recordIds.forEach(id -> Objects.requireNonNull(id, "recordIds: one is null"));
        recordIds = List.copyOf(recordIds);
    }
}
