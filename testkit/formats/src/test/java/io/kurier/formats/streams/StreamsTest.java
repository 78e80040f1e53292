// SPDX-License-Identifier: Apache-2.0
package io.kurier.formats.streams;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Int64Value;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.kurier.broker.LocalBroker;
import io.kurier.serializers.avro.AvroSerde;
import io.kurier.serializers.avro.AvroSerializer;
import io.kurier.serializers.json.JsonSerde;
import io.kurier.serializers.json.JsonSerializer;
import io.kurier.serializers.protobuf.ProtobufDeserializer;
import io.kurier.serializers.protobuf.ProtobufSerde;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topology on a real broker: its topics, a topic between two steps, and a store with its changelog. */
@WithKafka
class StreamsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Schema AMOUNT = new Schema.Parser().parse("""
                    {"type": "record", "name": "Amount", "fields": [{"name": "cents", "type": "long"}]}
                    """);

    /** What JSON holds. */
    record Order(String customer, long cents) {}

    @TempDir
    private Path folder;

    private final LocalBroker broker;
    private final TestTopics topics;

    StreamsTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    /** JSON orders become Avro amounts in a topic between two steps, and Protobuf totals in a store and a topic. */
    @Test
    void eachFormatIsTheSerdeOfATopicOrAStore() throws Exception {
        String orders = topics.create("orders", 2);
        String totals = topics.create("totals", 1);
        send(orders, new JsonSerializer<>(), new Order("ada", 100), new Order("bob", 5), new Order("ada", 11));

        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(orders, Consumed.with(Serdes.String(), new JsonSerde<>(Order.class)))
                .map((key, order) -> KeyValue.pair(order.customer(), amount(order.cents())))
                .groupByKey(Grouped.with("by-customer", Serdes.String(), AvroSerde.generic(AMOUNT)))
                .aggregate(
                        Int64Value::getDefaultInstance,
                        (customer, amount, sum) -> Int64Value.of(sum.getValue() + (Long) amount.get("cents")),
                        Materialized.<String, Int64Value>as(Stores.inMemoryKeyValueStore("sums"))
                                .withKeySerde(Serdes.String())
                                .withValueSerde(new ProtobufSerde<>(Int64Value.class))
                                .withCachingDisabled())
                .toStream()
                .to(totals, Produced.with(Serdes.String(), new ProtobufSerde<>(Int64Value.class)));

        try (KafkaStreams streams = new KafkaStreams(builder.build(), config("totals", Map.of()))) {
            streams.start();
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(topics.readAll(
                                    totals, new StringDeserializer(), new ProtobufDeserializer<>(Int64Value.class)))
                            .extracting(record -> record.key() + " "
                                    + requireNonNull(record.value()).getValue())
                            .containsExactlyInAnyOrder("ada 100", "ada 111", "bob 5"));
        }
    }

    /** Kafka Streams makes the serde by its class and configures it, and a record that it cannot read is skipped. */
    @Test
    void jsonIsTheDefaultSerde() throws Exception {
        assertCopied(
                JsonSerde.class,
                Map.of("json.type", Order.class.getName()),
                new JsonSerializer<>(),
                new Order("ada", 7),
                () -> new JsonSerde<>(Order.class));
    }

    @Test
    void avroIsTheDefaultSerde() throws Exception {
        Path schema = Files.writeString(folder.resolve("amount.avsc"), AMOUNT.toString());
        assertCopied(
                AvroSerde.class,
                Map.of("avro.schemas", schema.toString()),
                new AvroSerializer<>(),
                amount(7),
                () -> AvroSerde.generic(AMOUNT));
    }

    @Test
    void protobufIsTheDefaultSerde() throws Exception {
        assertCopied(
                ProtobufSerde.class,
                Map.of("protobuf.type", Struct.class.getName()),
                new ProtobufSerde<>(Struct.class).serializer(),
                Struct.newBuilder()
                        .putFields("a", Value.newBuilder().setNumberValue(1).build())
                        .build(),
                () -> new ProtobufSerde<>(Struct.class));
    }

    private <T> void assertCopied(
            Class<?> serde, Map<String, String> keys, Serializer<T> serializer, T value, Supplier<Serde<T>> reading)
            throws Exception {
        String from = topics.create("from", 1);
        String to = topics.create("to", 1);
        send(from, (topic, bytes) -> bytes, new byte[] {'x'});
        send(from, serializer, value, null);
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(from).to(to);
        Properties config = config(serde.getSimpleName(), keys);
        config.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, serde.getName());
        config.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                LogAndContinueExceptionHandler.class.getName());
        try (KafkaStreams streams = new KafkaStreams(builder.build(), config);
                Serde<T> read = reading.get()) {
            streams.start();
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(topics.readAll(to, new StringDeserializer(), read.deserializer()))
                            .extracting(ConsumerRecord::value)
                            .containsExactly(value, null));
        }
    }

    @SafeVarargs
    private <T> void send(String topic, Serializer<T> serializer, @Nullable T... values) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()), new StringSerializer(), serializer)) {
            for (@Nullable T value : values) {
                producer.send(new ProducerRecord<>(topic, "k", value)).get();
            }
        }
    }

    private Properties config(String application, Map<String, String> keys) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, application + "-" + System.nanoTime());
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        config.put(StreamsConfig.STATE_DIR_CONFIG, folder.resolve("state").toString());
        config.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class.getName());
        config.put("auto.offset.reset", "earliest");
        config.putAll(keys);
        return config;
    }

    private static GenericRecord amount(long cents) {
        return new GenericRecordBuilder(AMOUNT).set("cents", cents).build();
    }
}
