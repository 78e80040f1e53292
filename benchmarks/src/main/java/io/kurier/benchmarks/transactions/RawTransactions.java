// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.transactions;

import io.kurier.benchmarks.ProducerSettings;
import io.kurier.benchmarks.rounds.AckCounter;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The baseline: Kafka's producer, with a callback that looks for a failure. */
final class RawTransactions extends TransactionCandidate {
    private final KafkaProducer<byte[], byte[]> producer;

    RawTransactions(String bootstrap, String topic, int each) {
        super("KafkaProducer", topic, each);
        Map<String, Object> config = ProducerSettings.forKafka(bootstrap);
        config.put("transactional.id", topic);
        producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
    }

    @Override
    void transaction(byte[][] values, int from, int to, AckCounter heard) {
        Callback callback = (metadata, failure) -> heard.failure(failure);
        producer.beginTransaction();
        for (int i = from; i < to; i++) {
            Future<?> unused = producer.send(new ProducerRecord<>(topic(), values[i % values.length]), callback);
        }
        producer.commitTransaction();
    }

    @Override
    public void close() {
        producer.close();
    }
}
