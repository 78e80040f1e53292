// SPDX-License-Identifier: Apache-2.0
package io.kurier.formats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Type;
import io.kurier.Message;
import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.testkit.FakeKafka;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitioners that look at values and headers, in a publisher with each format. */
class PartitionByContentTest {
    private static final Topic<String, Order> JSON = Topic.of("orders", String.class, Order.class);
    private static final Topic<String, GenericRecord> AVRO = Topic.of("orders", String.class, GenericRecord.class);
    private static final Topic<String, Type> PROTOBUF = Topic.of("orders", String.class, Type.class);
    private static final Topic<String, String> TEXT = Topic.of("orders", String.class, String.class);

    private final FakeKafka kafka = new FakeKafka();

    /** A value with the field. */
    public record Order(double total, String name) {}

    @ParameterizedTest
    @ValueSource(strings = {"kafka", "", "äöü", "键", "1468509572224"})
    void theSameTextHasTheSamePartitionInAllFormatsAndInAKey(String name) throws IOException {
        GenericRecord avro = new GenericData.Record(schema());
        avro.put("total", 1.5);
        avro.put("name", name);
        publish("json", JSON, new Order(1.5, name));
        publish("json3", JSON, new Order(1.5, name));
        publish("avro", AVRO, avro);
        publish("protobuf", PROTOBUF, Type.newBuilder().setName(name).build());
        try (Publisher publisher = kafka.start(config("text", Map.of("partitioner", "murmur2")), TEXT)) {
            publisher.publish(TEXT, name, "v").join();
        }

        Set<Integer> partitions = new TreeSet<>();
        List<ConsumerRecord<byte[], byte[]>> records = kafka.records("orders");
        records.forEach(record -> partitions.add(record.partition()));
        assertThat(records).hasSize(5);
        assertThat(partitions).hasSize(1);
    }

    private static Schema schema() throws IOException {
        try (InputStream file = PartitionByContentTest.class.getResourceAsStream("/order-of-partitions.avsc")) {
            return new Schema.Parser().parse(requireNonNull(file));
        }
    }

    private <V> void publish(String format, Topic<String, V> topic, V value) {
        Map<String, String> keys = new HashMap<>(Map.of("partitioner", "field", "partitioner.field", "name"));
        if (format.equals("avro")) {
            keys.put("value.serializer.framing", "none");
            keys.put("value.serializer.schema", "classpath:order-of-partitions.avsc");
        }
        try (Publisher publisher = kafka.start(config(format, keys), topic)) {
            publisher.publish(topic, "key", value).join();
        }
    }

    @Test
    void aFieldThatTheSchemaDoesNotHaveStopsTheStart() {
        Map<String, String> keys = Map.of("partitioner", "field", "partitioner.field", "nane");
        assertThatThrownBy(() -> kafka.start(config("protobuf", keys), PROTOBUF).close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("topics.orders.partitioner")
                .hasMessageContaining("Did you mean name?");
    }

    @Test
    void aFormatWithoutFieldsStopsTheStart() {
        Map<String, String> keys = Map.of("partitioner", "field", "partitioner.field", "name");
        assertThatThrownBy(() -> kafka.start(config("text", keys), TEXT).close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("values by text have no fields, and so no field name");
    }

    @Test
    void aValueWithoutTheFieldIsRejected() {
        Map<String, String> keys = Map.of("partitioner", "field", "partitioner.field", "customer");
        try (Publisher publisher = kafka.start(config("json", keys), JSON)) {
            assertThatThrownBy(() -> publisher
                            .publish(JSON, "key", new Order(1.5, "secret"))
                            .join())
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining("PARTITION, REJECTED")
                    .hasMessageContaining("the value has no field customer")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void aHeaderChoosesThePartition() {
        Map<String, String> keys =
                Map.of("partitioner", "header", "partitioner.header", "shard", "partitioner.as", "partition");
        try (Publisher publisher = kafka.start(config("text", keys), TEXT)) {
            publisher
                    .publish(Message.of(TEXT, "key", "v").withHeader("shard", "7"))
                    .join();
            assertThatThrownBy(() -> publisher
                            .publish(Message.of(TEXT, "key", "v").withHeader("shard", "12"))
                            .join())
                    .hasMessageContaining("the partitioner chose partition 12, and orders has 12");
        }
        assertThat(kafka.records("orders"))
                .singleElement()
                .satisfies(record -> assertThat(record.partition()).isEqualTo(7));
    }

    @Test
    void theRecordsOfAHotKeySaySoAndKeepTheirOwnHeaders() {
        Map<String, String> keys = Map.of("partitioner", "spread", "partitioner.window.records", "1000");
        try (Publisher publisher = kafka.start(config("text", keys), TEXT)) {
            for (int i = 0; i < 20_000; i++) {
                publisher.publish(
                        Message.of(TEXT, i % 2 == 0 ? "hot" : "key-" + i, "v").withHeader("trace", "a"));
            }
            publisher.flush().join();
        }
        List<ConsumerRecord<byte[], byte[]>> spread = kafka.records("orders").stream()
                .filter(record -> record.headers().lastHeader("partition.spread") != null)
                .toList();
        assertThat(spread).hasSizeGreaterThan(1_000).allSatisfy(record -> {
            assertThat(record.key()).isEqualTo("hot".getBytes(UTF_8));
            assertThat(record.headers())
                    .extracting(header -> header.key())
                    .containsExactly("trace", "partition.spread");
        });
        Set<Integer> partitions = new TreeSet<>();
        spread.forEach(record -> partitions.add(record.partition()));
        assertThat(partitions).hasSize(4);
    }

    private static Map<String, String> config(String format, Map<String, String> keys) {
        Map<String, String> config = new HashMap<>();
        config.put("topics.orders.value.serializer", format);
        config.put("topics.orders.partitions", "12");
        keys.forEach((key, value) -> config.put("topics.orders." + key, value));
        return config;
    }
}
