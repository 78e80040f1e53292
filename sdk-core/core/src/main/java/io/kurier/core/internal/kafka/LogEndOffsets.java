// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import io.kurier.StartException;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.TopicConfig;
import io.kurier.core.internal.contact.ConnectionDiagnosis;
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
import org.apache.kafka.common.Uuid;

/** Where the logs of topics with record ids end when a publisher starts: what it publishes stands behind that. */
final class LogEndOffsets {
    private LogEndOffsets() {}

    /**
     * A tracker for each topic with record ids; without one, no request is made.
     *
     * @throws KafkaException if Kafka does not tell the ends
     * @throws StartException if no broker answers within six seconds, or the thread is interrupted, which it is then still
     */
    static Map<String, DeliveryTracker> of(PublisherConfig config) {
        List<String> topics = config.topics().stream()
                .filter(TopicConfig::recordId)
                .map(TopicConfig::name)
                .toList();
        if (topics.isEmpty()) {
            return Map.of();
        }
        try (StartAdmin admin = new StartAdmin(config)) {
            return trackers(admin, topics);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafkas ? kafkas : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while asking for the ends of the topics", e);
        }
    }

    private static Map<String, DeliveryTracker> trackers(StartAdmin admin, List<String> topics)
            throws ExecutionException, InterruptedException {
        Map<String, Uuid> ids = new HashMap<>();
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (TopicDescription topic : describe(admin, topics)) {
            ids.put(topic.name(), topic.topicId());
            topic.partitions()
                    .forEach(partition ->
                            ends.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
        }
        Map<String, Map<Integer, Long>> last = new HashMap<>();
        admin.client()
                .listOffsets(ends)
                .all()
                .get()
                .forEach((partition, end) -> last.computeIfAbsent(partition.topic(), topic -> new HashMap<>())
                        .put(partition.partition(), end.offset() - 1));
        Map<String, DeliveryTracker> trackers = new HashMap<>();
        last.forEach((topic, offsets) ->
                trackers.put(topic, new DeliveryTracker(topic, TopicIds.known(ids.get(topic)), offsets)));
        return trackers;
    }

    private static Collection<TopicDescription> describe(StartAdmin admin, List<String> topics)
            throws ExecutionException, InterruptedException {
        DescribeTopicsOptions atOnce =
                new DescribeTopicsOptions().timeoutMs((int) ConnectionDiagnosis.ANSWER.toMillis());
        return admin.first(admin.client().describeTopics(topics, atOnce).allTopicNames())
                .values();
    }
}
