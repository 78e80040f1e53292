// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.tune;

import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.cli.cluster.ClusterKeys;
import io.kurier.core.internal.config.DeclaredTopic;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.internal.start.Extensions;
import io.kurier.core.internal.start.KafkaConnection;
import io.kurier.core.internal.start.Plan;
import io.kurier.core.internal.topics.TemporaryTopics;
import io.kurier.core.internal.topics.TopicSettings;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The topic of a measurement, which exists from {@link #create} to {@link #close}. Its name is random, so that no topic
 * of others is touched. Used by one thread.
 */
public final class TemporaryTopic implements AutoCloseable {
    /** The alias of the topic. */
    static final String ALIAS = "sample";

    private static final String PREFIX = "kurier-tune-";
    private static final String KEYS = "topics." + ALIAS + ".";
    private static final int PARTITIONS = 6;
    private static final Set<String> CONFIGS = Set.of("min.insync.replicas", "max.message.bytes");

    private enum State {
        /** Nothing has been requested, or no broker has responded. */
        ABSENT,
        /** It exists, or may exist because its creation was interrupted. */
        CREATED,
        /** Its creation has failed. */
        REFUSED
    }

    private final String name = PREFIX + Long.toString(new SecureRandom().nextLong() >>> 24, Character.MAX_RADIX);
    private final ClusterKeys cluster;
    private final Sample sample;
    private final Consumer<String> complaints;
    private final Map<String, String> declared = new TreeMap<>();
    private State state = State.ABSENT;
    private boolean left;

    private TemporaryTopic(ClusterKeys cluster, Sample sample, Consumer<String> complaints) {
        this.cluster = cluster;
        this.sample = sample;
        this.complaints = complaints;
        declared.put("partitions", String.valueOf(PARTITIONS));
    }

    /**
     * Prepares a topic and creates nothing yet.
     *
     * @param like the topic whose partitions, replication factor, min.insync.replicas and max.message.bytes it takes,
     *     or null for six partitions and the broker's defaults
     * @param complaints receives a sentence if the topic cannot be deleted
     * @throws StartException if a key is wrong, no broker responds, or the settings of that topic cannot be read
     */
    public static TemporaryTopic like(
            @Nullable String like, ClusterKeys cluster, Sample sample, Consumer<String> complaints) {
        TemporaryTopic topic = new TemporaryTopic(cluster, sample, complaints);
        try (Plan plan = topic.plan(Map.of())) {
            if (like != null) {
                TopicSettings settings = TemporaryTopics.settings(plan.config(), like, CONFIGS);
                topic.declared.put("partitions", String.valueOf(settings.partitions()));
                topic.declared.put("replication.factor", String.valueOf(settings.replicationFactor()));
                settings.configs().forEach((key, value) -> topic.declared.put("config." + key, value));
            }
        }
        return topic;
    }

    /** Returns its physical name. */
    public String name() {
        return name;
    }

    /** Returns the settings that it is created with, by their key: partitions, replication.factor, config.... */
    public Map<String, String> declared() {
        return new TreeMap<>(declared);
    }

    /** Returns whether the topic is left on the cluster after {@link #close}. */
    public boolean isLeft() {
        return left;
    }

    /**
     * Creates it, and returns when it can be written.
     *
     * @throws StartException if no broker responds or the cluster refuses to create it
     */
    public void create() {
        state = State.CREATED;
        Map<String, String> keys = new HashMap<>(Map.of("topics.management", "create"));
        declared.forEach((key, value) -> keys.put(KEYS + key, value));
        try {
            plan(keys).start(new KafkaConnection(), Extensions.NONE).close(Duration.ZERO);
        } catch (StartException e) {
            if (!Thread.currentThread().isInterrupted()) {
                state = e.getCause() instanceof TimeoutException ? State.ABSENT : State.REFUSED;
            }
            throw e;
        }
    }

    /**
     * Starts a publisher to it.
     *
     * @param keys keys in addition to those of the connection and the topic
     */
    Publisher start(Map<String, String> keys) {
        return plan(keys).start(new KafkaConnection(), Extensions.NONE);
    }

    /** Returns the topic for messages. */
    Topic<String, ?> topic() {
        return sample.topic(ALIAS);
    }

    private Plan plan(Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(more);
        keys.put("client.id", name);
        keys.put(KEYS + "name", name);
        keys.put(KEYS + "value.serializer", sample.serializer());
        List<Setting> settings = keys.entrySet().stream()
                .map(key -> new Setting(key.getKey(), key.getValue(), "kurier tune"))
                .toList();
        return cluster.plan(settings, DeclaredTopic.inCode(topic()));
    }

    /** Deletes it, also if the thread is interrupted, whose interrupt flag is then kept. */
    @Override
    public void close() {
        if (state == State.ABSENT) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try (Plan plan = plan(Map.of())) {
            Optional<String> problem = TemporaryTopics.delete(plan.config(), name);
            problem.ifPresent(reason -> complain(plan.config().bootstrap().shown(), reason));
        } catch (InterruptedException e) {
            interrupted = true;
            complain("HOST:PORT", "interrupted");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void complain(String bootstrap, String reason) {
        if (state == State.REFUSED) {
            return; // the refusal is reported, and hardly any such topic exists
        }
        left = true;
        complaints.accept("the topic " + name + " could not be deleted (" + reason
                + "); delete it: kafka-topics.sh --bootstrap-server " + bootstrap + " --delete --topic " + name
                + ", with --command-config FILE where a log-in is needed");
    }
}
