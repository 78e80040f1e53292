// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.defaults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/** The usual serializer for JSON with Kafka's own producer, by Jackson's fastest method: a writer for a known type. */
final class OrderJson implements Serializer<Order> {
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
