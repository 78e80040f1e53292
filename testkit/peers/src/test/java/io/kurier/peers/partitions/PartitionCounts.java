// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers.partitions;

import io.kurier.testkit.TestTopics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The numbers of partitions with which clients are compared. */
final class PartitionCounts {
    static final List<Integer> ALL = List.of(3, 6, 12, 100);

    private PartitionCounts() {}

    /** Creates a topic of each number of partitions; returns their names. */
    static Map<Integer, String> topics(String name, TestTopics topics) {
        Map<Integer, String> created = new TreeMap<>();
        ALL.forEach(partitions -> created.put(partitions, topics.create(name, partitions)));
        return created;
    }
}
