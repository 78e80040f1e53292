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
 * Changes topics, their settings and ACLs, and returns when the brokers act by the change.
 *
 * <p>Kafka's {@link Admin} returns when the controller has stored a change; the brokers learn of it a moment later
 * (KAFKA-15591), and on a busy machine that moment is long enough for the next line of a test to fail. Each method here
 * makes its change, and then asks until it shows:
 *
 * <ul>
 *   <li>of a new or grown topic, each partition has a leader that returns the end of its log,
 *   <li>altered settings and ACLs are those that a broker describes,
 *   <li>a deleted topic is unknown.
 * </ul>
 *
 * <p>Partitions are asked of their leaders, all else of one broker; a cluster of several brokers may have others that
 * learn of it later. What Kafka refuses is thrown as Kafka's own exception, such as {@code TopicExistsException}; a
 * change that does not show in time is a {@link TimeoutException} that says what is missing, and an interrupt an {@link
 * InterruptException}. Safe for use by any number of threads.
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
     * Connects to a cluster; a change that does not show within a minute fails.
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
     * @param limit how long a change may take until it shows; how long a broker may take to answer at all is Kafka's {@code
     *     default.api.timeout.ms}
     */
    public static ClusterAdmin connect(Map<String, ?> client, Duration limit) {
        return over(Admin.create(new HashMap<>(client)), limit);
    }

    static ClusterAdmin over(Admin admin, Duration limit) {
        return new ClusterAdmin(admin, limit);
    }

    /** Kafka's own client, for all questions and for changes that have no method here. Closed with this one. */
    public Admin kafka() {
        return admin;
    }

    /**
     * Makes a topic, with the replication factor that the broker gives it.
     *
     * @param topic its name
     * @param partitions how many partitions, at least 1
     */
    public void createTopic(String topic, int partitions) {
        createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())));
    }

    /** Makes topics. If Kafka refuses some, the others are made, and not waited for. */
    public void createTopics(Collection<NewTopic> topics) {
        get(admin.createTopics(topics).all());
        topics.forEach(topic -> awaitPartitions(topic.name(), Math.max(1, topic.numPartitions())));
    }

    /**
     * Adds partitions to a topic.
     *
     * @param topic its name
     * @param partitions how many it has afterwards
     */
    public void createPartitions(String topic, int partitions) {
        get(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                .all());
        awaitPartitions(topic, partitions);
    }

    /**
     * Sets some of a topic's settings, and leaves the others as they are.
     *
     * @param topic its name
     * @param settings new values by the names of settings, as {@code max.message.bytes}, each as Kafka writes it
     *     itself: {@code true}, not {@code TRUE}
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

    /** Removes ACLs; does nothing about those that are not there. */
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

    /** Looks whether a change shows. */
    private interface Look {
        /** What is missing yet, or null if nothing is. */
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
                // no leader yet, not known yet, the broker is not reached: all of them may change
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
