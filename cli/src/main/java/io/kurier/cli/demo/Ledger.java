// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What was sent to one topic, by the position that its receipt names. Filled by one thread at a time; read when all is
 * acknowledged.
 */
final class Ledger {
    private final Map<Integer, Map<Long, Fingerprint>> byPartition = new TreeMap<>();
    private final List<Fingerprint> withoutPosition = new ArrayList<>();
    private final List<String> differences = new ArrayList<>();
    private final Map<Integer, Long> counts = new TreeMap<>();

    synchronized void sent(int partition, long offset, Fingerprint value) {
        counts.merge(partition, 1L, Long::sum);
        if (offset < 0) {
            withoutPosition.add(value);
            return;
        }
        Fingerprint other =
                byPartition.computeIfAbsent(partition, first -> new HashMap<>()).putIfAbsent(offset, value);
        if (other != null) {
            differences.add("partition " + partition + ", offset " + offset + ": two receipts name it");
        }
    }

    /** How many records are in each partition. */
    synchronized Map<Integer, Long> counts() {
        return new TreeMap<>(counts);
    }

    /** Holds a record that was read against what was sent, and strikes it out. */
    synchronized void read(TopicPartition partition, long offset, Fingerprint value) {
        Fingerprint sent =
                byPartition.getOrDefault(partition.partition(), Map.of()).remove(offset);
        if (sent == null ? !withoutPosition.remove(value) : !sent.equals(value)) {
            differences.add(partition + ", offset " + offset
                    + (sent == null ? ": a record that this demo did not send" : ": not the value that was sent"));
        }
    }

    /** What did not come back as it was sent; empty if all is well. */
    synchronized List<String> differences() {
        List<String> all = new ArrayList<>(differences);
        byPartition.forEach((partition, missing) -> missing.keySet()
                .forEach(offset -> all.add("partition " + partition + ", offset " + offset + ": sent and not found")));
        withoutPosition.forEach(value -> all.add("a record whose receipt had no offset was sent and not found"));
        return all;
    }
}
