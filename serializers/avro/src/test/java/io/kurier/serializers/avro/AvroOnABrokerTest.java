// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.broker.LocalBroker;
import io.kurier.serializers.avro.test.Node;
import io.kurier.serializers.avro.test.Order;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** In Kafka's own clients, on a real broker: what the serializers are called with there is Kafka's to decide. */
@WithKafka
class AvroOnABrokerTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final LocalBroker broker;
    private final TestTopics topics;

    AvroOnABrokerTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    @Test
    void aRecordComesBackWithAllItHasAndATombstoneIsOne() throws Exception {
        String topic = topics.create("orders", 1);
        try (var producer = new KafkaProducer<>(client(), new StringSerializer(), new AvroSerializer<Order>())) {
            producer.send(new ProducerRecord<>(topic, "k", Samples.order())).get();
            producer.send(new ProducerRecord<>(topic, "k", null)).get();
        }
        assertThat(topics.readAll(topic, new StringDeserializer(), new AvroDeserializer<>(Order.class)))
                .extracting(ConsumerRecord::value)
                .containsExactly(Samples.order(), null);
        assertThat(topics.readAll(topic, new StringDeserializer(), AvroDeserializer.generic(Order.getClassSchema()))
                        .get(0)
                        .value()
                        .get("id"))
                .hasToString("o-1");
    }

    @Test
    void clientsThatMakeThemByClassNameConfigureKeysAndValuesSeparately() throws Exception {
        String topic = topics.create("by-name", 1);
        Map<String, Object> config = client();
        config.put("key.serializer", AvroSerializer.class.getName());
        config.put("value.serializer", AvroSerializer.class.getName());
        try (KafkaProducer<Object, Object> producer = new KafkaProducer<>(config)) {
            producer.send(new ProducerRecord<>(topic, new Node("key", null), Samples.order()))
                    .get();
        }
        config.put("key.deserializer", AvroDeserializer.class.getName());
        config.put("value.deserializer", AvroDeserializer.class.getName());
        config.put("avro.type", Order.class.getName());
        config.put("key.avro.type", Node.class.getName());
        try (KafkaConsumer<Object, Object> consumer = new KafkaConsumer<>(config)) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            assertThat(consumer.poll(LIMIT)).singleElement().satisfies(record -> {
                assertThat(record.key()).isEqualTo(new Node("key", null));
                assertThat(record.value()).isEqualTo(Samples.order());
            });
        }
    }

    @Test
    void clientsReadWhatTheyWriteWithTheSameClassInTheirConfiguration() throws Exception {
        String topic = topics.create("articles", 1);
        Map<String, Object> config = client();
        config.put("key.serializer", AvroSerializer.class.getName());
        config.put("value.serializer", AvroSerializer.class.getName());
        config.put("key.deserializer", AvroDeserializer.class.getName());
        config.put("value.deserializer", AvroDeserializer.class.getName());
        config.put("key.avro.type", String.class.getName());
        config.put("value.avro.type", Article.class.getName());
        try (KafkaProducer<Object, Object> producer = new KafkaProducer<>(config)) {
            producer.send(new ProducerRecord<>(topic, "key", Article.sample())).get();
        }
        try (KafkaConsumer<Object, Object> consumer = new KafkaConsumer<>(config)) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            assertThat(consumer.poll(LIMIT)).singleElement().satisfies(record -> {
                assertThat(record.key()).isEqualTo("key");
                assertThat(record.value()).isInstanceOf(Article.class).hasFieldOrPropertyWithValue("pages", -300);
            });
        }
    }

    @Test
    void aValueWithoutASchemaIsRefusedBeforeItIsSent() {
        String topic = topics.create("refused", 1);
        try (var producer = new KafkaProducer<>(client(), new StringSerializer(), new AvroSerializer<>())) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, "k", List.of(Samples.CANARY))))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining(" as Avro: it has no schema of its own")
                    .satisfies(thrown -> assertThat(Samples.stackTrace(thrown)).doesNotContain(Samples.CANARY));
        }
        assertThat(topics.readAll(topic)).isEmpty();
    }

    @Test
    void aRecordThatCannotBeReadCanBeSkipped() throws Exception {
        String topic = topics.create("poison", 1);
        TopicPartition partition = new TopicPartition(topic, 0);
        byte[] good = new AvroSerializer<>().serialize(topic, Samples.order());
        try (var producer = new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (byte[] bytes : List.of(good, Samples.CANARY.getBytes(UTF_8), good)) {
                producer.send(new ProducerRecord<>(topic, bytes)).get();
            }
        }
        try (var consumer =
                new KafkaConsumer<>(client(), new StringDeserializer(), new AvroDeserializer<>(Order.class))) {
            consumer.assign(List.of(partition));
            assertThat(consumer.poll(LIMIT)).extracting(ConsumerRecord::value).containsExactly(Samples.order());
            RecordDeserializationException thrown =
                    catchThrowableOfType(RecordDeserializationException.class, () -> consumer.poll(LIMIT));
            assertThat(thrown).cause().hasMessageContaining("does not begin with the bytes C3 01");
            assertThat(Samples.stackTrace(thrown)).doesNotContain(Samples.CANARY);
            consumer.seek(partition, thrown.offset() + 1);
            assertThat(consumer.poll(LIMIT)).extracting(ConsumerRecord::value).containsExactly(Samples.order());
        }
    }

    private Map<String, Object> client() {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", broker.bootstrapServers());
        config.put("auto.offset.reset", "earliest");
        return config;
    }
}
