// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.topics;

import io.kurier.StartException;
import io.kurier.core.config.PublisherConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What the start asks of the cluster, with time limits and with words for what can go wrong. */
final class Cluster implements AutoCloseable {
    /** How long a broker may take to answer at all. */
    private static final Duration ANSWER = Duration.ofSeconds(6);

    private static final Duration CALL = Duration.ofSeconds(60);

    private final PublisherConfig config;
    private final Admin admin;

    private Cluster(PublisherConfig config, Admin admin) {
        this.config = config;
        this.admin = admin;
    }

    /**
     * Connects.
     *
     * @throws StartException if no broker answers within six seconds
     */
    static Cluster connect(PublisherConfig config) {
        Map<String, Object> keys = new HashMap<>(config.connection());
        keys.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) CALL.toMillis());
        keys.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 30_000);
        Cluster cluster;
        try {
            cluster = new Cluster(config, Admin.create(keys));
        } catch (KafkaException e) {
            throw config.refused(config.bootstrap() + ": cannot connect", e);
        }
        try {
            cluster.await(
                    cluster.admin
                            .describeCluster(new DescribeClusterOptions().timeoutMs((int) ANSWER.toMillis()))
                            .clusterId(),
                    "describe the cluster");
            return cluster;
        } catch (StartException e) {
            cluster.close();
            throw e.getCause() instanceof TimeoutException
                    ? new StartException(
                            "no broker answered at " + config.bootstrap().value() + " within " + ANSWER.toSeconds()
                                    + " s (" + config.bootstrap()
                                    + "); check the address and that the broker is running",
                            e.getCause())
                    : e;
        }
    }

    /** The descriptions of those topics that exist. */
    Map<String, TopicDescription> describe(Collection<String> topics) {
        Map<String, TopicDescription> found = new TreeMap<>();
        admin.describeTopics(topics).topicNameValues().forEach((name, future) -> {
            try {
                found.put(name, await(future, "describe the topic " + name));
            } catch (StartException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        });
        return found;
    }

    /** The configs of topics that exist, by topic and key. */
    Map<String, Map<String, String>> configs(Collection<String> topics) {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        Map<ConfigResource, Config> answers =
                await(admin.describeConfigs(resources).all(), "read the configs of the topics " + topics);
        Map<String, Map<String, String>> byTopic = new TreeMap<>();
        answers.forEach((resource, entries) -> {
            Map<String, String> values = new LinkedHashMap<>();
            for (ConfigEntry entry : entries.entries()) {
                values.put(entry.name(), String.valueOf(entry.value()));
            }
            byTopic.put(resource.name(), values);
        });
        return byTopic;
    }

    /** Creates topics; one that somebody else has created meanwhile is fine. */
    void create(Collection<NewTopic> topics) {
        admin.createTopics(topics).values().forEach((name, future) -> {
            try {
                await(future, "create the topic " + name);
            } catch (StartException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        });
    }

    /** Whether every partition of the topics has a leader that answers. */
    boolean answers(Map<String, Integer> partitions) {
        Map<TopicPartition, OffsetSpec> all = new HashMap<>();
        partitions.forEach((topic, count) -> {
            for (int partition = 0; partition < count; partition++) {
                all.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
        });
        try {
            await(admin.listOffsets(all).all(), "read the end of the topics " + partitions.keySet());
            return true;
        } catch (StartException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    private <T> T await(KafkaFuture<T> future, String what) {
        try {
            return future.get(CALL.toSeconds() + 5, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StartException(
                    "the cluster at " + config.bootstrap().value() + " did not " + what + ": " + cause.getMessage(),
                    cause);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new StartException(
                    "the cluster at " + config.bootstrap().value() + " did not " + what + " in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while waiting for the cluster to " + what, e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
