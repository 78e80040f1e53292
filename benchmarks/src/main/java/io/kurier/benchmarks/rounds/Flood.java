// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.rounds;

import io.kurier.benchmarks.clients.AckCounter;
import io.kurier.benchmarks.clients.Client;

/**
 * Sends as many records as a client can.
 *
 * @param dependent whether each record has a callback or a dependent that counts it
 * @param <V> the type of values
 */
public record Flood<V>(Client<V> client, boolean dependent) implements Candidate<V> {

    @Override
    public Label label() {
        return new Label(client.name(), dependent);
    }

    @Override
    public String topic() {
        return client.topic();
    }

    @Override
    public void send(V[] values, int records, AckCounter heard) {
        client.flood(values, records, heard, dependent);
        if (dependent) {
            heard.await(records);
        }
    }
}
