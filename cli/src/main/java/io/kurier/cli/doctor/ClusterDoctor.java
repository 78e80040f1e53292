// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.doctor;

import io.kurier.StartException;
import io.kurier.cli.cluster.ClusterKeys;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.Secrets;
import io.kurier.core.internal.contact.Answer;
import io.kurier.core.internal.contact.ClusterFacts;
import io.kurier.core.internal.contact.ClusterSurvey;
import io.kurier.core.internal.contact.StartAdmin;
import io.kurier.core.internal.topics.TopicFacts;
import io.kurier.core.internal.topics.TopicSurvey;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Examines a configuration and its cluster. Used by one thread. */
public final class ClusterDoctor {
    private static final String TIMESTAMPS_AHEAD = "log.message.timestamp.after.max.ms";

    private final PublisherConfig config;
    private final ClusterKeys cluster;
    private final InstantSource clock;
    private final Consumer<String> announcements;
    private final String shown;
    private final Findings findings = new Findings();

    /**
     * Creates an examination.
     *
     * @param config the configuration, with the declared topics
     * @param cluster the keys of the same configuration for a topic of its own
     * @param clock the clock of this machine
     * @param announcements receives a sentence on what will be done in the cluster, before it is done
     */
    public ClusterDoctor(
            PublisherConfig config, ClusterKeys cluster, InstantSource clock, Consumer<String> announcements) {
        this.config = config;
        this.cluster = cluster;
        this.clock = clock;
        this.announcements = announcements;
        this.shown = "cluster at " + config.bootstrap().shown();
    }

    /**
     * Examines all, and returns the findings, those that matter most first.
     *
     * @param mayWrite whether a temporary topic may be created, and written to, and deleted
     * @throws InterruptedException if the thread is interrupted; the temporary topic is then deleted
     */
    public List<Finding> examine(boolean mayWrite) throws InterruptedException {
        ConfigChecks.check(config, findings);
        new CertificateChecks(config, clock, findings).check();
        ClusterFacts facts = readCluster(mayWrite);
        if (facts != null && mayWrite) {
            AckChecks acknowledgments = new AckChecks(cluster, clock, announcements, findings);
            announcements.accept("creating the topic " + acknowledgments.topic()
                    + " (partitions=1, message.timestamp.type=LogAppendTime), publishing "
                    + (AckChecks.RECORDS + 1) + " small records to it, and deleting it; --no-write leaves that out");
            acknowledgments.check(ClusterChecks.values(facts, TIMESTAMPS_AHEAD).stream()
                    .filter(value -> value.matches("\\d{1,18}"))
                    .mapToLong(Long::parseLong)
                    .min());
        } else if (facts != null) {
            findings.ok(
                    "time-to-ack",
                    shown,
                    "neither the time to an acknowledgment nor the clock was measured, because of --no-write");
        }
        return findings.sorted().stream().map(this::withoutSecrets).toList();
    }

    /** Returns what the cluster reports; null if it does not respond, which is then a finding. */
    private @Nullable ClusterFacts readCluster(boolean mayWrite) throws InterruptedException {
        try (StartAdmin admin = new StartAdmin(config)) {
            ClusterSurvey survey = new ClusterSurvey(config, admin);
            ClusterFacts facts = survey.read();
            findings.ok(
                    "connection",
                    shown,
                    "it answers: id " + facts.id() + ", " + facts.brokers().size()
                            + (facts.brokers().size() == 1 ? " broker" : " brokers"));
            new ClusterChecks(shown, findings).check(facts);
            transactions(survey, facts, mayWrite);
            topics(admin, facts);
            return facts;
        } catch (StartException e) {
            failIfInterrupted();
            findings.problem(
                    "connection",
                    shown,
                    String.valueOf(e.getMessage()),
                    "A publisher cannot start, so nothing else of the cluster is known.",
                    "Correct that first: check the address, the port and the keys of the connection.");
            return null;
        }
    }

    private void transactions(ClusterSurvey survey, ClusterFacts facts, boolean mayWrite) throws InterruptedException {
        if (!config.transactions().areOn()) {
            return;
        }
        TransactionChecks checks = new TransactionChecks(config, findings);
        checks.check(facts);
        if (mayWrite) {
            announcements.accept("asking for a transactional id, for which a cluster that has had no transactions"
                    + " creates its topic __transaction_state; --no-write leaves that out");
            checks.id(survey.knowsTransactionalId(config.transactions().id(0)));
        }
    }

    private void topics(StartAdmin admin, ClusterFacts facts) throws InterruptedException {
        if (config.topics().isEmpty()) {
            findings.ok("topics", shown, "no topic is declared, so none was compared");
            return;
        }
        List<TopicFacts> topics;
        try {
            topics = TopicSurvey.read(config, admin);
        } catch (StartException e) {
            failIfInterrupted();
            findings.problem(
                    "topics",
                    shown,
                    "the declared topics cannot be compared: " + e.getMessage(),
                    "A start would fail alike.",
                    "Check that every broker answers, and its logs.");
            return;
        }
        boolean rightsChecked = !Answer.known(false).equals(facts.authorizer());
        TopicChecks checks = new TopicChecks(config.management(), rightsChecked, findings);
        topics.forEach(checks::check);
    }

    private static void failIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Names of topics, users and the like can be those that a config provider has returned. */
    private Finding withoutSecrets(Finding finding) {
        Secrets secrets = config.secrets();
        return new Finding(
                finding.severity(),
                finding.check(),
                secrets.hide(finding.where()),
                secrets.hide(finding.what()),
                secrets.hide(finding.why()),
                secrets.hide(finding.advice()));
    }
}
