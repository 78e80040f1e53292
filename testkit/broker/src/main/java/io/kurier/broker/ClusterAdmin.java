// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Changes topics, their configs and ACLs, and returns when the brokers apply the change.
 *
 * <p>Kafka's {@link Admin} returns when the controller has stored a change; the brokers learn of it later
 * (KAFKA-15591), and on a busy machine that delay is long enough for the next line of a test to fail. Each method here
 * makes its change, and then polls the brokers until it is visible:
 *
 * <ul>
 *   <li>each partition of a new or grown topic has a leader that returns its end offset,
 *   <li>a broker describes the altered configs and ACLs,
 *   <li>a deleted topic is unknown.
 * </ul>
 *
 * <p>Partitions are checked at their leaders, everything else at one broker; other brokers of a cluster may learn of it
 * later. If Kafka refuses a change, Kafka's own exception is thrown, such as {@code TopicExistsException}. A change
 * that is not visible in time throws a {@link TimeoutException} that names what is missing, and an interrupt throws an
 * {@link InterruptException}. Safe for use by any number of threads.
 */
public final class ClusterAdmin implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 5;

    private final Admin admin;
    private final Duration limit;

    private ClusterAdmin(Admin admin, Duration limit) {
        this.admin = admin;
        this.limit = limit;
    }

    /**
     * Connects to a cluster; a change that is not visible within a minute fails.
     *
     * @param client Kafka's keys for a client, {@code bootstrap.servers} at least; see {@link
     *     LocalBroker#clientProperties()}
     */
    public static ClusterAdmin connect(Map<String, ?> client) {
        return connect(client, LIMIT);
    }

    /**
     * Connects to a cluster.
     *
     * @param client Kafka's keys for a client, {@code bootstrap.servers} at least
     * @param limit the maximum time until a change is visible; the time in which a broker must respond at all is
     *     Kafka's {@code default.api.timeout.ms}
     */
    public static ClusterAdmin connect(Map<String, ?> client, Duration limit) {
        return over(Admin.create(new HashMap<>(client)), limit);
    }

    static ClusterAdmin over(Admin admin, Duration limit) {
        return new ClusterAdmin(admin, limit);
    }

    /** Returns Kafka's own client, for all queries and for changes that have no method here. Closed with this one. */
    public Admin kafka() {
        return admin;
    }

    /**
     * Creates a topic with the broker's default replication factor.
     *
     * @param topic its name
     * @param partitions the number of partitions, at least 1
     */
    public void createTopic(String topic, int partitions) {
        createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())));
    }

    /** Creates topics. If Kafka refuses some, the others are created without waiting for them. */
    public void createTopics(Collection<NewTopic> topics) {
        get(admin.createTopics(topics).all());
        topics.forEach(topic -> awaitPartitions(topic.name(), partitionsOf(topic)));
    }

    /** Returns how many partitions a new topic has, as far as it says: with replicas it has no number. */
    private static int partitionsOf(NewTopic topic) {
        Map<Integer, List<Integer>> replicas = topic.replicasAssignments();
        return replicas == null ? Math.max(1, topic.numPartitions()) : replicas.size();
    }

    /**
     * Adds partitions to a topic.
     *
     * @param topic its name
     * @param partitions the new number of partitions
     */
    public void createPartitions(String topic, int partitions) {
        get(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                .all());
        awaitPartitions(topic, partitions);
    }

    /**
     * Sets some of a topic's configs, and leaves the others unchanged.
     *
     * @param topic its name
     * @param settings new values by config name, such as {@code max.message.bytes}, each as Kafka writes it itself:
     *     {@code true}, not {@code TRUE}
     */
    public void alterTopic(String topic, Map<String, String> settings) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        List<AlterConfigOp> changes = settings.entrySet().stream()
                .map(setting -> new AlterConfigOp(
                        new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        get(admin.incrementalAlterConfigs(Map.of(resource, changes)).all());
        awaitChange("settings of topic " + topic, () -> {
            Config found = Objects.requireNonNull(
                    got(admin.describeConfigs(List.of(resource)).all()).get(resource));
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                ConfigEntry entry = found.get(setting.getKey());
                if (entry == null || !setting.getValue().equals(entry.value())) {
                    return setting.getKey() + " is " + (entry == null ? "not there" : entry.value()) + ", not "
                            + setting.getValue();
                }
            }
            return null;
        });
    }

    /** Deletes a topic. */
    public void deleteTopic(String topic) {
        get(admin.deleteTopics(List.of(topic)).all());
        awaitChange("deletion of topic " + topic, () -> {
            try {
                return "it has " + describe(topic).partitions().size() + " partitions";
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    return null;
                }
                throw e;
            }
        });
    }

    /** Adds ACLs. */
    public void createAcls(Collection<AclBinding> acls) {
        get(admin.createAcls(acls).all());
        acls.forEach(acl -> awaitChange("ACL " + acl, () -> isKnown(acl) ? null : "the broker does not describe it"));
    }

    /** Removes ACLs; ignores those that do not exist. */
    public void deleteAcls(Collection<AclBinding> acls) {
        get(admin.deleteAcls(acls.stream().map(AclBinding::toFilter).toList()).all());
        acls.forEach(acl ->
                awaitChange("removal of ACL " + acl, () -> isKnown(acl) ? "the broker still describes it" : null));
    }

    /** Waits until all replicas of all topics are in sync, after brokers of a {@link BrokerCluster} were away. */
    public void awaitInSync() {
        await("all replicas are not in sync", () -> {
            Set<String> topics = got(
                    admin.listTopics(new ListTopicsOptions().listInternal(true)).names());
            for (TopicDescription topic :
                    got(admin.describeTopics(topics).allTopicNames()).values()) {
                for (TopicPartitionInfo partition : topic.partitions()) {
                    if (partition.isr().size() < partition.replicas().size()) {
                        return topic.name() + "-" + partition.partition() + " has "
                                + partition.isr().size() + " of "
                                + partition.replicas().size();
                    }
                }
            }
            return null;
        });
    }

    private boolean isKnown(AclBinding acl) throws ExecutionException {
        return got(admin.describeAcls(acl.toFilter()).values()).contains(acl);
    }

    private void awaitPartitions(String topic, int atLeast) {
        awaitChange("topic " + topic, () -> {
            List<TopicPartitionInfo> partitions = describe(topic).partitions();
            if (partitions.size() < atLeast) {
                return "it has " + partitions.size() + " partitions, not " + atLeast;
            }
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            partitions.forEach(
                    partition -> ends.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
            got(admin.listOffsets(ends).all());
            return null;
        });
    }

    private TopicDescription describe(String topic) throws ExecutionException {
        return Objects.requireNonNull(
                got(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic));
    }

    /** Checks whether a change is visible. */
    private interface Look {
        /** Returns what is still missing, or null if nothing is. */
        @Nullable
        String missing() throws ExecutionException;
    }

    private void awaitChange(String what, Look look) {
        await(what + ": Kafka accepted the change, and it does not show", look);
    }

    private void await(String failure, Look look) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            String missing;
            Throwable cause = null;
            try {
                missing = look.missing();
                if (missing == null) {
                    return;
                }
            } catch (ExecutionException e) {
                // no leader yet, not known yet, the broker is unreachable: each of these may change
                if (!(e.getCause() instanceof RetriableException)) {
                    throw asKafkas(e);
                }
                cause = e.getCause();
                missing = cause.toString();
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new TimeoutException(failure + " after " + limit.toMillis() + " ms: " + missing, cause);
            }
            pause();
        }
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return got(future);
        } catch (ExecutionException e) {
            throw asKafkas(e);
        }
    }

    private static <T> T got(KafkaFuture<T> future) throws ExecutionException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e); // which interrupts the thread again
        }
    }

    private static RuntimeException asKafkas(ExecutionException e) {
        return e.getCause() instanceof KafkaException refusal ? refusal : new KafkaException(e.getCause());
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Closes the connection. */
    @Override
    public void close() {
        admin.close(limit);
    }
}
