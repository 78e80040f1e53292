// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Transactions under one id of the caller's, one after the other; see {@link Publisher#transactionalSession(String)}.
 *
 * <p>For callers that own something, such as a file or a partition that they read, and must stop when another process
 * has taken it over: whoever opened the id last has it, and every earlier owner is fenced (KIP-98). A transaction that an
 * earlier owner left open is aborted, so its records are never visible. Once lost, the id stays lost: after it was fenced,
 * and after an error for which its producer had to be given up, every transaction is {@link Outcome#REJECTED}. An owner
 * that wants the id back opens it anew, and reads again how far it, or another one, has come.
 *
 * <p>Reading is to the end of the log ({@code Admin.listOffsets}), with {@code read_committed}: what such a consumer gives
 * as its own end is where the first open transaction of anybody begins, and progress that is committed behind it would be
 * overlooked.
 *
 * <p>Safe for use by any number of threads, which wait for each other.
 */
public interface TransactionalSession extends AutoCloseable {

    /** The id that the caller chose. */
    String id();

    /** As {@link Publisher#transaction(TransactionCallback)}, under this id. */
    <R> CompletableFuture<@Nullable R> transaction(TransactionCallback<R> work);

    /**
     * Waits for the transaction that is running, at most {@code close.timeout.ms} and some seconds, and gives the id up.
     * Closing the publisher does the same. A work that closes its own id is aborted.
     */
    @Override
    void close();
}
