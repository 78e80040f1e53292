// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import org.jspecify.annotations.Nullable;

/**
 * The code that runs in one transaction, see {@link Publisher#transaction(TransactionCallback)}.
 *
 * <p>It runs once, on a thread of Kurier's, and should be quick: consumers with {@code isolation.level=read_committed}
 * wait for the transaction to end, and after {@code transactions.timeout.ms} Kafka aborts it.
 *
 * @param <R> the type of its result
 */
@FunctionalInterface
public interface TransactionCallback<R> {

    /**
     * Publishes through the transaction.
     *
     * @return the result with which the transaction's future completes once it is committed; may be null
     * @throws Exception to abort the transaction
     */
    @Nullable
    R run(Transaction transaction) throws Exception;
}
