// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import io.kurier.TransactionException;

/** The span of one transaction, from the call to its outcome. Exactly one of the outcomes is called. */
public interface TransactionSpan {

    /** The time in which a span is the current one of a thread. Closed by that thread. */
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /** Makes the span the current one of the calling thread, which runs the callback; messages are its children. */
    Scope activate();

    /** Called when the transaction is committed. */
    void committed();

    /** Called when the transaction has failed, or did not begin. */
    void failed(TransactionException failure);
}
