// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import io.kurier.StartException;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.TopicConfig;
import io.kurier.core.internal.contact.StartAdmin;
import io.kurier.core.transport.TopicManagement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the cluster's topics match their declarations, or ends the start with the differences. */
public final class TopicContract {
    private static final Logger LOG = LoggerFactory.getLogger(TopicContract.class);
    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final PublisherConfig config;
    private final TopicAdmin cluster;
    private final long deadline = System.nanoTime() + READY.toNanos();

    private TopicContract(PublisherConfig config, TopicAdmin cluster) {
        this.config = config;
        this.cluster = cluster;
    }

    /**
     * Verifies or creates the declared topics and waits until they can be written. It takes the same number of round
     * trips for one topic as for many. If there is a difference that it must not change, or the cluster would refuse a
     * change, it changes nothing.
     *
     * @param connected runs once a broker has responded, before the topics are checked; with {@code
     *     topics.management=off} it does not run
     * @return the topics by name; empty with {@code topics.management=off}, which makes no request
     * @throws StartException if no broker responds, or topics are missing, differ or are refused: all of them in one
     *     error; or if the thread is interrupted, whose interrupt flag is then still set
     */
    public static Map<String, ReadyTopic> establish(PublisherConfig config, StartAdmin admin, Runnable connected) {
        return config.management() == TopicManagement.OFF
                ? Map.of()
                : new TopicContract(config, new TopicAdmin(config, admin)).establish(connected);
    }

    private Map<String, ReadyTopic> establish(Runnable connected) {
        TopicAdmin.@Nullable Descriptions asked = config.topics().isEmpty() ? null : cluster.describe(config.topics());
        String broker = cluster.anyBroker();
        connected.run();
        if (asked == null) {
            return Map.of();
        }
        KafkaFuture<Boolean> createsTopicsByItself = cluster.createsTopicsByItself(broker);
        Map<String, ReadyTopic> ready = awaitReady(asked);
        if (cluster.courtesy(createsTopicsByItself).orElse(false)) {
            LOG.warn(
                    "The brokers at {} create topics by themselves (auto.create.topics.enable=true): a declared topic that"
                            + " is deleted while this publisher runs comes back with the brokers' defaults, whatever is"
                            + " declared",
                    config.bootstrap().shown());
        }
        return ready;
    }

    /**
     * Works around KAFKA-15591: no record is sent before every partition responds. A topic that is deleted meanwhile is
     * detected at the next check.
     *
     * @param first the first requests for the topics, which were made together with the one for the cluster
     */
    private Map<String, ReadyTopic> awaitReady(TopicAdmin.Descriptions first) {
        TopicAdmin.Descriptions asked = first;
        while (true) {
            Map<String, TopicDescription> topics = reconciled(asked).topics();
            List<TopicPartition> partitions = topics.values().stream()
                    .flatMap(topic -> topic.partitions().stream()
                            .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                    .toList();
            Map<TopicPartition, Long> ends = cluster.endOffsets(partitions);
            if (ends.size() == partitions.size()) {
                return ReadyTopic.byName(topics.values(), ends);
            }
            pause(partitions.stream()
                    .filter(partition -> !ends.containsKey(partition))
                    .map(cluster::shown)
                    .sorted()
                    .toList());
            asked = cluster.describe(config.topics());
        }
    }

    /** Creates missing topics and raises partitions, until a check shows the topics as declared. */
    private TopicSnapshot reconciled(TopicAdmin.Descriptions asked) {
        TopicSnapshot snapshot = cluster.snapshot(asked);
        TopicChanges changes = TopicChanges.of(config, snapshot);
        check(snapshot, changes.rehearse(cluster));
        while (!changes.isNothing()) {
            check(snapshot, changes.run(cluster));
            snapshot = cluster.snapshot(cluster.describe(config.topics())); // not every broker knows at once
            check(snapshot, Map.of());
            changes = TopicChanges.of(config, snapshot);
            if (!changes.isNothing()) {
                pause(changes.topics().stream().map(config::shownName).toList());
            }
        }
        return snapshot;
    }

    /** Ends the start if there is any problem that it does not fix itself. */
    private void check(TopicSnapshot snapshot, Map<String, TopicError> refusedRepairs) {
        TopicProblems topicProblems = new TopicProblems(config);
        for (TopicConfig topic : config.topics()) {
            String name = topic.name();
            TopicError error = snapshot.topicErrors().getOrDefault(name, refusedRepairs.get(name));
            TopicDescription actual = snapshot.topics().get(name);
            if (error != null) {
                topicProblems.refused(topic, error);
            }
            if (actual != null) {
                topicProblems.differs(
                        topic,
                        TopicDiff.of(
                                topic,
                                config.management(),
                                actual,
                                snapshot.configs().get(name)));
            } else if (error == null && config.management() != TopicManagement.CREATE) {
                topicProblems.missing(topic);
            }
        }
        topicProblems.throwIfAny();
    }

    private void pause(Collection<String> awaited) {
        String what = "the cluster at " + config.bootstrap().shown() + " to make ready " + String.join(", ", awaited);
        if (System.nanoTime() - deadline > 0) {
            throw new StartException(
                    "waited " + READY.toSeconds() + " s for " + what
                            + "; check whether another process deletes the topic, and the brokers' logs",
                    null);
        }
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        if (Thread.currentThread().isInterrupted()) {
            throw new StartException("interrupted while waiting for " + what, null);
        }
    }
}
