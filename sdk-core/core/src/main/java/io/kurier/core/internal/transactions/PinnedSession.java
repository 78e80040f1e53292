// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.transactions;

import io.kurier.TransactionalSession;
import java.time.Duration;

/** A session whose owner wants to know why it has lost the id. */
public interface PinnedSession extends TransactionalSession {

    /** Returns Kafka's transactional id. */
    String transactionalId();

    /** Returns the time after which Kafka aborts a transaction. */
    Duration timeout();

    /** Returns whether another process has taken the id over. */
    boolean isFenced();
}
