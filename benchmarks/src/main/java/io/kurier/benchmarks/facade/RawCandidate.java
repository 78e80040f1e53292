// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.facade;

import io.kurier.benchmarks.ProducerSettings;
import io.kurier.benchmarks.rounds.AckCounter;
import io.kurier.benchmarks.rounds.Candidate;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The baseline: Kafka's producer with a callback, which counts where the others have a dependent that counts. */
final class RawCandidate implements Candidate<byte[]> {
    private final Label label;
    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;

    RawCandidate(String bootstrap, String topic, boolean dependent) {
        this.label = new Label("KafkaProducer", dependent);
        this.topic = topic;
        this.producer = new KafkaProducer<>(
                ProducerSettings.forKafka(bootstrap), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Label label() {
        return label;
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public void send(byte[][] values, int records, AckCounter heard) {
        Callback callback = label.dependent()
                ? (metadata, failure) -> heard.outcome(failure)
                : (metadata, failure) -> heard.failure(failure);
        for (int i = 0; i < records; i++) {
            Future<?> unused = producer.send(new ProducerRecord<>(topic, values[i % values.length]), callback);
        }
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
