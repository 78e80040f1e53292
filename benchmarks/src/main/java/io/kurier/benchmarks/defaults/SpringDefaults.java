// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.defaults;

import io.kurier.benchmarks.rounds.AckCounter;
import io.kurier.benchmarks.rounds.Candidate;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.serializer.JacksonJsonSerializer;

/** The peer: Spring's template with nothing set but the address and the serializers, the value's being Spring's own. */
final class SpringDefaults implements Candidate<Order> {
    private final String topic;
    private final DefaultKafkaProducerFactory<String, Order> factory;
    private final KafkaTemplate<String, Order> template;

    SpringDefaults(String bootstrap, String topic) {
        this.topic = topic;
        this.factory = new DefaultKafkaProducerFactory<>(Map.of(
                "bootstrap.servers", bootstrap,
                "key.serializer", StringSerializer.class,
                "value.serializer", JacksonJsonSerializer.class));
        this.template = new KafkaTemplate<>(factory);
    }

    @Override
    public Label label() {
        return new Label("KafkaTemplate", false);
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public void send(Order[] values, int records, AckCounter heard) {
        for (int i = 0; i < records; i++) {
            Order order = values[i % values.length];
            CompletableFuture<?> unused = template.send(topic, order.customer(), order);
        }
        template.flush();
    }

    @Override
    public void close() {
        factory.destroy();
    }
}
