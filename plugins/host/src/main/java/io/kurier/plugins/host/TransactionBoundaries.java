// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.TransactionContext;

/** Where a task wants its transactions to end. Safe for use by several threads. */
final class TransactionBoundaries implements TransactionContext {
    private final Map<SourceRecord, End> byRecord = new IdentityHashMap<>(); // guarded by this
    private End ofBatch = End.NONE; // guarded by this

    /** How a transaction ends. */
    enum End {
        NONE,
        COMMIT,
        ABORT
    }

    @Override
    public synchronized void commitTransaction() {
        ofBatch = join(ofBatch, End.COMMIT);
    }

    @Override
    public synchronized void commitTransaction(SourceRecord record) {
        byRecord.merge(record, End.COMMIT, TransactionBoundaries::join);
    }

    @Override
    public synchronized void abortTransaction() {
        ofBatch = join(ofBatch, End.ABORT);
    }

    @Override
    public synchronized void abortTransaction(SourceRecord record) {
        byRecord.merge(record, End.ABORT, TransactionBoundaries::join);
    }

    private static End join(End before, End next) {
        if (before != End.NONE && before != next) {
            throw new IllegalStateException("a transaction is either committed or aborted, and both were requested");
        }
        return next;
    }

    /** Returns, and forgets, whether a transaction ends with a record. */
    synchronized End take(SourceRecord record) {
        End end = byRecord.remove(record);
        return end == null ? End.NONE : end;
    }

    /** Returns, and forgets, whether a transaction ends with the batch that was polled last. */
    synchronized End takeOfBatch() {
        End end = ofBatch;
        ofBatch = End.NONE;
        return end;
    }
}
