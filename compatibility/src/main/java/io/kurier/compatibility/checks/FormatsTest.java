// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.kurier.CloseReport;
import io.kurier.Message;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every format arrives as it was published, with key, headers and tombstones, through each of the partitioners. */
class FormatsTest {
    private static final int MESSAGES = 30;

    /** A value of the format JSON. */
    record Order(String id, double total, List<String> items) {}

    @ParameterizedTest
    @ValueSource(strings = {"murmur2", "round-robin"})
    void text(String partitioner) {
        publishAndRead("text", partitioner, String.class, i -> "Grüße " + i, new TextDeserializer());
    }

    @ParameterizedTest
    @ValueSource(strings = {"murmur2", "round-robin"})
    void json(String partitioner) {
        publishAndRead(
                "json",
                partitioner,
                Order.class,
                i -> new Order("o" + i, i / 4.0, List.of("a", "b" + i)),
                new JsonDeserializer<>(Order.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"murmur2", "round-robin"})
    void avro(String partitioner) {
        Schema schema = SchemaBuilder.record("Reading")
                .namespace("io.kurier.compatibility")
                .fields()
                .requiredString("truck")
                .requiredDouble("celsius")
                .endRecord();
        publishAndRead(
                "avro",
                partitioner,
                GenericRecord.class,
                i -> new GenericRecordBuilder(schema)
                        .set("truck", "truck-" + i)
                        .set("celsius", i / 2.0)
                        .build(),
                AvroDeserializer.generic(schema));
    }

    @ParameterizedTest
    @ValueSource(strings = {"murmur2", "round-robin"})
    void protobuf(String partitioner) {
        publishAndRead(
                "protobuf",
                partitioner,
                Timestamp.class,
                i -> Timestamp.newBuilder().setSeconds(i).setNanos(7).build(),
                new ProtobufDeserializer<>(Timestamp.class));
    }

    private static <V> void publishAndRead(
            String format, String partitioner, Class<V> type, IntFunction<V> values, Deserializer<V> deserializer) {
        Topic<String, V> topic = Topic.of("format-" + format, String.class, type);
        Map<String, String> config = config(topic, format, partitioner);
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        CloseReport report;
        try (Publisher publisher = Cluster.start(config, topic)) {
            for (int i = 0; i < MESSAGES; i++) {
                Message<String, V> message =
                        Message.of(topic, "k" + i, values.apply(i)).withHeader("number", String.valueOf(i));
                receipts.add(i % 2 == 0 ? publisher.publish(message) : publisher.tryPublish(message));
            }
            receipts.add(publisher.publish(Message.of(topic, "k0", null)));
            receipts.forEach(CompletableFuture::join);
            report = publisher.close(Duration.ofSeconds(30));
        }
        assertThat(report).isEqualTo(new CloseReport(MESSAGES + 1, MESSAGES + 1, 0, 0, 0));

        List<ConsumerRecord<String, V>> records =
                Cluster.records(Cluster.name(config, topic), new TextDeserializer(), deserializer);
        assertThat(records).hasSize(MESSAGES + 1);
        assertThat(records).extracting(ConsumerRecord::partition).contains(0, 1, 2);
        for (int i = 0; i < MESSAGES; i++) {
            Receipt receipt = receipts.get(i).join();
            ConsumerRecord<String, V> record = at(records, receipt);
            assertThat(record.key()).isEqualTo("k" + i);
            assertThat(record.value()).isEqualTo(values.apply(i));
            assertThat(record.timestamp()).isEqualTo(receipt.timestamp());
            assertThat(new String(record.headers().lastHeader("number").value(), StandardCharsets.UTF_8))
                    .isEqualTo(String.valueOf(i));
        }
        ConsumerRecord<String, V> tombstone = at(records, receipts.get(MESSAGES).join());
        assertThat(tombstone.key()).isEqualTo("k0");
        assertThat(tombstone.value()).isNull();
    }

    private static <V> ConsumerRecord<String, V> at(List<ConsumerRecord<String, V>> records, Receipt receipt) {
        return records.stream()
                .filter(record -> record.partition() == receipt.partition() && record.offset() == receipt.offset())
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> config(Topic<?, ?> topic, String format, String partitioner) {
        Map<String, String> config = Cluster.config(topic);
        config.put("topics." + topic.alias() + ".value.serializer", format);
        config.put("topics." + topic.alias() + ".partitioner", partitioner);
        config.put("topics." + topic.alias() + ".partitions", "3");
        return config;
    }

    @ParameterizedTest
    @ValueSource(strings = {"murmur2", "round-robin"})
    void media(String partitioner, @TempDir Path inbox) throws IOException {
        Topic<String, Blob> topic = Topic.of("format-media", String.class, Blob.class);
        Map<String, String> config = config(topic, "media", partitioner);
        config.put("topics." + topic.alias() + ".value.serializer.chunk.bytes", "10000");
        byte[] content = new byte[45_000];
        new Random(7).nextBytes(content);
        try (Publisher publisher = Cluster.start(config, topic)) {
            Receipt receipt = publisher
                    .publish(
                            topic,
                            "film",
                            Blob.of(new ByteArrayInputStream(content)).named("film.bin"))
                    .join();
            assertThat(receipt.records()).as("five chunks and a manifest").isEqualTo(6);
        }

        List<ReceivedBlob<Path>> blobs = new ArrayList<>();
        try (MediaReader<Path> reader = new MediaReader<>(BlobStore.inFolder(inbox), lost -> {
            throw new AssertionError(lost);
        })) {
            for (ConsumerRecord<String, MediaPart> record :
                    Cluster.records(Cluster.name(config, topic), new TextDeserializer(), new MediaDeserializer())) {
                reader.read(record).ifPresent(blobs::add);
            }
        }
        assertThat(blobs).hasSize(1);
        assertThat(blobs.get(0).name()).contains("film.bin");
        assertThat(Files.readAllBytes(blobs.get(0).content())).isEqualTo(content);
    }
}
