// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import static io.kurier.serializers.protobuf.Samples.CANARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.kurier.broker.LocalBroker;
import io.kurier.serializers.protobuf.test.Kinds;
import io.kurier.serializers.protobuf.test.Legacy;
import io.kurier.serializers.protobuf.test.Order;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.time.Duration;
import java.util.Arrays;
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
class ProtobufOnABrokerTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final LocalBroker broker;
    private final TestTopics topics;

    ProtobufOnABrokerTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    @Test
    void aRecordIsTheMessagesOwnBytesAndComesBack() throws Exception {
        String topic = topics.create("kinds", 1);
        try (var producer = new KafkaProducer<>(client(), new StringSerializer(), new ProtobufSerializer<Kinds>())) {
            producer.send(new ProducerRecord<>(topic, "k", Samples.kinds())).get();
        }

        assertThat(topics.readAll(topic)).singleElement().satisfies(record -> {
            assertThat(record.value()).isEqualTo(Samples.kinds().toByteArray());
            assertThat(record.headers()).isEmpty();
        });
        assertThat(topics.readAll(topic, new StringDeserializer(), new ProtobufDeserializer<>(Kinds.class)))
                .singleElement()
                .extracting(ConsumerRecord::value)
                .isEqualTo(Samples.kinds());
    }

    @Test
    void clientsThatMakeThemByClassNameConfigureKeysAndValuesSeparately() throws Exception {
        String topic = topics.create("by-name", 1);
        try (KafkaProducer<Message, Message> producer = new KafkaProducer<>(byName())) {
            producer.send(new ProducerRecord<>(topic, Samples.order(1), Samples.kinds()))
                    .get();
        }
        Map<String, Object> reading = byName();
        reading.put("protobuf.type", Kinds.class.getName());
        reading.put("key.protobuf.type", Order.class.getName());

        try (KafkaConsumer<Order, Kinds> consumer = new KafkaConsumer<>(reading)) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            assertThat(consumer.poll(LIMIT)).singleElement().satisfies(record -> {
                assertThat(record.key()).isEqualTo(Samples.order(1));
                assertThat(record.value()).isEqualTo(Samples.kinds());
            });
        }
    }

    @Test
    void aTopicHoldsTwoTypesThatTheHeaderTellsApart() throws Exception {
        String topic = topics.create("two-types", 1);
        Legacy legacy = Legacy.newBuilder().setId("l").setCount(1).build();
        try (var producer = new KafkaProducer<>(
                client(), new StringSerializer(), new ProtobufSerializer<Message>().withTypeHeader())) {
            producer.send(new ProducerRecord<>(topic, "k", Samples.order(1))).get();
            producer.send(new ProducerRecord<>(topic, "k", null)).get();
            producer.send(new ProducerRecord<>(topic, "k", legacy)).get();
        }

        var generated =
                new ProtobufDeserializer<Message>(List.of(Order.getDefaultInstance(), Legacy.getDefaultInstance()));
        assertThat(topics.readAll(topic, new StringDeserializer(), generated))
                .extracting(ConsumerRecord::value)
                .containsExactly(Samples.order(1), null, legacy);
        var dynamic = ProtobufDeserializer.dynamic(Order.getDescriptor(), Legacy.getDescriptor());
        assertThat(topics.readAll(topic, new StringDeserializer(), dynamic))
                .extracting(ConsumerRecord::value)
                .containsExactly(
                        DynamicMessage.newBuilder(Samples.order(1)).build(),
                        null,
                        DynamicMessage.newBuilder(legacy).build());
    }

    @Test
    void equalKeysMeetInOnePartitionInWhateverOrderTheirMapsWereFilled() throws Exception {
        String topic = topics.create("keys", 12);
        try (KafkaProducer<Message, Message> producer = new KafkaProducer<>(byName())) {
            for (boolean back : List.of(false, true)) {
                Kinds.Builder generated = Kinds.newBuilder();
                DynamicMessage.Builder dynamic = DynamicMessage.newBuilder(Kinds.getDescriptor());
                for (int i = 0; i < 20; i++) {
                    int number = back ? 19 - i : i;
                    Kinds entry = Kinds.newBuilder()
                            .putByName("n" + number, Samples.order(number))
                            .build();
                    generated.mergeFrom(entry);
                    dynamic.mergeFrom(DynamicMessage.newBuilder(entry).build());
                }
                producer.send(new ProducerRecord<>(topic, generated.build(), Samples.order(1)))
                        .get();
                producer.send(new ProducerRecord<>(topic, dynamic.build(), Samples.order(1)))
                        .get();
            }
        }

        assertThat(topics.readAll(topic))
                .hasSize(4)
                .extracting(ConsumerRecord::partition)
                .containsOnly(topics.readAll(topic).get(0).partition());
    }

    @Test
    void aMessageThatLacksRequiredFieldsIsRefusedBeforeItIsSent() {
        String topic = topics.create("refused", 1);
        try (KafkaProducer<Message, Message> producer = new KafkaProducer<>(byName())) {
            Legacy partial = Legacy.newBuilder().setId(CANARY).buildPartial();
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, Samples.order(1), partial)))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("lacks the required fields count")
                    .satisfies(thrown -> assertThat(Samples.stackTrace(thrown)).doesNotContain(CANARY));
        }
        assertThat(topics.readAll(topic)).isEmpty();
    }

    @Test
    void aRecordThatIsNoMessageNamesItsPlaceAndCanBeSkipped() throws Exception {
        String topic = topics.create("poison", 1);
        TopicPartition partition = new TopicPartition(topic, 0);
        byte[] whole = Order.newBuilder().setId(CANARY).build().toByteArray();
        byte[] poison = Arrays.copyOf(whole, whole.length - 1);
        try (var producer = new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (byte[] value : List.of(
                    Samples.order(1).toByteArray(), poison, Samples.order(2).toByteArray())) {
                producer.send(new ProducerRecord<>(topic, value)).get();
            }
        }

        try (var consumer =
                new KafkaConsumer<>(client(), new StringDeserializer(), new ProtobufDeserializer<>(Order.class))) {
            consumer.assign(List.of(partition));
            assertThat(consumer.poll(LIMIT)).extracting(ConsumerRecord::value).containsExactly(Samples.order(1));
            RecordDeserializationException thrown =
                    catchThrowableOfType(RecordDeserializationException.class, () -> consumer.poll(LIMIT));
            assertThat(thrown)
                    .isNotNull()
                    .cause()
                    .hasMessageStartingWith("cannot read the record as kurier.test.Order");
            assertThat(Samples.stackTrace(thrown)).doesNotContain(CANARY);
            consumer.seek(partition, thrown.offset() + 1);
            assertThat(consumer.poll(LIMIT)).extracting(ConsumerRecord::value).containsExactly(Samples.order(2));
        }
    }

    private Map<String, Object> client() {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", broker.bootstrapServers());
        config.put("auto.offset.reset", "earliest");
        return config;
    }

    /** The configuration of a client that makes all four by the names of their classes. */
    private Map<String, Object> byName() {
        Map<String, Object> config = client();
        config.put("key.serializer", ProtobufSerializer.class.getName());
        config.put("value.serializer", ProtobufSerializer.class.getName());
        config.put("key.deserializer", ProtobufDeserializer.class.getName());
        config.put("value.deserializer", ProtobufDeserializer.class.getName());
        return config;
    }
}
