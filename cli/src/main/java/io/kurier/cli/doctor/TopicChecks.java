// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.doctor;

import io.kurier.core.internal.contact.Answer;
import io.kurier.core.internal.topics.Deviation;
import io.kurier.core.internal.topics.TopicFacts;
import io.kurier.core.transport.TopicManagement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** Judges the declared topics: whether each is as declared, may be written, and keeps what it acknowledges. */
final class TopicChecks {
    private static final int MOST_SHOWN = 8;

    private final TopicManagement management;
    private final boolean rightsChecked;
    private final Findings findings;

    /**
     * Creates the checks.
     *
     * @param rightsChecked whether the cluster has an authorizer; without one the reported rights mean nothing
     */
    TopicChecks(TopicManagement management, boolean rightsChecked, Findings findings) {
        this.management = management;
        this.rightsChecked = rightsChecked;
        this.findings = findings;
    }

    void check(TopicFacts topic) {
        declaration(topic);
        if (topic.state() == TopicFacts.State.EXISTS) {
            if (rightsChecked) {
                rights(topic);
            }
            replication(topic);
        }
    }

    private static String where(TopicFacts topic) {
        return "topics." + topic.declared().alias() + ", topic " + topic.shown();
    }

    private void declaration(TopicFacts topic) {
        String check = topic.state() == TopicFacts.State.EXISTS ? "topic-differs" : "topic-missing";
        for (Deviation deviation : topic.deviations()) {
            findings.problem(
                    check,
                    deviation.where(),
                    deviation.what(),
                    management == TopicManagement.OFF || management == TopicManagement.LATER
                            ? "The start does not see it, and publishing fails or goes to a topic that is not as meant."
                            : "The start of a publisher fails.",
                    deviation.advice());
        }
        if (topic.state() == TopicFacts.State.TO_BE_CREATED) {
            findings.ok(
                    "topic-missing",
                    where(topic),
                    "it does not exist, and the start may create it (topics.management=create)");
        } else if (topic.deviations().isEmpty()) {
            findings.ok("topic-differs", where(topic), "it is as declared");
        }
    }

    private void rights(TopicFacts topic) {
        Set<AclOperation> granted = topic.rights().value();
        if (granted == null) {
            findings.unknown(
                    "rights", where(topic), "the rights are not known", topic.rights(), "DESCRIBE on the topic");
            return;
        }
        if (!granted.contains(AclOperation.WRITE)) {
            findings.problem(
                    "rights",
                    where(topic),
                    "the principal may not write to it",
                    "Every record is refused (TopicAuthorizationException).",
                    "Grant WRITE on the topic, which implies DESCRIBE.");
        }
        boolean readsConfigs = granted.contains(AclOperation.DESCRIBE_CONFIGS);
        boolean searches = topic.declared().recordId();
        if (searches && !(granted.contains(AclOperation.READ) && readsConfigs)) {
            findings.problem(
                    "rights",
                    where(topic),
                    "record.id=true, and the principal may not read it or its configs",
                    "A record whose outcome is unknown cannot be searched for.",
                    "Grant READ and DESCRIBE_CONFIGS on the topic, or set record.id=false.");
        } else if (granted.contains(AclOperation.WRITE)) {
            List<String> names =
                    granted.stream().map(AclOperation::name).sorted().toList();
            findings.ok("rights", where(topic), "the principal may " + String.join(", ", names));
        }
    }

    private void replication(TopicFacts topic) {
        String where = where(topic);
        List<TopicFacts.Partition> partitions = topic.partitions();
        List<Integer> offline = numbers(partitions, each -> each.leader() == TopicFacts.Partition.NO_LEADER);
        List<Integer> under = numbers(partitions, each -> each.inSync() < each.replicas());
        if (!offline.isEmpty()) {
            findings.problem(
                    "partition-offline",
                    where,
                    "no leader for " + shown(offline, partitions),
                    "Records for these partitions wait, and fail after delivery.timeout.ms.",
                    "Start the brokers that hold their replicas.");
        }
        boolean tooFew = minimum(topic, where, partitions);
        if (!under.isEmpty() && !tooFew) {
            findings.warning(
                    "under-replicated",
                    where,
                    "replicas out of sync for " + shown(under, partitions),
                    "If the brokers in sync fail too, records cannot be stored.",
                    "Check the brokers that hold the other replicas, and whether a reassignment goes on.");
        }
        if (offline.isEmpty() && under.isEmpty()) {
            findings.ok(
                    "replication",
                    where,
                    "all replicas of " + partitions.size() + (partitions.size() == 1 ? " partition" : " partitions")
                            + " are in sync");
        }
    }

    /** Judges the configs of replication. Returns whether a partition has too few replicas in sync to be written. */
    private boolean minimum(TopicFacts topic, String where, List<TopicFacts.Partition> partitions) {
        Map<String, String> configs = topic.configs().value();
        int replicas = partitions.stream()
                .mapToInt(TopicFacts.Partition::replicas)
                .min()
                .orElse(0);
        if (replicas == 1) {
            findings.warning(
                    "replication-factor",
                    where,
                    "each record is on one broker only (replication factor 1)",
                    "If that broker's disk fails, records that were acknowledged are lost; while it is down, none is"
                            + " stored.",
                    "Have the partitions reassigned to three replicas, with min.insync.replicas=2.");
        }
        if (configs == null) {
            if (topic.configs().kind() != Answer.Kind.KNOWN) {
                findings.unknown(
                        "replication",
                        where,
                        "min.insync.replicas is not known",
                        topic.configs(),
                        "DESCRIBE_CONFIGS on the topic");
            }
            return false;
        }
        if (Boolean.parseBoolean(configs.get(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG))) {
            findings.warning(
                    "unclean-election",
                    where,
                    "unclean.leader.election.enable=true",
                    "If all replicas in sync fail, one that lacks acknowledged records may lead, and these are lost.",
                    "Set it to false for this topic, unless its records may be lost.");
        }
        int minimum = number(configs.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG));
        List<Integer> tooFew = numbers(partitions, each -> each.inSync() < minimum);
        if (!tooFew.isEmpty()) {
            findings.problem(
                    "min-insync",
                    where,
                    "fewer replicas in sync than min.insync.replicas=" + minimum + " for " + shown(tooFew, partitions),
                    "Brokers refuse records for these partitions (NotEnoughReplicasException).",
                    minimum > replicas
                            ? "Lower min.insync.replicas: a partition has " + replicas
                                    + (replicas == 1 ? " replica." : " replicas.")
                            : "Start the brokers that hold the other replicas.");
        } else if (replicas > 1 && minimum == 1) {
            findings.warning(
                    "min-insync",
                    where,
                    "min.insync.replicas=1 with " + replicas + " replicas",
                    "A record may be acknowledged by one broker alone, and is lost if that one fails.",
                    "Set min.insync.replicas=2.");
        } else if (replicas > 1 && minimum == replicas) {
            findings.warning(
                    "min-insync",
                    where,
                    "min.insync.replicas=" + minimum + " with as many replicas",
                    "While any one of these brokers is down, such as for an upgrade, no record is stored.",
                    "Set min.insync.replicas=" + (replicas - 1) + ", or add a replica.");
        }
        return !tooFew.isEmpty();
    }

    private static int number(@Nullable String text) {
        try {
            return text == null ? 1 : Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return 1; // the broker's default
        }
    }

    private static List<Integer> numbers(
            List<TopicFacts.Partition> partitions, Predicate<TopicFacts.Partition> chosen) {
        return partitions.stream()
                .filter(chosen)
                .map(TopicFacts.Partition::number)
                .toList();
    }

    private static String shown(List<Integer> chosen, List<TopicFacts.Partition> all) {
        List<String> shown = new ArrayList<>();
        chosen.stream().limit(MOST_SHOWN).forEach(number -> shown.add(String.valueOf(number)));
        return (chosen.size() == 1 ? "partition " : "partitions ") + String.join(", ", shown)
                + (chosen.size() > MOST_SHOWN ? ", ..." : "") + " (" + chosen.size() + " of " + all.size() + ")";
    }
}
