// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.transactions;

import io.kurier.benchmarks.rounds.AckCounter;
import io.kurier.benchmarks.rounds.Candidate;

/** A client that sends so many records a transaction, one transaction after the other. */
abstract class TransactionCandidate implements Candidate<byte[]> {
    private final Label label;
    private final String topic;
    private final int each;

    /** Of a client; with its number of records a transaction it has a topic of its own. */
    TransactionCandidate(String client, String topic, int each) {
        this.label = new Label(client, false);
        this.topic = topic;
        this.each = each;
    }

    @Override
    public final Label label() {
        return label;
    }

    @Override
    public final String topic() {
        return topic;
    }

    final int each() {
        return each;
    }

    @Override
    public final void send(byte[][] values, int records, AckCounter heard) {
        for (int from = 0; from < records; from += each) {
            transaction(values, from, Math.min(from + each, records), heard);
        }
    }

    /**
     * Sends in one transaction, and returns when it is committed.
     *
     * @param from the number of the first record, whose value is that of the number, after the last the first again
     * @param to the number after the last record
     */
    abstract void transaction(byte[][] values, int from, int to, AckCounter heard);
}
