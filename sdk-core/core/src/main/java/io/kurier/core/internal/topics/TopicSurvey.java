// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import io.kurier.StartException;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.TopicConfig;
import io.kurier.core.internal.contact.Answer;
import io.kurier.core.internal.contact.ConnectionDiagnosis;
import io.kurier.core.internal.contact.StartAdmin;
import io.kurier.core.transport.TopicManagement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/**
 * Compares the declared topics with the cluster as a start does, and reads their rights and replicas too; changes
 * nothing. What {@link TopicContract} would create is validated only.
 */
public final class TopicSurvey {
    private static final int LIMIT_MS = (int) ConnectionDiagnosis.ANSWER.toMillis();

    private final PublisherConfig config;
    private final TopicAdmin cluster;
    private final Admin admin;

    private TopicSurvey(PublisherConfig config, StartAdmin start) {
        this.config = config;
        this.cluster = new TopicAdmin(config, start);
        this.admin = start.client();
    }

    /**
     * Returns the facts of each declared topic, in their order.
     *
     * @throws StartException if the cluster does not respond in time
     */
    public static List<TopicFacts> read(PublisherConfig config, StartAdmin start) throws InterruptedException {
        return config.topics().isEmpty() ? List.of() : new TopicSurvey(config, start).read();
    }

    private List<TopicFacts> read() throws InterruptedException {
        List<String> names = config.topics().stream().map(TopicConfig::name).toList();
        TopicSnapshot snapshot = cluster.snapshot(cluster.describe(config.topics()));
        Map<String, TopicError> refused =
                new HashMap<>(TopicChanges.of(config, snapshot).rehearse(cluster));
        refused.putAll(snapshot.topicErrors());
        Map<String, KafkaFuture<TopicDescription>> described = admin.describeTopics(
                        names,
                        new DescribeTopicsOptions()
                                .includeAuthorizedOperations(true)
                                .timeoutMs(LIMIT_MS))
                .topicNameValues();
        Map<ConfigResource, KafkaFuture<Config>> configs = admin.describeConfigs(
                        names.stream().map(TopicSurvey::resource).toList(),
                        new DescribeConfigsOptions().timeoutMs(LIMIT_MS))
                .values();
        List<TopicFacts> facts = new ArrayList<>();
        for (TopicConfig topic : config.topics()) {
            String name = topic.name();
            Answer<TopicDescription> description = Answer.await(config, Objects.requireNonNull(described.get(name)));
            facts.add(new TopicFacts(
                    topic,
                    config.shownName(topic),
                    state(topic, snapshot, refused),
                    deviations(topic, snapshot, refused),
                    description.value() == null ? List.of() : partitions(description.value()),
                    rights(description),
                    Answer.await(config, Objects.requireNonNull(configs.get(resource(name))))
                            .map(TopicSurvey::values)));
        }
        return facts;
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private TopicFacts.State state(TopicConfig topic, TopicSnapshot snapshot, Map<String, TopicError> refused) {
        if (snapshot.topics().containsKey(topic.name())) {
            return TopicFacts.State.EXISTS;
        }
        return config.management() == TopicManagement.CREATE && !refused.containsKey(topic.name())
                ? TopicFacts.State.TO_BE_CREATED
                : TopicFacts.State.NOT_USABLE;
    }

    private List<Deviation> deviations(TopicConfig topic, TopicSnapshot snapshot, Map<String, TopicError> refused) {
        TopicProblems problems = new TopicProblems(config);
        List<Deviation> deviations = new ArrayList<>();
        TopicError error = refused.get(topic.name());
        if (error != null) {
            deviations.add(problems.refusal(topic, error));
        }
        TopicDescription actual = snapshot.topics().get(topic.name());
        if (actual != null) {
            TopicDiff.of(topic, config.management(), actual, snapshot.configs().get(topic.name()))
                    .forEach(difference -> deviations.add(problems.difference(topic, difference)));
        } else if (error == null && config.management() != TopicManagement.CREATE) {
            deviations.add(problems.absence(topic));
        }
        return deviations;
    }

    private static List<TopicFacts.Partition> partitions(TopicDescription topic) {
        return topic.partitions().stream()
                .sorted(Comparator.comparing(TopicPartitionInfo::partition))
                .map(partition -> new TopicFacts.Partition(
                        partition.partition(),
                        leader(partition.leader()),
                        partition.replicas().size(),
                        partition.isr().size()))
                .toList();
    }

    /** Kafka has null or a node without an address for a partition that has no leader. */
    private static int leader(@Nullable Node leader) {
        return leader == null || leader.isEmpty() ? TopicFacts.Partition.NO_LEADER : leader.id();
    }

    private static Answer<Set<AclOperation>> rights(Answer<TopicDescription> description) {
        TopicDescription topic = description.value();
        if (topic == null) {
            return Answer.missing(description.kind(), description.reason());
        }
        Set<AclOperation> operations = topic.authorizedOperations();
        return operations == null
                ? Answer.missing(Answer.Kind.NOT_SUPPORTED, "the broker does not report rights")
                : Answer.known(Set.copyOf(operations));
    }

    private static Map<String, String> values(Config topic) {
        Map<String, String> values = new HashMap<>();
        topic.entries().stream()
                .filter(entry -> !entry.isSensitive() && entry.value() != null)
                .forEach(entry -> values.put(entry.name(), entry.value()));
        return values;
    }
}
