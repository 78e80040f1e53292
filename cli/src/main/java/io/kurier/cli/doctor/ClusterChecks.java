// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.doctor;

import io.kurier.core.internal.contact.Answer;
import io.kurier.core.internal.contact.ClusterFacts;
import io.kurier.core.internal.contact.ClusterSurvey;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Judges the brokers, their versions and the controllers of a cluster. */
final class ClusterChecks {
    private static final String VERSION = "metadata.version";
    private static final String AUTO_CREATE = "auto.create.topics.enable";

    private final String cluster;
    private final Findings findings;

    /**
     * Creates the checks.
     *
     * @param cluster the cluster for people, such as its address
     */
    ClusterChecks(String cluster, Findings findings) {
        this.cluster = cluster;
        this.findings = findings;
    }

    void check(ClusterFacts facts) {
        version(facts.features());
        quorum(facts.quorum());
        facts.brokers().forEach(this::broker);
        authorizer(facts.authorizer());
    }

    private void version(Answer<ClusterFacts.Features> answer) {
        ClusterFacts.Features features = answer.value();
        if (features == null) {
            findings.unknown(
                    "version", cluster, "the versions of features are not known", answer, "DESCRIBE on the cluster");
            return;
        }
        Integer finalized = features.finalized().get(VERSION);
        Integer supported = features.supported().get(VERSION);
        if (supported == null || finalized == null) {
            findings.warning(
                    "version",
                    cluster,
                    "the brokers report no " + VERSION + ", so their version is not known",
                    "They run with ZooKeeper, or are not Apache Kafka's; Kurier supports brokers from 3.9 on and is tested"
                            + " without ZooKeeper.",
                    "Compare their version with docs/compatibility.md.");
            return;
        }
        String what = VERSION + " is that of Kafka " + Releases.of(finalized) + " (level " + finalized
                + "), and the brokers support that of " + Releases.of(supported);
        if (supported < Releases.SUPPORTED) {
            findings.problem(
                    "version",
                    cluster,
                    what,
                    "Kurier supports brokers from 3.9 on (docs/compatibility.md).",
                    "Upgrade the brokers.");
        } else if (finalized < Releases.SUPPORTED) {
            findings.warning(
                    "version",
                    cluster,
                    what,
                    "An upgrade of the cluster has not been finished, so features of the new version are off.",
                    "Finish it: kafka-features.sh upgrade --release-version.");
        } else {
            findings.ok("version", cluster, what + ", which is supported");
        }
    }

    private void quorum(Answer<ClusterFacts.Quorum> answer) {
        ClusterFacts.Quorum quorum = answer.value();
        if (quorum == null) {
            findings.unknown("controller", cluster, "the controllers are not known", answer, "DESCRIBE on the cluster");
        } else if (quorum.leader() < 0) {
            findings.problem(
                    "controller",
                    cluster,
                    "no controller is active",
                    "Topics cannot be created, and no partition gets another leader.",
                    "Start the controllers, of which most have to run.");
        } else if (!quorum.behind().isEmpty()) {
            findings.warning(
                    "controller",
                    cluster,
                    "of " + quorum.voters() + " controllers these have not followed for "
                            + ClusterSurvey.BEHIND.toSeconds() + " s: "
                            + quorum.behind().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                    "If more fail, no controller is active.",
                    "Check these nodes and their logs.");
        } else {
            findings.ok(
                    "controller",
                    cluster,
                    "controller " + quorum.leader() + " is active, of " + quorum.voters()
                            + (quorum.voters() == 1 ? " that votes" : " that vote"));
        }
    }

    private void broker(ClusterFacts.Broker broker) {
        String where = "broker " + broker.id() + " at " + broker.address();
        if (broker.configs().kind() == Answer.Kind.NO_ANSWER) {
            findings.problem(
                    "broker",
                    where,
                    "it does not answer from this machine: " + broker.configs().reason(),
                    "Records for the partitions that it leads cannot be stored.",
                    "Check that it runs, and that the address that it advertises (advertised.listeners) is one that this"
                            + " machine can reach.");
            return;
        }
        findings.ok("broker", where, "it answers");
        Map<String, String> configs = broker.configs().value();
        if (configs != null && Boolean.parseBoolean(configs.get(AUTO_CREATE))) {
            findings.warning(
                    "auto-create",
                    where,
                    AUTO_CREATE + "=true",
                    "A declared topic that is deleted comes back with the broker's defaults, whatever is declared, and a"
                            + " misspelled name becomes a topic.",
                    "Set it to false, and have topics created on purpose.");
        }
    }

    private void authorizer(Answer<Boolean> answer) {
        Boolean present = answer.value();
        if (present == null) {
            findings.unknown(
                    "authorizer",
                    cluster,
                    "it is not known whether rights are checked",
                    answer,
                    "DESCRIBE on the cluster");
        } else if (present) {
            findings.ok("authorizer", cluster, "rights are checked");
        } else {
            findings.warning(
                    "authorizer",
                    cluster,
                    "it has no authorizer, so the rights of this principal are not known",
                    "Every client may read, write and delete every topic. With an authorizer a right can be missing that"
                            + " is not missed here.",
                    "Set authorizer.class.name where others can reach the brokers; docs/security.md lists the rights that"
                            + " a publisher needs.");
        }
    }

    /** Returns the value of a config that a broker reports. */
    static List<String> values(ClusterFacts facts, String config) {
        return facts.brokers().stream()
                .map(broker -> broker.configs().value())
                .filter(configs -> configs != null && configs.containsKey(config))
                .map(configs -> configs.get(config))
                .toList();
    }
}
