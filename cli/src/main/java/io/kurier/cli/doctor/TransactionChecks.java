// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.doctor;

import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.TransactionConfig;
import io.kurier.core.internal.contact.Answer;
import io.kurier.core.internal.contact.ClusterFacts;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Judges whether the cluster's transactions can be used, without fencing a publisher that uses them now. */
final class TransactionChecks {
    private static final String FEATURE = "transaction.version";
    private static final String LONGEST = "transaction.max.timeout.ms";

    private final PublisherConfig config;
    private final Findings findings;
    private final String where;

    TransactionChecks(PublisherConfig config, Findings findings) {
        this.config = config;
        this.findings = findings;
        this.where = config.described("application.id");
    }

    void check(ClusterFacts facts) {
        version(facts.features());
        timeout(facts);
    }

    private void version(Answer<ClusterFacts.Features> answer) {
        ClusterFacts.Features features = answer.value();
        if (features == null) {
            return; // reported with the version of the cluster
        }
        int version = features.finalized().getOrDefault(FEATURE, 0);
        int minimum = config.transactions().minimumVersion();
        if (version < minimum) {
            findings.problem(
                    "transactions",
                    where,
                    "the cluster's feature " + FEATURE + " is " + version + ", not " + minimum + " or above",
                    "The start of a publisher fails: below 2 the late end of one transaction can hit the next one"
                            + " (KIP-890).",
                    "Raise it by kafka-features.sh upgrade --feature " + FEATURE + "=2, or accept that and set"
                            + " transactions.minimum.version=" + version + ".");
        } else {
            findings.ok("transactions", where, "the cluster's feature " + FEATURE + " is " + version);
        }
    }

    private void timeout(ClusterFacts facts) {
        TransactionConfig transactions = config.transactions();
        OptionalLong longest = ClusterChecks.values(facts, LONGEST).stream()
                .filter(value -> value.matches("\\d{1,18}"))
                .mapToLong(Long::parseLong)
                .min();
        if (longest.isPresent() && transactions.timeout().toMillis() > longest.getAsLong()) {
            findings.problem(
                    "transactions",
                    where,
                    "transactions may take " + transactions.timeout().toMillis() + " ms, and the brokers allow "
                            + longest.getAsLong() + " (" + LONGEST + ")",
                    "Brokers refuse such a transaction (" + ProducerConfig.TRANSACTION_TIMEOUT_CONFIG + ").",
                    "Set transactions.timeout.ms to at most " + longest.getAsLong() + ".");
        }
    }

    /** Judges the response to a question for a transactional id. */
    void id(Answer<Boolean> known) {
        String ids =
                "transactional ids that begin with " + config.transactions().prefix();
        if (known.kind() == Answer.Kind.NOT_AUTHORIZED) {
            findings.problem(
                    "transactions",
                    where,
                    "the principal may not see " + ids,
                    "Without a right to them no transaction can begin.",
                    "Grant WRITE and DESCRIBE on them (a prefixed ACL).");
        } else if (known.value() == null) {
            findings.unknown("transactions", where, "the right to " + ids + " is not known", known, "DESCRIBE on them");
        } else {
            findings.ok("transactions", where, "the principal may see " + ids);
        }
    }
}
