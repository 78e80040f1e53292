// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.topics;

import io.kurier.StartException;
import io.kurier.core.config.PublisherConfig;
import io.kurier.core.config.TopicConfig;
import io.kurier.core.config.TopicManagement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;

/** Brings the cluster's topics and their declarations together, or ends the start with what differs. */
public final class TopicContract {
    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final PublisherConfig config;
    private final Cluster cluster;

    private TopicContract(PublisherConfig config, Cluster cluster) {
        this.config = config;
        this.cluster = cluster;
    }

    /**
     * Verifies or creates the declared topics and awaits that they can be written.
     *
     * @return how many partitions each topic has; empty with {@code topics.management=off}, which asks nothing
     * @throws StartException if no broker answers, or a topic is missing or differs
     */
    public static Map<String, Integer> establish(PublisherConfig config) {
        if (config.management() == TopicManagement.OFF) {
            return Map.of();
        }
        try (Cluster cluster = Cluster.connect(config)) {
            return new TopicContract(config, cluster).establish();
        }
    }

    private Map<String, Integer> establish() {
        List<String> names = config.topics().stream().map(TopicConfig::name).toList();
        if (names.isEmpty()) {
            return Map.of();
        }
        Map<String, TopicDescription> found = cluster.describe(names);
        List<TopicConfig> missing = config.topics().stream()
                .filter(topic -> !found.containsKey(topic.name()))
                .toList();
        if (config.management() == TopicManagement.CREATE && !missing.isEmpty()) {
            cluster.create(missing.stream().map(TopicContract::newTopic).toList());
            found.putAll(awaitDescribed(missing.stream().map(TopicConfig::name).toList()));
        }
        List<String> differences = differences(found);
        if (!differences.isEmpty()) {
            throw new StartException(differences, null);
        }
        Map<String, Integer> partitions = new TreeMap<>();
        found.forEach((name, topic) -> partitions.put(name, topic.partitions().size()));
        awaitReady(partitions);
        return partitions;
    }

    private static NewTopic newTopic(TopicConfig topic) {
        return new NewTopic(
                        topic.name(),
                        Optional.ofNullable(topic.partitions()),
                        Optional.ofNullable(topic.replicationFactor()))
                .configs(topic.configs());
    }

    private List<String> differences(Map<String, TopicDescription> found) {
        List<String> differences = new ArrayList<>();
        List<String> withConfigs = config.topics().stream()
                .filter(topic -> !topic.configs().isEmpty() && found.containsKey(topic.name()))
                .map(TopicConfig::name)
                .toList();
        Map<String, Map<String, String>> configs = withConfigs.isEmpty() ? Map.of() : cluster.configs(withConfigs);
        for (TopicConfig topic : config.topics()) {
            TopicDescription actual = found.get(topic.name());
            if (actual == null) {
                differences.add("topics." + topic.alias() + ": the topic " + topic.name() + " does not exist at "
                        + config.bootstrap().value() + "; create it, or set topics.management=create");
                continue;
            }
            String prefix = "topics." + topic.alias() + ".";
            int partitions = actual.partitions().size();
            int replicas = actual.partitions().get(0).replicas().size();
            if (topic.partitions() != null && topic.partitions() != partitions) {
                differences.add(differs(prefix + "partitions", topic.name(), topic.partitions(), partitions));
            }
            if (topic.replicationFactor() != null && topic.replicationFactor() != replicas) {
                differences.add(
                        differs(prefix + "replication.factor", topic.name(), topic.replicationFactor(), replicas));
            }
            topic.configs().forEach((key, declared) -> {
                String value = configs.getOrDefault(topic.name(), Map.of()).get(key);
                if (!declared.equals(value)) {
                    differences.add(differs(
                            prefix + "config." + key,
                            topic.name(),
                            declared,
                            value == null ? "no such config" : value));
                }
            });
        }
        return differences;
    }

    private static String differs(String key, String topic, Object declared, Object actual) {
        return key + ": declared " + declared + ", and the topic " + topic + " has " + actual
                + "; change the declaration or the topic";
    }

    /** A topic that was just created is not known to every broker at once. */
    private Map<String, TopicDescription> awaitDescribed(Collection<String> names) {
        long deadline = System.nanoTime() + READY.toNanos();
        while (true) {
            Map<String, TopicDescription> found = cluster.describe(names);
            if (found.keySet().containsAll(names)) {
                return found;
            }
            pause(deadline, names);
        }
    }

    /** The gate against KAFKA-15591: no record is sent before every partition answers. */
    private void awaitReady(Map<String, Integer> partitions) {
        long deadline = System.nanoTime() + READY.toNanos();
        while (!cluster.answers(partitions)) {
            pause(deadline, partitions.keySet());
        }
    }

    private static void pause(long deadline, Collection<String> topics) {
        if (System.nanoTime() - deadline > 0) {
            throw new StartException(
                    "the topics " + topics + " were not ready within " + READY.toSeconds()
                            + " s; look at the brokers' logs",
                    null);
        }
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        if (Thread.currentThread().isInterrupted()) {
            throw new StartException("interrupted while waiting for the topics " + topics, null);
        }
    }
}
