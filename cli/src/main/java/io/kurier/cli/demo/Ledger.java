// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The values that were sent to one topic, by the position in their receipts. First filled, then compared. */
final class Ledger {
    private final Map<Integer, PartitionLedger> byPartition = new TreeMap<>();
    private final List<ContentHash> withoutPosition = new ArrayList<>();
    private final Differences differences = new Differences();

    /** Adds a sent record; {@code offset} is negative if the receipt has none. */
    synchronized void sent(int partition, long offset, ContentHash value) {
        if (offset < 0) {
            withoutPosition.add(value);
        } else if (!byPartition
                .computeIfAbsent(partition, first -> new PartitionLedger())
                .add(offset, value)) {
            differences.add("partition " + partition + ", offset " + offset + ": two receipts name it");
        }
    }

    /**
     * Compares a record that was read with the one that was sent, and removes it.
     *
     * @param value null if it could not be deserialized
     */
    synchronized void read(TopicPartition partition, long offset, @Nullable ContentHash value) {
        PartitionLedger sentThere = byPartition.get(partition.partition());
        ContentHash sent = sentThere == null ? null : sentThere.strikeOut(offset);
        if (sent == null ? !withoutPosition.remove(value) : !sent.equals(value)) {
            differences.add(partition + ", offset " + offset + ": " + what(sent, value));
        }
    }

    private static String what(@Nullable ContentHash sent, @Nullable ContentHash value) {
        if (sent == null) {
            return "a record that this demo did not send";
        }
        return value == null ? "it cannot be deserialized" : "not the value that was sent";
    }

    /** Returns the records that were not read as they were sent; empty if there are none. */
    synchronized List<String> differences() {
        Differences all = new Differences();
        all.addAll(differences);
        byPartition.forEach((partition, sent) -> sent.forEachLeft(
                offset -> all.add("partition " + partition + ", offset " + offset + ": sent and not found")));
        withoutPosition.forEach(value -> all.add("a record whose receipt had no offset was sent and not found"));
        return all.lines();
    }
}
