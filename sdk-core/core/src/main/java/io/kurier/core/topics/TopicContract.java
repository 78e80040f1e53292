// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.topics;

import io.kurier.StartException;
import io.kurier.core.config.PublisherConfig;
import io.kurier.core.config.TopicConfig;
import io.kurier.core.config.TopicManagement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the cluster's topics and their declarations together, or ends the start with what differs. */
public final class TopicContract {
    private static final Logger LOG = LoggerFactory.getLogger(TopicContract.class);
    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final PublisherConfig config;
    private final Cluster cluster;
    private final long deadline = System.nanoTime() + READY.toNanos();

    private TopicContract(PublisherConfig config, Cluster cluster) {
        this.config = config;
        this.cluster = cluster;
    }

    /**
     * Verifies or creates the declared topics and awaits that they can be written. It takes the same number of round
     * trips for one topic as for many. If something differs that it must not change, or the cluster would refuse a
     * change, it changes nothing.
     *
     * @return how many partitions each topic has; empty with {@code topics.management=off}, which asks nothing
     * @throws StartException if no broker answers, or topics are missing, differ or are refused: all of them in one
     *     error; or if the thread is interrupted, which it is then still
     */
    public static Map<String, Integer> establish(PublisherConfig config) {
        if (config.management() == TopicManagement.OFF) {
            return Map.of();
        }
        try (Cluster cluster = Cluster.of(config)) {
            return new TopicContract(config, cluster).establish();
        }
    }

    private Map<String, Integer> establish() {
        String broker = cluster.anyBroker();
        if (config.topics().isEmpty()) {
            return Map.of();
        }
        KafkaFuture<Boolean> createsTopicsByItself = cluster.createsTopicsByItself(broker);
        Map<String, Integer> partitions = awaitReady();
        if (cluster.courtesy(createsTopicsByItself).orElse(false)) {
            LOG.warn(
                    "The brokers at {} create topics by themselves (auto.create.topics.enable=true): a declared topic that"
                            + " is deleted while this publisher runs comes back with the brokers' defaults, whatever is"
                            + " declared",
                    config.bootstrap().shown());
        }
        return partitions;
    }

    /**
     * The gate against KAFKA-15591: no record is sent before every partition answers. A topic that is deleted meanwhile
     * is seen at the next look.
     */
    private Map<String, Integer> awaitReady() {
        while (true) {
            Map<String, Integer> partitions = new TreeMap<>();
            mended().topics()
                    .forEach((name, topic) ->
                            partitions.put(name, topic.partitions().size()));
            List<String> silent = cluster.silent(partitions);
            if (silent.isEmpty()) {
                return partitions;
            }
            pause(silent);
        }
    }

    /** Creates what is missing and raises what is too small, until a look shows the topics as declared. */
    private Look mended() {
        Look look = cluster.look(config.topics());
        Repair repair = Repair.of(config, look);
        judge(look, repair.rehearse(cluster));
        while (!repair.isNothing()) {
            judge(look, repair.run(cluster));
            look = cluster.look(config.topics()); // not every broker knows at once
            judge(look, Map.of());
            repair = Repair.of(config, look);
            if (!repair.isNothing()) {
                pause(repair.topics().stream().map(config::shownName).toList());
            }
        }
        return look;
    }

    /** Ends the start if anything is wrong that it does not mend itself. */
    private void judge(Look look, Map<String, Refusal> refusedRepairs) {
        Findings findings = new Findings(config);
        for (TopicConfig topic : config.topics()) {
            String name = topic.name();
            Refusal refusal = look.refusals().getOrDefault(name, refusedRepairs.get(name));
            TopicDescription actual = look.topics().get(name);
            if (refusal != null) {
                findings.refused(topic, refusal);
            }
            if (actual != null) {
                findings.differs(
                        topic,
                        Comparison.of(
                                topic,
                                config.management(),
                                actual,
                                look.configs().get(name)));
            } else if (refusal == null && config.management() != TopicManagement.CREATE) {
                findings.missing(topic);
            }
        }
        findings.throwIfAny();
    }

    private void pause(Collection<String> awaited) {
        String what = "the cluster at " + config.bootstrap().shown() + " to make ready " + String.join(", ", awaited);
        if (System.nanoTime() - deadline > 0) {
            throw new StartException(
                    "waited " + READY.toSeconds() + " s for " + what
                            + "; look whether somebody deletes the topic, and at the brokers' logs",
                    null);
        }
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        if (Thread.currentThread().isInterrupted()) {
            throw new StartException("interrupted while waiting for " + what, null);
        }
    }
}
