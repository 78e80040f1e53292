// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import io.kurier.Receipt;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the values of one format when they are read back. First it receives the sent records, from any number of
 * threads, then those that are read, from one.
 */
interface Verifier {

    /** Returns the hash by which the record's value must be identified. */
    ContentHash sent(SourceRecord record);

    /** Returns the hash of a record that was read with a plain consumer; null if it cannot be deserialized. */
    @Nullable
    ContentHash read(ConsumerRecord<byte[], byte[]> record);

    /** Returns whether the record completes a value: not if it is a part of one and others follow. */
    default boolean completes(SourceRecord record) {
        return true;
    }

    /** Returns how many bytes of its file a stored record has. */
    default long contentBytes(SourceRecord record, Receipt receipt) {
        return receipt.valueBytes();
    }

    /** Returns the problems that remain if each record alone is right; called when all records are read. */
    default List<String> differences() {
        return List.of();
    }
}
