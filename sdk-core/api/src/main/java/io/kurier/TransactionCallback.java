// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import org.jspecify.annotations.Nullable;

/**
 * What is to be done in one transaction, see {@link Publisher#transaction(TransactionCallback)}.
 *
 * <p>It runs once, on a thread of Kurier's, and should be quick: whoever reads {@code read_committed} waits for it, and
 * after {@code transactions.timeout.ms} Kafka aborts it.
 *
 * @param <R> the type of its result
 */
@FunctionalInterface
public interface TransactionCallback<R> {

    /**
     * Publishes through the transaction.
     *
     * @return what the future of the transaction is to answer once it is committed; null if that is nothing
     * @throws Exception to abort the transaction
     */
    @Nullable
    R run(Transaction transaction) throws Exception;
}
