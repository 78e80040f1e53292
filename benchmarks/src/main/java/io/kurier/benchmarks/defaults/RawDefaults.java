// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.defaults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.kurier.benchmarks.rounds.AckCounter;
import io.kurier.benchmarks.rounds.Candidate;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The baseline: Kafka's producer with nothing set but the address, and the few lines that people write for JSON. */
final class RawDefaults implements Candidate<Order> {
    private final String topic;
    private final KafkaProducer<String, Order> producer;

    RawDefaults(String bootstrap, String topic) {
        this.topic = topic;
        this.producer =
                new KafkaProducer<>(Map.of("bootstrap.servers", bootstrap), new StringSerializer(), new OrderJson());
    }

    @Override
    public Label label() {
        return new Label("KafkaProducer", false);
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public void send(Order[] values, int records, AckCounter heard) {
        Callback callback = (metadata, failure) -> heard.failure(failure);
        for (int i = 0; i < records; i++) {
            Order order = values[i % values.length];
            Future<?> unused = producer.send(new ProducerRecord<>(topic, order.customer(), order), callback);
        }
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }

    /** Writes by Jackson's fastest way, a writer that knows the type. */
    static final class OrderJson implements Serializer<Order> {
        private final ObjectWriter writer = new ObjectMapper().writerFor(Order.class);

        @Override
        public byte[] serialize(String topic, Order order) {
            try {
                return writer.writeValueAsBytes(order);
            } catch (JsonProcessingException e) {
                throw new SerializationException("an order cannot be written as JSON", e);
            }
        }
    }
}
