// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * A topic of which every partition has answered.
 *
 * @param id as the cluster tells it, {@link Uuid#ZERO_UUID} by brokers before 2.8 (KIP-516); read before the offsets
 * @param endOffsets by partition, where its log ended
 */
public record ReadyTopic(Uuid id, Map<Integer, Long> endOffsets) {

    /**
     * The topics by name.
     *
     * @param ends of all their partitions
     */
    public static Map<String, ReadyTopic> byName(Collection<TopicDescription> topics, Map<TopicPartition, Long> ends) {
        Map<String, ReadyTopic> ready = new TreeMap<>();
        for (TopicDescription topic : topics) {
            Map<Integer, Long> endOffsets = new TreeMap<>();
            ends.forEach((partition, end) -> {
                if (partition.topic().equals(topic.name())) {
                    endOffsets.put(partition.partition(), end);
                }
            });
            ready.put(topic.name(), new ReadyTopic(topic.topicId(), endOffsets));
        }
        return ready;
    }

    /** How many partitions it has. */
    public int partitions() {
        return endOffsets.size();
    }
}
