// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.Objects;

/**
 * The proof that Kafka has stored a message, acknowledged by all in-sync replicas.
 *
 * <p>A message that was encoded as several records (a large media value) has one receipt: position and timestamp are
 * those of its last record.
 *
 * @param topic the physical topic
 * @param partition the partition written to
 * @param offset the offset of the record, or -1 if Kafka did not tell: an acknowledgment of a record that was stored
 *     by an earlier attempt carries none
 * @param timestamp the record's timestamp in milliseconds since the epoch, or -1 if Kafka did not tell
 * @param records how many records the message became, at least 1
 * @param valueBytes the size of the encoded value in bytes, over all its records, a manifest's included
 */
public record Receipt(String topic, int partition, long offset, long timestamp, int records, long valueBytes) {

    /** Checks that nothing is missing. */
    public Receipt {
        Objects.requireNonNull(topic, "topic");
    }

    /** Whether Kafka told the offset. */
    public boolean hasOffset() {
        return offset >= 0;
    }
}
