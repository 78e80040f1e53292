// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import io.kurier.serializers.avro.AvroDeserializer;
import io.kurier.serializers.json.JsonDeserializer;
import io.kurier.serializers.media.Blob;
import io.kurier.serializers.media.BlobStore;
import io.kurier.serializers.media.MediaDeserializer;
import io.kurier.serializers.media.MediaPart;
import io.kurier.serializers.media.MediaReader;
import io.kurier.serializers.media.ReceivedBlob;
import io.kurier.serializers.protobuf.ProtobufDeserializer;
import io.kurier.serializers.text.TextDeserializer;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All formats through one publisher, each read back as its type by a plain {@code KafkaConsumer}. */
@WithKafka
class FiveFormatsTest {
    private record Order(String id, BigDecimal total, List<String> items) {}

    private static final Schema READING = SchemaBuilder.record("Reading")
            .namespace("com.example")
            .fields()
            .requiredString("truck")
            .requiredDouble("celsius")
            .endRecord();

    private static final Topic<String, String> NOTES = Topic.of("notes", String.class, String.class);
    private static final Topic<String, Order> ORDERS = Topic.of("orders", String.class, Order.class);
    private static final Topic<String, GenericRecord> READINGS =
            Topic.of("readings", String.class, GenericRecord.class);
    private static final Topic<String, Timestamp> TIMES = Topic.of("times", String.class, Timestamp.class);
    private static final Topic<String, Blob> FILMS = Topic.of("films", String.class, Blob.class);

    private final Map<String, String> config = new HashMap<>();
    private final Map<Topic<?, ?>, String> names = new HashMap<>();
    private final TestTopics topics;

    FiveFormatsTest(LocalBroker broker, TestTopics topics) {
        this.topics = topics;
        config.put("bootstrap.servers", broker.bootstrapServers());
        config.put("topics.management", "create");
        declare(NOTES, "text");
        declare(ORDERS, "json");
        declare(READINGS, "avro");
        declare(TIMES, "protobuf");
        declare(FILMS, "media");
    }

    private void declare(Topic<?, ?> topic, String serializer) {
        String name = topics.unusedName(topic.alias());
        names.put(topic, name);
        config.put("topics." + topic + ".name", name);
        config.put("topics." + topic + ".value.serializer", serializer);
    }

    @Test
    void goThroughOnePublisherAndComeBackAsTheirTypes(@TempDir Path folder) throws Exception {
        String note = "Grüße aus 東京";
        Order order = new Order("O-1", new BigDecimal("19.90"), List.of("tea", "cup"));
        GenericRecord reading = new GenericRecordBuilder(READING)
                .set("truck", "truck-7")
                .set("celsius", 3.5)
                .build();
        Timestamp time = Timestamp.newBuilder().setSeconds(1_795_305_600).build();
        byte[] film = new byte[3_000_000];
        new Random(1).nextBytes(film);

        try (Publisher publisher = Kurier.start(config, NOTES, ORDERS, READINGS, TIMES, FILMS)) {
            List<CompletableFuture<Receipt>> receipts = List.of(
                    publisher.publish(NOTES, "k", note),
                    publisher.publish(ORDERS, "k", order),
                    publisher.publish(READINGS, "k", reading),
                    publisher.publish(TIMES, "k", time),
                    publisher.publish(FILMS, "k", Blob.of(film).named("film.mp4")));
            assertThat(receipts).map(receipt -> receipt.join().records()).containsExactly(1, 1, 1, 1, 5);
        }

        assertThat(read(NOTES, new TextDeserializer())).containsExactly(note);
        assertThat(read(ORDERS, new JsonDeserializer<>(Order.class))).containsExactly(order);
        assertThat(read(READINGS, AvroDeserializer.generic(READING))).containsExactly(reading);
        assertThat(read(TIMES, new ProtobufDeserializer<>(Timestamp.class))).containsExactly(time);
        List<ReceivedBlob<Path>> films = films(folder);
        assertThat(films).singleElement().satisfies(received -> {
            assertThat(received.name()).contains("film.mp4");
            assertThat(received.contentType()).contains("video/mp4");
            assertThat(received.chunks()).isEqualTo(4);
            assertThat(received.content()).hasBinaryContent(film);
        });
    }

    private <V> List<V> read(Topic<String, V> topic, Deserializer<V> values) {
        return records(topic, values).stream().map(ConsumerRecord::value).toList();
    }

    private List<ReceivedBlob<Path>> films(Path folder) throws Exception {
        List<ReceivedBlob<Path>> whole = new ArrayList<>();
        List<Object> undelivered = new ArrayList<>();
        try (MediaReader<Path> reader = new MediaReader<>(BlobStore.inFolder(folder), undelivered::add)) {
            for (ConsumerRecord<String, MediaPart> record : records(FILMS, new MediaDeserializer())) {
                reader.read(record).ifPresent(whole::add);
            }
        }
        assertThat(undelivered).isEmpty();
        return whole;
    }

    private <V> List<ConsumerRecord<String, V>> records(Topic<?, ?> topic, Deserializer<V> values) {
        return topics.readAll(names.getOrDefault(topic, topic.alias()), new TextDeserializer(), values);
    }
}
