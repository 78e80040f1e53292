// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.TypeRef;
import io.kurier.broker.LocalBroker;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.RecordDeserializationException.DeserializationExceptionOrigin;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** In Kafka's own clients, on a real broker: what the serializers are called with there is Kafka's to decide. */
@WithKafka
class JsonOnABrokerTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** Stands for what must not be seen in a log. */
    private static final String CANARY = "CANARY7f3a";

    private final LocalBroker broker;
    private final TestTopics topics;

    JsonOnABrokerTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    @Test
    void aRecordComesBackWithAllItHas() throws Exception {
        String topic = topics.create("orders", 1);
        try (var producer = new KafkaProducer<>(client(), new StringSerializer(), new JsonSerializer<Order>())) {
            producer.send(new ProducerRecord<>(topic, "k", Order.sample())).get();
        }

        assertThat(topics.readAll(topic, new StringDeserializer(), new JsonDeserializer<>(Order.class)))
                .singleElement()
                .extracting(ConsumerRecord::value)
                .isEqualTo(Order.sample());
    }

    @Test
    void aGenericTypeKeepsTheTypeIdsOfItsElements() throws Exception {
        String topic = topics.create("animals", 1);
        TypeRef<List<Animal>> type = new TypeRef<>() {};
        List<Animal> animals = List.of(new Animal.Cat(9), new Animal.Dog("Rex"));
        try (var producer = new KafkaProducer<>(client(), new StringSerializer(), new JsonSerializer<>(type))) {
            producer.send(new ProducerRecord<>(topic, animals)).get();
        }

        assertThat(topics.readAll(topic, new StringDeserializer(), new JsonDeserializer<>(type)))
                .singleElement()
                .extracting(ConsumerRecord::value)
                .isEqualTo(animals);
    }

    @Test
    void clientsThatMakeThemByClassNameConfigureKeysAndValuesSeparately() throws Exception {
        String topic = topics.create("by-name", 1);
        Order.Item item = new Order.Item("a", 1);
        try (KafkaProducer<Object, Object> producer = new KafkaProducer<>(byName())) {
            producer.send(new ProducerRecord<>(topic, item, Order.sample())).get();
        }
        Map<String, Object> reading = byName();
        reading.put("json.type", Order.class.getName());
        reading.put("key.json.type", Order.Item.class.getName());

        try (KafkaConsumer<Object, Object> consumer = new KafkaConsumer<>(reading)) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            assertThat(consumer.poll(LIMIT)).singleElement().satisfies(record -> {
                assertThat(record.key()).isEqualTo(item);
                assertThat(record.value()).isEqualTo(Order.sample());
            });
        }
    }

    @Test
    void aConsumerThatNamesNoTypeGetsTrees() throws Exception {
        String topic = topics.create("trees", 1);
        try (KafkaProducer<Object, Object> producer = new KafkaProducer<>(byName())) {
            producer.send(new ProducerRecord<>(topic, 7, Map.of("a", List.of(1, 2))))
                    .get();
        }

        try (KafkaConsumer<JsonNode, JsonNode> consumer = new KafkaConsumer<>(byName())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            assertThat(consumer.poll(LIMIT)).singleElement().satisfies(record -> {
                assertThat(record.key().intValue()).isEqualTo(7);
                assertThat(record.value()).hasToString("{\"a\":[1,2]}");
            });
        }
    }

    @Test
    void equalKeysMeetInOnePartitionInWhateverOrderTheirMapsWereFilled() throws Exception {
        String topic = topics.create("keys", 12);
        Map<String, Integer> forth = new LinkedHashMap<>();
        Map<String, Integer> back = new LinkedHashMap<>();
        for (int i = 0; i < 4; i++) {
            forth.put("abcd".substring(i, i + 1), i);
            back.put("dcba".substring(i, i + 1), 3 - i);
        }
        try (KafkaProducer<Object, Object> producer = new KafkaProducer<>(byName())) {
            producer.send(new ProducerRecord<>(topic, forth, "forth")).get();
            producer.send(new ProducerRecord<>(topic, back, "back")).get();
        }

        List<ConsumerRecord<String, String>> records =
                topics.readAll(topic, new StringDeserializer(), new StringDeserializer());
        assertThat(records).extracting(ConsumerRecord::value).containsExactly("\"forth\"", "\"back\"");
        assertThat(records).extracting(ConsumerRecord::key).containsOnly("{\"a\":0,\"b\":1,\"c\":2,\"d\":3}");
        assertThat(records)
                .extracting(ConsumerRecord::partition)
                .containsOnly(records.get(0).partition());
    }

    @Test
    void aTombstoneStaysApartFromTheJsonNull() throws Exception {
        String topic = topics.create("tombstones", 1);
        try (KafkaProducer<Object, Object> producer = new KafkaProducer<>(byName())) {
            producer.send(new ProducerRecord<>(topic, "k", null)).get();
            producer.send(new ProducerRecord<>(topic, "k", JsonNodeFactory.instance.nullNode()))
                    .get();
            producer.send(new ProducerRecord<>(topic, null, "no key")).get();
        }

        assertThat(topics.readAll(topic, new StringDeserializer(), new StringDeserializer()))
                .extracting(ConsumerRecord::value)
                .containsExactly(null, "null", "\"no key\"");
        assertThat(topics.readAll(topic, new JsonDeserializer<>(String.class), new JsonDeserializer<JsonNode>()))
                .extracting(ConsumerRecord::key)
                .containsExactly("k", "k", null);
    }

    @Test
    void eightThreadsMayShareAProducer() throws Exception {
        String topic = topics.create("concurrent", 3);
        int threads = 8;
        int each = 250;
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (var producer = new KafkaProducer<>(
                client(), new StringSerializer(), new JsonSerializer<>(TypeRef.of(Order.Item.class)))) {
            Stream<Callable<Void>> work = IntStream.range(0, threads).mapToObj(thread -> () -> {
                start.await();
                List<Future<RecordMetadata>> acknowledgments = new ArrayList<>();
                for (int i = thread * each; i < (thread + 1) * each; i++) {
                    Order.Item item = new Order.Item("k" + i, i);
                    acknowledgments.add(producer.send(new ProducerRecord<>(topic, item.sku(), item)));
                }
                for (Future<RecordMetadata> acknowledgment : acknowledgments) {
                    acknowledgment.get();
                }
                return null;
            });
            for (Future<Void> thread : pool.invokeAll(work.toList())) {
                thread.get();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(topics.readAll(topic, new StringDeserializer(), new JsonDeserializer<>(Order.Item.class)))
                .allSatisfy(record -> assertThat(record.value().sku()).isEqualTo(record.key()))
                .extracting(record -> record.value().count())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, threads * each).boxed().toList());
    }

    @Test
    void aValueThatCannotBeWrittenIsRefusedBeforeItIsSent() {
        String topic = topics.create("refused", 1);
        try (KafkaProducer<Object, Object> producer = new KafkaProducer<>(byName())) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, "k", Map.of(CANARY, new Object()))))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("as JSON at $.*: Jackson finds no way to write the type java.lang.Object")
                    .satisfies(thrown -> assertThat(stackTrace(thrown)).doesNotContain(CANARY));
        }
        assertThat(topics.readAll(topic)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"sku\":\"" + CANARY + "\",\"count\":\"" + CANARY
                        + "\"} | at $.count (line 1, column 29): the value is not",
                "{\"sku\":\"" + CANARY + " | line 1, column",
                CANARY + " | not well-formed JSON",
                "~~ | the bytes are empty or blank",
                "{\"sku\":\"" + CANARY + "\"} {} | a second JSON text begins at line 1, column 22",
            })
    void aRecordThatDoesNotFitNamesItsPlaceAndCanBeSkipped(String poison, String reason) throws Exception {
        String topic = topics.create("poison", 2);
        TopicPartition partition = new TopicPartition(topic, 1);
        try (var producer = new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String json : List.of("{\"sku\":\"a\",\"count\":1}", poison, "{\"sku\":\"b\",\"count\":2}")) {
                producer.send(new ProducerRecord<>(topic, partition.partition(), null, json.getBytes(UTF_8)))
                        .get();
            }
        }

        try (var consumer =
                new KafkaConsumer<>(client(), new StringDeserializer(), new JsonDeserializer<>(Order.Item.class))) {
            consumer.assign(List.of(partition));
            assertThat(consumer.poll(LIMIT)).extracting(ConsumerRecord::value).containsExactly(new Order.Item("a", 1));

            RecordDeserializationException thrown =
                    catchThrowableOfType(RecordDeserializationException.class, () -> consumer.poll(LIMIT));
            assertThat(thrown)
                    .isNotNull()
                    .hasMessageContaining(partition.toString())
                    .hasMessageContaining("offset 1")
                    .cause()
                    .hasMessageStartingWith("cannot read JSON as " + Order.Item.class.getName())
                    .hasMessageContaining(reason);
            assertThat(thrown.topicPartition()).isEqualTo(partition);
            assertThat(thrown.offset()).isEqualTo(1);
            assertThat(thrown.origin()).isEqualTo(DeserializationExceptionOrigin.VALUE);
            assertThat(stackTrace(thrown)).doesNotContain(CANARY);

            consumer.seek(partition, thrown.offset() + 1);
            assertThat(consumer.poll(LIMIT)).extracting(ConsumerRecord::value).containsExactly(new Order.Item("b", 2));
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
        config.put("key.serializer", JsonSerializer.class.getName());
        config.put("value.serializer", JsonSerializer.class.getName());
        config.put("key.deserializer", JsonDeserializer.class.getName());
        config.put("value.deserializer", JsonDeserializer.class.getName());
        return config;
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
