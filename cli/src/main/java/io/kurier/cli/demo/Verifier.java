// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import io.kurier.Receipt;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one format are known again when they are read back. First told what was sent, by any number of
 * threads, then what is read, by one.
 */
interface Verifier {

    /** What the record's value must be known by. */
    ContentHash sent(SourceRecord record);

    /** What a record is known by that was read with a plain consumer; null if it cannot be deserialized. */
    @Nullable
    ContentHash read(ConsumerRecord<byte[], byte[]> record);

    /** Whether the record completes a value: not if it is a part of one and others follow. */
    default boolean completes(SourceRecord record) {
        return true;
    }

    /** How many bytes of its file a stored record holds. */
    default long contentBytes(SourceRecord record, Receipt receipt) {
        return receipt.valueBytes();
    }

    /** What is wrong though each record by itself is right; asked when all is read. */
    default List<String> differences() {
        return List.of();
    }
}
