// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What configuration says of transactions.
 *
 * @param applicationId what transactional ids begin with, or null if there are to be no transactions
 * @param instanceId what tells processes of one application apart that run at the same time, or null
 * @param publisherName what tells publishers of one process apart
 * @param producers how many transactions without an id of the caller's own run at one moment
 * @param timeout after what time Kafka aborts one
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

    /** Whether there may be transactions. */
    public boolean areOn() {
        return applicationId != null;
    }

    /** What all transactional ids begin with. */
    public String prefix() {
        return applicationId + "-" + publisherName + "-";
    }

    /** The transactional id of this process' n-th producer, from 0 on. */
    public String id(int n) {
        return prefix() + (instanceId == null ? "" : instanceId + "-") + n;
    }

    /** The transactional id for an id of the caller's own, whichever process takes it; it differs from the others. */
    public String id(String own) {
        return prefix() + "own-" + own;
    }
}
