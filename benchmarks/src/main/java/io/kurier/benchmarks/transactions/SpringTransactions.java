// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.transactions;

import io.kurier.benchmarks.ProducerSettings;
import io.kurier.benchmarks.rounds.AckCounter;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** The peer: {@code executeInTransaction} of Spring's template, whose commit fails if a record did. */
final class SpringTransactions extends TransactionCandidate {
    private final DefaultKafkaProducerFactory<byte[], byte[]> factory;
    private final KafkaTemplate<byte[], byte[]> template;

    SpringTransactions(String bootstrap, String topic, int each) {
        super("KafkaTemplate", topic, each);
        factory = new DefaultKafkaProducerFactory<>(
                ProducerSettings.forKafka(bootstrap), new ByteArraySerializer(), new ByteArraySerializer());
        factory.setTransactionIdPrefix(topic + "-");
        template = new KafkaTemplate<>(factory);
    }

    @Override
    void transaction(byte[][] values, int from, int to, AckCounter heard) {
        template.executeInTransaction(operations -> {
            for (int i = from; i < to; i++) {
                CompletableFuture<?> unused = operations.send(topic(), values[i % values.length]);
            }
            return true;
        });
    }

    @Override
    public void close() {
        factory.destroy();
    }
}
