// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.doctor;

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
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The topic with one partition to which the time of an acknowledgment is measured. Its name is random, so that no topic
 * of others is touched, and brokers give its records their own timestamps. Used by one thread.
 */
final class ProbeTopic {
    /** The beginning of its name. */
    static final String PREFIX = "kurier-doctor-";

    private static final Topic<String, String> TOPIC = Topic.of("probe", String.class, String.class);
    private static final String KEYS = "topics." + TOPIC.alias() + ".";

    private final ClusterKeys cluster;
    private final String name = PREFIX + Long.toString(new SecureRandom().nextLong() >>> 24, Character.MAX_RADIX);
    private boolean requested;

    ProbeTopic(ClusterKeys cluster) {
        this.cluster = cluster;
    }

    /** Returns its physical name. */
    String name() {
        return name;
    }

    /** Returns the topic for messages. */
    Topic<String, String> topic() {
        return TOPIC;
    }

    /**
     * Creates it, and starts a publisher to it.
     *
     * @throws StartException if no broker responds or the cluster refuses to create it
     */
    Publisher start() {
        Plan plan = plan();
        requested = true;
        try {
            return plan.start(new KafkaConnection(), Extensions.NONE);
        } catch (StartException e) {
            requested = e.getCause() instanceof TimeoutException
                    || Thread.currentThread().isInterrupted();
            throw e;
        }
    }

    private Plan plan() {
        List<Setting> settings = Map.of(
                        "client.id",
                        name,
                        "topics.management",
                        "create",
                        KEYS + "name",
                        name,
                        KEYS + "partitions",
                        "1",
                        KEYS + "config.message.timestamp.type",
                        "LogAppendTime",
                        KEYS + "value.serializer",
                        "text")
                .entrySet()
                .stream()
                .map(key -> new Setting(key.getKey(), key.getValue(), "kurier doctor"))
                .toList();
        return cluster.plan(settings, DeclaredTopic.inCode(TOPIC));
    }

    /**
     * Deletes it, also if the thread is interrupted, whose interrupt flag is then kept.
     *
     * @return why it may be left on the cluster; empty if it is not
     */
    Optional<String> delete() {
        if (!requested) {
            return Optional.empty();
        }
        boolean interrupted = Thread.interrupted();
        try (Plan plan = plan()) {
            return TemporaryTopics.delete(plan.config(), name);
        } catch (InterruptedException e) {
            interrupted = true;
            return Optional.of("interrupted");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
