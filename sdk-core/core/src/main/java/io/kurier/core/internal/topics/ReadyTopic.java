// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * A topic of which every partition has responded.
 *
 * @param id the id from the cluster, {@link Uuid#ZERO_UUID} with brokers before 2.8 (KIP-516); read before the offsets
 * @param endOffsets the end offset of the log, by partition
 */
public record ReadyTopic(Uuid id, Map<Integer, Long> endOffsets) {

    /**
     * Returns the topics by name.
     *
     * @param ends the end offsets of all their partitions
     */
    public static Map<String, ReadyTopic> byName(Collection<TopicDescription> topics, Map<TopicPartition, Long> ends) {
        Map<String, ReadyTopic> ready = new TreeMap<>();
        for (TopicDescription topic : topics) {
            Map<Integer, Long> endOffsets = new TreeMap<>();
            topic.partitions().forEach(partition -> {
                Long end = ends.get(new TopicPartition(topic.name(), partition.partition()));
                if (end != null) {
                    endOffsets.put(partition.partition(), end);
                }
            });
            ready.put(topic.name(), new ReadyTopic(topic.topicId(), endOffsets));
        }
        return ready;
    }

    /** Returns the number of partitions. */
    public int partitions() {
        return endOffsets.size();
    }
}
