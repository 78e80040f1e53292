// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.core.internal.transactions.PinnedSession;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a task has to publish exactly once.
 *
 * @param session its transactional id
 * @param stored its source offsets
 * @param boundary what ends its transactions
 * @param interval how long a transaction lasts, with {@link ExactlyOnce.Boundary#INTERVAL}
 * @param boundaries the connector's, with {@link ExactlyOnce.Boundary#CONNECTOR}; otherwise null
 */
record TransactionalTask(
        PinnedSession session,
        TransactionalOffsets stored,
        ExactlyOnce.Boundary boundary,
        Duration interval,
        @Nullable TransactionBoundaries boundaries) {}
