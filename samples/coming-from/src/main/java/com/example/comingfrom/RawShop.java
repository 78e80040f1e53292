// SPDX-License-Identifier: Apache-2.0
package com.example.comingfrom;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** With Kafka's own producer; it needs a second one for transactions, since with an id every send is in one. */
final class RawShop implements Shop {
    private static final Logger LOG = LoggerFactory.getLogger(RawShop.class);

    private final Producer<String, Order> producer;
    private final Producer<String, Order> transactional;

    RawShop(String bootstrap) {
        // region raw-start
        JsonMapper mapper = new JsonMapper();
        Serializer<Order> json = (topic, order) -> mapper.writeValueAsBytes(order);
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bootstrap,
                        "linger.ms", "5",
                        "compression.type", "lz4"),
                new StringSerializer(),
                json);
        // endregion
        transactional = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "transactional.id", "raw-shop"), new StringSerializer(), json);
        transactional.initTransactions();
    }

    // region raw-publish
    @Override
    public void place(Order order) {
        try {
            producer.send(new ProducerRecord<>("orders", order.customer(), order), (metadata, failure) -> {
                if (failure != null) {
                    LOG.warn("order {} is lost, or it is stored: {}", order.id(), failure.toString());
                } else {
                    LOG.info("order {} is stored at offset {}", order.id(), metadata.offset());
                }
            });
        } catch (KafkaException e) { // a serializer that throws, an interrupt: some failures take this way
            LOG.warn("order {} is lost: {}", order.id(), e.toString());
        }
    }
    // endregion

    // region raw-transaction
    @Override
    public void placeAll(List<Order> orders) {
        try {
            transactional.beginTransaction();
            for (Order order : orders) {
                transactional.send(new ProducerRecord<>("orders", order.customer(), order));
            }
            transactional.commitTransaction();
        } catch (ProducerFencedException | OutOfOrderSequenceException | AuthorizationException e) {
            transactional.close(); // and make another one
            throw e;
        } catch (KafkaException e) {
            transactional.abortTransaction(); // throws if the commit timed out: it may only be called again
            throw e;
        }
    }
    // endregion

    @Override
    public void close() {
        producer.close();
        transactional.close();
    }
}
