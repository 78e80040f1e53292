// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Transactions under one id that the caller chose, one after the other; see
 * {@link Publisher#transactionalSession(String)}.
 *
 * <p>For callers that own something, such as a file or a partition that they read, and must stop when another process
 * has taken it over. The session that opened the id last owns it, and every earlier owner is fenced (KIP-98). A
 * transaction that an earlier owner left open is aborted, so its records are never visible. A lost id stays lost: after
 * this session was fenced, and after an error for which its producer had to be closed, every transaction is
 * {@link Outcome#REJECTED}. To get the id back, open it again and read again how far the last owner has come.
 *
 * <p>Read to the end of the log ({@code Admin.listOffsets}) with {@code read_committed}. The end that such a consumer
 * itself reports is the start of the first open transaction of any producer, and progress committed after that would be
 * missed.
 *
 * <p>Safe for use by any number of threads; their transactions wait for each other.
 */
public interface TransactionalSession extends AutoCloseable {

    /** The id that the caller chose. */
    String id();

    /** Runs a transaction under this id, as {@link Publisher#transaction(TransactionCallback)} does. */
    <R> CompletableFuture<@Nullable R> transaction(TransactionCallback<R> work);

    /**
     * Waits for the running transaction, at most {@code close.timeout.ms} and some seconds, and gives up the id.
     * Closing the publisher does the same. If a callback closes its own session, its transaction is aborted.
     */
    @Override
    void close();
}
