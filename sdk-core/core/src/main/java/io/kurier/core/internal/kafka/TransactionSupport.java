// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import io.kurier.StartException;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.TransactionConfig;
import io.kurier.core.internal.contact.ConnectionDiagnosis;
import io.kurier.core.internal.contact.StartAdmin;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.DescribeFeaturesOptions;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * Checks at the start whether the cluster's transactions can be relied on, and aborts the transactions that an earlier
 * process with the same {@code application.id} has left open: consumers would wait for them until their timeout.
 */
public final class TransactionSupport {
    private static final String FEATURE = "transaction.version";

    private TransactionSupport() {}

    /**
     * Checks the cluster; does nothing if transactions are not configured.
     *
     * @throws StartException if no broker responds within six seconds, its transactions are of a version below
     *     {@code transactions.minimum.version}, or it refuses the transactional ids
     */
    public static void check(PublisherConfig config, StartAdmin admin) {
        TransactionConfig transactions = config.transactions();
        if (!transactions.areOn()) {
            return;
        }
        try {
            checkVersion(admin, config);
            // One call for each id: a call for several waits for retry.backoff.ms between them.
            List<KafkaFuture<Void>> fenced = IntStream.range(0, transactions.producers())
                    .mapToObj(n -> admin.client()
                            .fenceProducers(List.of(transactions.id(n)))
                            .all())
                    .toList();
            for (KafkaFuture<Void> each : fenced) {
                each.get();
            }
        } catch (KafkaException e) {
            throw ConnectionDiagnosis.notMade(config, "transactions cannot be had", e);
        } catch (ExecutionException e) {
            throw refused(config, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while asking the cluster for its transactions", e);
        }
    }

    /**
     * Fences the producers of ids that are a given one followed by a number.
     *
     * @param from the least number
     * @throws KafkaException if Kafka refuses it or does not respond in time
     */
    static void fenceNumbered(PublisherConfig config, String id, int from) {
        try (StartAdmin admin = new StartAdmin(config)) {
            List<String> others = admin.client().listTransactions().all().get().stream()
                    .map(TransactionListing::transactionalId)
                    .filter(each -> isNumbered(each, id, from))
                    .toList();
            for (String each : others) {
                admin.client().fenceProducers(List.of(each)).all().get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafkas ? kafkas : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static boolean isNumbered(String each, String id, int from) {
        String number = each.startsWith(id) ? each.substring(id.length()) : "";
        return number.matches("[0-9]{1,9}") && Integer.parseInt(number) >= from;
    }

    private static void checkVersion(StartAdmin admin, PublisherConfig config)
            throws ExecutionException, InterruptedException {
        int minimum = config.transactions().minimumVersion();
        DescribeFeaturesOptions atOnce =
                new DescribeFeaturesOptions().timeoutMs((int) ConnectionDiagnosis.ANSWER.toMillis());
        FinalizedVersionRange range = admin.first(
                        admin.client().describeFeatures(atOnce).featureMetadata())
                .finalizedFeatures()
                .get(FEATURE);
        int version = range == null ? 0 : range.maxVersionLevel();
        if (version < minimum) {
            throw new StartException(
                    subject(config) + "the cluster's feature " + FEATURE + " is " + version + ", not " + minimum
                            + " or above. Below 2 the late end of one transaction can hit the next one (KIP-890). Raise it"
                            + " by kafka-features.sh upgrade --feature " + FEATURE + "=2, or accept that and set"
                            + " transactions.minimum.version=" + version + ".",
                    null);
        }
    }

    private static StartException refused(PublisherConfig config, @Nullable Throwable cause) {
        if (cause instanceof TransactionalIdAuthorizationException) {
            return new StartException(
                    subject(config) + "not authorized to use transactional ids. Grant WRITE and DESCRIBE on those that"
                            + " begin with " + config.transactions().prefix() + ".",
                    cause);
        }
        if (cause instanceof AuthenticationException failure) {
            return ConnectionDiagnosis.notLetIn(config, failure);
        }
        return config.refused(
                "transactions cannot be had",
                cause instanceof KafkaException kafkas ? kafkas : new KafkaException(String.valueOf(cause), cause));
    }

    private static String subject(PublisherConfig config) {
        return config.settings().get("application.id") + ": ";
    }
}
