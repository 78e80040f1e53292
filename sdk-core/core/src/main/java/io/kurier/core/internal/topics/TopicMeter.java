// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import io.kurier.StartException;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.contact.Answer;
import io.kurier.core.internal.contact.ConnectionDiagnosis;
import io.kurier.core.internal.contact.StartAdmin;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeLogDirsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.jspecify.annotations.Nullable;

/** Reads the positions of topics again and again with one client; changes nothing. Used by one thread. */
public final class TopicMeter implements AutoCloseable {
    private static final int LIMIT_MS = (int) ConnectionDiagnosis.ANSWER.toMillis();

    private final PublisherConfig config;
    private final Collection<String> names;
    private final StartAdmin start;
    private final Admin admin;

    private TopicMeter(PublisherConfig config, Collection<String> names, StartAdmin start) {
        this.config = config;
        this.names = names;
        this.start = start;
        new TopicAdmin(config, start).anyBroker();
        this.admin = start.client();
    }

    /**
     * Connects to the cluster.
     *
     * @param names the physical names of the topics; empty for all that the principal may see, without internal ones
     * @throws StartException if no broker responds, or one refuses the log-in
     */
    public static TopicMeter connect(PublisherConfig config, Collection<String> names) {
        StartAdmin start = new StartAdmin(config);
        try {
            return new TopicMeter(config, List.copyOf(names), start);
        } catch (Throwable e) {
            start.close();
            throw e;
        }
    }

    /**
     * Returns the positions by the topics' names. A topic that does not exist, or may not be seen, is missing.
     *
     * @throws StartException if the cluster does not respond
     */
    public SortedMap<String, TopicPosition> read() throws InterruptedException {
        Map<String, TopicDescription> topics = describe();
        Map<TopicPartition, Integer> leaders = new HashMap<>();
        topics.values()
                .forEach(topic -> topic.partitions()
                        .forEach(partition -> leaders.put(
                                new TopicPartition(topic.name(), partition.partition()), leader(partition))));
        ListOffsetsResult ends = admin.listOffsets(withLeader(leaders), new ListOffsetsOptions().timeoutMs(LIMIT_MS));
        Map<TopicPartition, Long> sizes = sizes(leaders);
        SortedMap<String, TopicPosition> positions = new TreeMap<>();
        for (TopicDescription topic : topics.values()) {
            Long records = 0L;
            Long bytes = 0L;
            for (TopicPartitionInfo info : topic.partitions()) {
                TopicPartition partition = new TopicPartition(topic.name(), info.partition());
                records = plus(records, leader(info) < 0 ? null : end(ends, partition));
                bytes = plus(bytes, sizes.get(partition));
            }
            positions.put(topic.name(), new TopicPosition(topic.partitions().size(), records, bytes));
        }
        return positions;
    }

    private static int leader(TopicPartitionInfo partition) {
        @Nullable Node leader = partition.leader();
        return leader == null || leader.isEmpty() ? TopicFacts.Partition.NO_LEADER : leader.id();
    }

    private static Map<TopicPartition, OffsetSpec> withLeader(Map<TopicPartition, Integer> leaders) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        leaders.forEach((partition, leader) -> {
            if (leader >= 0) {
                asked.put(partition, OffsetSpec.latest());
            }
        });
        return asked;
    }

    private static @Nullable Long plus(@Nullable Long sum, @Nullable Long more) {
        return sum == null || more == null ? null : (Long) (sum + more);
    }

    private Map<String, TopicDescription> describe() throws InterruptedException {
        Map<String, TopicDescription> topics = new TreeMap<>();
        Map<String, KafkaFuture<TopicDescription>> described = admin.describeTopics(
                        names.isEmpty() ? all() : names, new DescribeTopicsOptions().timeoutMs(LIMIT_MS))
                .topicNameValues();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> each : described.entrySet()) {
            Answer<TopicDescription> answer = answered(each.getValue());
            if (answer.value() != null) {
                topics.put(each.getKey(), answer.value());
            }
        }
        return topics;
    }

    private Collection<String> all() throws InterruptedException {
        Answer<Set<String>> listed = answered(
                admin.listTopics(new ListTopicsOptions().timeoutMs(LIMIT_MS)).names());
        return listed.value() == null ? List.of() : listed.value();
    }

    private <T> Answer<T> answered(KafkaFuture<T> requested) throws InterruptedException {
        Answer<T> answer = Answer.await(config, requested);
        if (answer.kind() == Answer.Kind.NO_ANSWER) {
            throw new StartException(
                    "the cluster at " + config.bootstrap().shown() + " does not answer any more: " + answer.reason()
                            + ". Check the brokers and the network.",
                    null);
        }
        return answer;
    }

    private @Nullable Long end(ListOffsetsResult ends, TopicPartition partition) throws InterruptedException {
        return Answer.await(config, ends.partitionResult(partition))
                .map(ListOffsetsResult.ListOffsetsResultInfo::offset)
                .value();
    }

    /** Returns the sizes of the replicas that lead, as far as brokers report them. */
    private Map<TopicPartition, Long> sizes(Map<TopicPartition, Integer> leaders) throws InterruptedException {
        Set<Integer> brokers =
                leaders.values().stream().filter(broker -> broker >= 0).collect(Collectors.toSet());
        Map<TopicPartition, Long> sizes = new HashMap<>();
        Map<Integer, KafkaFuture<Map<String, LogDirDescription>>> described = admin.describeLogDirs(
                        brokers, new DescribeLogDirsOptions().timeoutMs(LIMIT_MS))
                .descriptions();
        for (Map.Entry<Integer, KafkaFuture<Map<String, LogDirDescription>>> broker : described.entrySet()) {
            Map<String, LogDirDescription> folders =
                    Answer.await(config, broker.getValue()).value();
            if (folders == null) {
                continue;
            }
            folders.values()
                    .forEach(folder -> folder.replicaInfos().forEach((partition, replica) -> {
                        if (broker.getKey().equals(leaders.get(partition)) && !replica.isFuture()) {
                            sizes.put(partition, replica.size());
                        }
                    }));
        }
        return sizes;
    }

    @Override
    public void close() {
        start.close();
    }
}
