// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.LocalBroker;
import io.kurier.promises.Entry.Intent;
import io.kurier.promises.Entry.Receipted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Two topics and a ledger in which {@link OracleTest} plants faults: it writes the topics by Kafka's own producer, and
 * any entries into the ledger.
 */
final class Plant implements AutoCloseable {
    private final Random random = new Random(1);
    private final LocalBroker broker;
    private final Path ledgers;
    private final String topic;
    private final Ledger ledger;
    private final KafkaProducer<String, String> producer;

    private Plant(LocalBroker broker, Path ledgers, String topic, Ledger ledger) {
        this.broker = broker;
        this.ledgers = ledgers;
        this.topic = topic;
        this.ledger = ledger;
        this.producer = producer(Map.of());
    }

    /** Creates the topics, of two partitions each, and begins the ledger. */
    static Plant begin(LocalBroker broker, Path ledgers, String topic) throws IOException {
        Plant plant = new Plant(broker, ledgers, topic, Ledger.begin(ledgers, 1));
        try (ClusterAdmin admin = ClusterAdmin.connect(broker.clientProperties())) {
            admin.createTopic(topic, 2);
            admin.createTopic(plant.otherTopic(), 2);
        }
        return plant;
    }

    String otherTopic() {
        return topic + "-other";
    }

    /** Returns a message of the topic. */
    MessageId message(long number) {
        return new MessageId(topic, "k", number, MessageId.ONLY);
    }

    /** Writes an intent and returns the value. */
    String announce(MessageId message) {
        String value = message.value(random, 0);
        ledger.write(new Intent(message, Digest.of(value)));
        return value;
    }

    void write(Entry entry) {
        ledger.write(entry);
    }

    /** Publishes four messages whose reported outcomes are right. */
    void publishFour() {
        LongStream.range(0, 4).mapToObj(this::message).forEach(message -> {
            String value = announce(message);
            ledger.write(new Receipted(message, put(message, value)));
        });
    }

    /** Stores a record in the message's own place. */
    Place put(MessageId message, String value) {
        return put(message.topic(), 0, message.key(), value);
    }

    /** Stores a record anywhere. */
    Place put(String where, int partition, String key, String value) {
        return put(producer, new ProducerRecord<>(where, partition, key, value));
    }

    static Place put(KafkaProducer<String, String> by, ProducerRecord<String, String> record) {
        try {
            RecordMetadata metadata = by.send(record).get();
            return new Place(metadata.topic(), metadata.partition(), metadata.offset());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns another producer, to be closed by the caller. */
    KafkaProducer<String, String> producer(Map<String, String> more) {
        Map<String, Object> keys = new HashMap<>(broker.clientProperties());
        keys.putAll(more);
        return new KafkaProducer<>(keys, new StringSerializer(), new StringSerializer());
    }

    /** Returns the oracle's report. */
    Report report() throws Exception {
        Oracle oracle = Oracle.of(ledgers);
        TopicReader.read(broker.bootstrapServers(), List.of(topic, otherTopic()), oracle::read);
        return oracle.report();
    }

    @Override
    public void close() throws IOException {
        producer.close();
        ledger.close();
    }
}
