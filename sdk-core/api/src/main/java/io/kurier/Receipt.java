// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.Objects;

/**
 * The proof that Kafka has stored a message, acknowledged by all in-sync replicas.
 *
 * <p>A message that was encoded as several records (a large media value) has one receipt, with the position and
 * timestamp of its last record.
 *
 * @param topic the physical topic
 * @param partition the partition that the record was written to
 * @param offset the offset of the record, or -1 if Kafka did not return it: an acknowledgment of a record that was
 *     stored by an earlier attempt has none
 * @param timestamp the record's timestamp in milliseconds since the epoch, or -1 if Kafka did not return it
 * @param records the number of records that the message was encoded as, at least 1
 * @param valueBytes the size of the encoded value in bytes, summed over all its records, a manifest's included
 */
public record Receipt(String topic, int partition, long offset, long timestamp, int records, long valueBytes) {

    /** Checks that the topic is not null. */
    public Receipt {
        Objects.requireNonNull(topic, "topic");
    }

    /** Whether Kafka returned the offset. */
    public boolean hasOffset() {
        return offset >= 0;
    }
}
