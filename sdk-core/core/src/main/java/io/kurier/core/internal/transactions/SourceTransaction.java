// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.transactions;

import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * A transaction as a host of source connectors needs it: it also holds records of topics that no alias declares, such as
 * source offsets, and shows where its messages are stored.
 */
public interface SourceTransaction extends Transaction {

    /**
     * Adds a record as it is, without route and guards; Kafka chooses the partition by the key. Waits for metadata and
     * room.
     *
     * @param topic the topic's physical name
     * @param value null for a tombstone
     * @throws io.kurier.PublishException if the producer does not take the record; the transaction can only be aborted
     */
    void add(String topic, byte[] key, byte @Nullable [] value);

    /**
     * Returns how many messages this transaction has tried to publish. A {@code publish} that does not raise the number
     * has thrown the failure of a message before.
     */
    int attempts();

    /** Returns how many messages were published in it so far; those that were refused and {@link #add} do not count. */
    int size();

    /** Returns the bytes of all keys and values in it so far. */
    long bytes();

    /**
     * Returns where a message is stored; to be called after the commit.
     *
     * @param index the message's position, from 0
     * @return the receipt, or null if Kafka did not report it
     */
    @Nullable
    Receipt receipt(int index);

    /**
     * Returns why a message was refused after the producer had taken it; to be called after the transaction has ended.
     * A message that only failed with the transaction, because another was refused, has no failure of its own.
     *
     * @param index the message's position, from 0
     * @return the failure, or null if this message has none
     */
    @Nullable
    PublishException failure(int index);
}
