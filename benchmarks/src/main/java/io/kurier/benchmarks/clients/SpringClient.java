// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.clients;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** The peer: Spring's template, as Spring creates it from a map of settings. */
public final class SpringClient<K, V> implements Client<V> {
    private final String topic;
    private final Function<V, @Nullable K> key;
    private final DefaultKafkaProducerFactory<K, V> factory;
    private final KafkaTemplate<K, V> template;

    /**
     * Creates a template, which starts its producer with the first record.
     *
     * @param config the producer's configuration; a transactional id is the prefix of those that Spring creates
     * @param key returns the key of a value, or null for none
     */
    public SpringClient(
            String topic,
            Map<String, Object> config,
            Serializer<K> keys,
            Serializer<V> values,
            Function<V, @Nullable K> key) {
        Map<String, Object> others = new HashMap<>(config);
        Object transactionalId = others.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        this.topic = topic;
        this.key = key;
        this.factory = new DefaultKafkaProducerFactory<>(others, keys, values);
        if (transactionalId != null) {
            factory.setTransactionIdPrefix(transactionalId + "-");
        }
        this.template = new KafkaTemplate<>(factory);
    }

    @Override
    public String name() {
        return "KafkaTemplate";
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public void send(V value, Consumer<@Nullable Throwable> outcome) {
        CompletableFuture<?> unused = template.send(topic, key.apply(value), value)
                .whenComplete((result, failure) -> outcome.accept(failure));
    }

    @Override
    public void sendAll(V[] values, int from, int to, AckCounter heard, boolean dependent) {
        if (dependent) {
            BiConsumer<Object, @Nullable Throwable> counting = (result, failure) -> heard.outcome(failure);
            for (int i = from; i < to; i++) {
                V value = values[i % values.length];
                CompletableFuture<?> unused =
                        template.send(topic, key.apply(value), value).whenComplete(counting);
            }
        } else {
            for (int i = from; i < to; i++) {
                V value = values[i % values.length];
                CompletableFuture<?> unused = template.send(topic, key.apply(value), value);
            }
        }
    }

    /** Dependents run on the I/O thread, before it returns. */
    @Override
    public void flush() {
        template.flush();
    }

    /** Uses {@code executeInTransaction}, whose commit fails if a record did. */
    @Override
    public void transaction(V[] values, int from, int to, AckCounter heard) {
        template.executeInTransaction(operations -> {
            for (int i = from; i < to; i++) {
                V value = values[i % values.length];
                CompletableFuture<?> unused = operations.send(topic, key.apply(value), value);
            }
            return true;
        });
    }

    @Override
    public void close() {
        factory.destroy();
    }
}
