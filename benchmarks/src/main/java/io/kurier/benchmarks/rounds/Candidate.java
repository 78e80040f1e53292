// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.rounds;

import io.kurier.benchmarks.clients.AckCounter;

/**
 * The task of one client in its turn.
 *
 * @param <V> the type of values
 */
public interface Candidate<V> {

    /** Returns what distinguishes candidates in the report. */
    Label label();

    /** Returns the topic that only this candidate writes to. */
    String topic();

    /**
     * Sends the values in turn, and returns when the last record is acknowledged and its dependent, if there is one, has
     * run.
     *
     * @param heard counts acknowledgments that callbacks and dependents report, and failures whenever the client
     *     reports them
     */
    void send(V[] values, int records, AckCounter heard);

    /**
     * A candidate's name.
     *
     * @param client the class that sends
     * @param dependent whether each record has a callback or a dependent that counts it
     */
    record Label(String client, boolean dependent) {}
}
