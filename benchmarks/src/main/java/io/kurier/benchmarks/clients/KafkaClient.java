// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.clients;

import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * The baseline: Kafka's producer, with a callback that checks for a failure or counts where the others have a
 * dependent.
 */
public final class KafkaClient<K, V> implements Client<V> {
    private final String topic;
    private final Function<V, @Nullable K> key;
    private final KafkaProducer<K, V> producer;

    /**
     * Starts a producer, and initializes transactions if it is transactional.
     *
     * @param config the producer's configuration
     * @param key returns the key of a value, or null for none
     */
    public KafkaClient(
            String topic,
            Map<String, Object> config,
            Serializer<K> keys,
            Serializer<V> values,
            Function<V, @Nullable K> key) {
        this.topic = topic;
        this.key = key;
        this.producer = new KafkaProducer<>(config, keys, values);
        if (config.containsKey(ProducerConfig.TRANSACTIONAL_ID_CONFIG)) {
            producer.initTransactions();
        }
    }

    @Override
    public String name() {
        return "KafkaProducer";
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public void send(V value, Consumer<@Nullable Throwable> outcome) {
        send(value, (metadata, failure) -> outcome.accept(failure));
    }

    @Override
    public void sendAll(V[] values, int from, int to, AckCounter heard, boolean dependent) {
        Callback callback = dependent
                ? (metadata, failure) -> heard.outcome(failure)
                : (metadata, failure) -> heard.failure(failure);
        for (int i = from; i < to; i++) {
            send(values[i % values.length], callback);
        }
    }

    @Override
    public void flush() {
        producer.flush();
    }

    @Override
    public void transaction(V[] values, int from, int to, AckCounter heard) {
        Callback callback = (metadata, failure) -> heard.failure(failure);
        producer.beginTransaction();
        for (int i = from; i < to; i++) {
            send(values[i % values.length], callback);
        }
        producer.commitTransaction();
    }

    private void send(V value, Callback callback) {
        Future<?> unused = producer.send(new ProducerRecord<>(topic, key.apply(value), value), callback);
    }

    @Override
    public void close() {
        producer.close();
    }
}
