// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is needed to find out later whether a message is stored whose outcome is {@link Outcome#UNKNOWN}: an argument of
 * {@link Publisher#resolve(Handle)}, to be kept as it is.
 *
 * <p>A message of a topic with {@code record.id=true} is found by its records' ids, between {@code offset} and what its
 * producer has had acknowledged since. A transaction is found by the position of one of its records, which is known
 * before the commit: {@code recordIds} is empty then.
 *
 * @param topic the physical topic
 * @param partition the partition that the records went to
 * @param recordIds the ids in the records' header {@code record.id}; more than one for a large value
 * @param timestamp the first record's timestamp in milliseconds since the epoch
 * @param offset with ids, the last offset that the producer knew to be stored before it got the first record, -1 if none;
 *     without, the offset of the transaction's record itself
 * @param producer tells the producer that had the message from all others, which prove nothing of it; null for a
 *     transaction
 * @param failure how many messages of the topic had failed at that producer by then, this one included
 */
public record Handle(
        String topic,
        int partition,
        List<UUID> recordIds,
        long timestamp,
        long offset,
        @Nullable UUID producer,
        long failure) {

    /** Takes a copy of the ids. */
    public Handle {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(recordIds, "recordIds");
        recordIds.forEach(id -> Objects.requireNonNull(id, "recordIds: one is null"));
        recordIds = List.copyOf(recordIds);
    }
}
