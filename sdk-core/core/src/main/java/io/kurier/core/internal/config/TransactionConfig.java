// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of transactions.
 *
 * @param applicationId the beginning of transactional ids, or null if there are to be no transactions
 * @param instanceId distinguishes processes of one application that run at the same time, or null
 * @param publisherName distinguishes publishers of one process
 * @param producers how many transactions without an id of the caller's own run at the same time
 * @param timeout the time after which Kafka aborts one
 * @param minimumVersion the least {@code transaction.version} that the cluster must have
 */
public record TransactionConfig(
        @Nullable String applicationId,
        @Nullable String instanceId,
        String publisherName,
        int producers,
        Duration timeout,
        int minimumVersion) {

    static TransactionConfig of(ParsedKeys values) {
        return new TransactionConfig(
                values.text(PublisherKeys.APPLICATION_ID),
                values.text(PublisherKeys.APPLICATION_INSTANCE_ID),
                String.valueOf(values.text(PublisherKeys.PUBLISHER_NAME)),
                values.integer(PublisherKeys.TRANSACTION_PRODUCERS),
                values.millis(PublisherKeys.TRANSACTION_TIMEOUT),
                values.integer(PublisherKeys.TRANSACTION_VERSION));
    }

    /** Returns whether transactions are possible. */
    public boolean areOn() {
        return applicationId != null;
    }

    /** Returns the prefix of all transactional ids. */
    public String prefix() {
        return applicationId + "-" + publisherName + "-";
    }

    /** Returns the transactional id of this process' n-th producer, counted from 0. */
    public String id(int n) {
        return prefix() + (instanceId == null ? "" : instanceId + "-") + n;
    }

    /**
     * Returns the transactional id for an id of the caller's own, the same in every process; it differs from the
     * others.
     */
    public String id(String own) {
        return prefix() + "own-" + own;
    }
}
