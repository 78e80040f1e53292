// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.transactions;

import io.kurier.benchmarks.clients.AckCounter;
import io.kurier.benchmarks.clients.Client;
import io.kurier.benchmarks.rounds.Candidate;

/**
 * Runs one transaction after the other by one client.
 *
 * @param each the number of records in a transaction
 */
record Transactions(Client<byte[]> client, int each) implements Candidate<byte[]> {

    @Override
    public Label label() {
        return new Label(client.name(), false);
    }

    @Override
    public String topic() {
        return client.topic();
    }

    @Override
    public void send(byte[][] values, int records, AckCounter heard) {
        for (int from = 0; from < records; from += each) {
            client.transaction(values, from, Math.min(from + each, records), heard);
        }
    }
}
