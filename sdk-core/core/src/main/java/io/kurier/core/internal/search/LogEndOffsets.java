// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.search;

import io.kurier.StartException;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.TopicConfig;
import io.kurier.core.internal.contact.ConnectionDiagnosis;
import io.kurier.core.internal.contact.StartAdmin;
import io.kurier.core.internal.topics.ReadyTopic;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads the end offsets of topics with record ids when a publisher starts: its records are appended after them. */
public final class LogEndOffsets {
    private LogEndOffsets() {}

    /**
     * Returns a tracker for each topic with record ids. If there is no such topic, no request is made.
     *
     * @param ready the topics that the start has already checked; the cluster is asked about the others
     * @throws KafkaException if Kafka does not return the end offsets
     * @throws StartException if no broker responds within six seconds, or the thread is interrupted, whose interrupt
     *     flag is then still set
     */
    public static Map<String, DeliveryTracker> trackers(
            PublisherConfig config, StartAdmin admin, Map<String, ReadyTopic> ready) {
        List<String> topics = config.topics().stream()
                .filter(TopicConfig::recordId)
                .map(TopicConfig::name)
                .toList();
        Map<String, ReadyTopic> known = new HashMap<>(ready);
        List<String> unknown =
                topics.stream().filter(topic -> !ready.containsKey(topic)).toList();
        if (!unknown.isEmpty()) {
            known.putAll(asked(admin, unknown));
        }
        Map<String, DeliveryTracker> trackers = new HashMap<>();
        for (String topic : topics) {
            ReadyTopic at = known.get(topic);
            if (at != null) {
                trackers.put(topic, tracker(topic, at));
            }
        }
        return trackers;
    }

    private static DeliveryTracker tracker(String topic, ReadyTopic at) {
        Map<Integer, Long> last = new HashMap<>();
        at.endOffsets().forEach((partition, end) -> last.put(partition, end - 1));
        return new DeliveryTracker(topic, TopicIds.known(at.id()), last);
    }

    private static Map<String, ReadyTopic> asked(StartAdmin admin, List<String> names) {
        try {
            Collection<TopicDescription> topics = describe(admin, names);
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            for (TopicDescription topic : topics) {
                topic.partitions()
                        .forEach(partition -> latest.put(
                                new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
            }
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.client()
                    .listOffsets(latest)
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.put(partition, end.offset()));
            return ReadyTopic.byName(topics, ends);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafkas ? kafkas : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while asking for the ends of the topics", e);
        }
    }

    private static Collection<TopicDescription> describe(StartAdmin admin, List<String> topics)
            throws ExecutionException, InterruptedException {
        DescribeTopicsOptions atOnce =
                new DescribeTopicsOptions().timeoutMs((int) ConnectionDiagnosis.ANSWER.toMillis());
        return admin.first(admin.client().describeTopics(topics, atOnce).allTopicNames())
                .values();
    }
}
