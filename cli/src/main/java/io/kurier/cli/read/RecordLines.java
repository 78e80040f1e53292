// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.read;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** How a record becomes a line that is safe to print. */
interface RecordLines {
    /** Returns the line of a record whose value is decoded. */
    String decoded(ConsumerRecord<byte[], byte[]> record, JsonNode value);

    /** Returns the line of a record whose value cannot be decoded. */
    String undecoded(ConsumerRecord<byte[], byte[]> record, String reason);

    /** Returns the line of a blob that is given up, at its last record. */
    String undelivered(String topic, int partition, long offset, String reason);
}
