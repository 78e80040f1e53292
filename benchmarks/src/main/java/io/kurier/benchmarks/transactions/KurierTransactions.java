// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.transactions;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.benchmarks.ProducerSettings;
import io.kurier.benchmarks.rounds.AckCounter;
import io.kurier.core.Kurier;
import java.util.Map;

/** What is measured: the publisher's transactions, with one producer as the others have. */
final class KurierTransactions extends TransactionCandidate {
    private final Topic<byte[], byte[]> declared;
    private final Publisher publisher;

    KurierTransactions(String bootstrap, String topic, int each) {
        super("Publisher", topic, each);
        declared = Topic.of(topic, byte[].class, byte[].class);
        publisher = Kurier.builder()
                .set(ProducerSettings.forKurier(bootstrap, topic))
                .set(Map.of("application.id", topic, "transactions.producers", "1"))
                .topics(declared)
                .start();
    }

    @Override
    void transaction(byte[][] values, int from, int to, AckCounter heard) {
        publisher
                .transaction(transaction -> {
                    for (int i = from; i < to; i++) {
                        transaction.publish(declared, null, values[i % values.length]);
                    }
                    return null;
                })
                .join();
    }

    @Override
    public void close() {
        publisher.close();
    }
}
