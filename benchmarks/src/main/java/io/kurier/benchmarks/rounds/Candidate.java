// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.rounds;

import io.kurier.benchmarks.clients.AckCounter;

/**
 * What one client does in its turn.
 *
 * @param <V> the type of values
 */
public interface Candidate<V> {

    /** What tells candidates apart in the report. */
    Label label();

    /** The topic that only this candidate writes to. */
    String topic();

    /**
     * Sends the values in turn, and returns when the last record is acknowledged and its dependent, if there is one, has
     * run.
     *
     * @param heard to be told of acknowledgments by callbacks and dependents; of failures in any case that the client
     *     tells them
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
