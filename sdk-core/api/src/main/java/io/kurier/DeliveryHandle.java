// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a message or a transaction whose outcome is {@link Outcome#UNKNOWN}, so that
 * {@link Publisher#resolve(DeliveryHandle)} can find out later whether it is stored. A handle never expires: it can be
 * kept, in a database for example, and be made again from its fields, which must not be changed.
 *
 * <p>A message of a topic with {@code record.id=true} is found by the ids of its records, between {@code offset} and
 * the last offset acknowledged to its producer since. A transaction is found by the position of one of its records,
 * which is known before the commit; {@code recordIds} is then empty.
 *
 * <p>All positions are in the topic with the id {@code topicId}. A topic that is deleted and created again under its
 * name has another id (KIP-516), and its content proves nothing about a message to the first one.
 *
 * @param topic the physical name of the topic
 * @param topicId Kafka's id of the topic ({@code TopicDescription.topicId()}), whose text form is
 *     {@link Uuid#toString()} and is parsed by {@link Uuid#fromString(String)}; null if it is not known, because the
 *     brokers are older than 2.8 or the topic had just been found to be created again. If it is null, a result is
 *     certain only for a message found by its record ids
 * @param partition the partition that the records were sent to
 * @param recordIds the ids in the records' header {@code record.id}, in the order in which the records were sent; for a
 *     large value, those from the first record that was not acknowledged to the last record of the value
 * @param timestamp the timestamp of the first of these records in milliseconds since the epoch
 * @param offset with ids, the last offset that the producer knew to be stored before it took the first record, -1 if
 *     none; without ids, the offset of the transaction's record itself
 * @param producer the id of the producer instance that took the message; acknowledgments of another instance prove
 *     nothing about its records. Null for a transaction, and for a large value that no single producer took
 * @param failure how many messages of the topic had failed at that producer by then, including this one; 0 for a
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

    /** Copies the list of ids. */
    public DeliveryHandle {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(recordIds, "recordIds");
        recordIds.forEach(id -> Objects.requireNonNull(id, "recordIds: one is null"));
        recordIds = List.copyOf(recordIds);
    }
}
