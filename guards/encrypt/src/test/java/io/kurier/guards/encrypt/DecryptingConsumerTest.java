// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import io.kurier.guards.encrypt.DecryptionException.Part;
import io.kurier.guards.internal.KeyKind;
import io.kurier.guards.internal.KeysetFile;
import io.kurier.serializers.media.Blob;
import io.kurier.serializers.media.BlobStore;
import io.kurier.serializers.media.MediaDeserializer;
import io.kurier.serializers.media.MediaPart;
import io.kurier.serializers.media.MediaReader;
import io.kurier.serializers.media.ReceivedBlob;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads encrypted topics by Kafka's own consumer. */
@WithKafka
final class DecryptingConsumerTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);
    private static final Topic<String, Blob> FILMS = Topic.of("orders", String.class, Blob.class);
    private static final Duration POLL = Duration.ofMillis(200);

    @TempDir
    private Path folder;

    private final LocalBroker broker;
    private final TestTopics topics;
    private String file = "";

    DecryptingConsumerTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    @BeforeEach
    void generate() throws Exception {
        KeysetFile keyset = new KeysetFile(folder.resolve("keys.json"));
        keyset.generate(KeyKind.ENCRYPTION);
        file = keyset.path().toString();
    }

    private Map<String, String> publisher(String topic, String values) {
        return Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "topics",
                "orders",
                "topics.orders.name",
                topic,
                "topics.orders.key.serializer",
                "text",
                "topics.orders.value.serializer",
                values,
                "topics.orders.record.id",
                "true",
                "topics.orders.guards",
                "encrypt",
                "topics.orders.guard.encrypt.key.source.file",
                file);
    }

    private Map<String, Object> consumer() {
        Map<String, Object> keys = new HashMap<>();
        keys.put("bootstrap.servers", broker.bootstrapServers());
        keys.put("auto.offset.reset", "earliest");
        keys.put("key.deserializer", DecryptingKeyDeserializer.class.getName());
        keys.put("encrypt.key.deserializer", StringDeserializer.class.getName());
        keys.put("value.deserializer", DecryptingDeserializer.class);
        keys.put("encrypt.value.deserializer", StringDeserializer.class);
        keys.put("encrypt.key.source.file", file);
        return keys;
    }

    private static List<ConsumerRecord<String, String>> read(KafkaConsumer<String, String> consumer, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).values().iterator().next();
        List<ConsumerRecord<String, String>> all = new ArrayList<>();
        while (consumer.position(partition) < end) {
            consumer.poll(POLL).forEach(all::add);
        }
        return all;
    }

    @Test
    void readsByClassNamesInItsConfiguration() throws Exception {
        String topic = topics.create("orders", 1);
        try (Publisher publisher = Kurier.start(publisher(topic, "text"), ORDERS)) {
            publisher.publish(ORDERS, "k", "a").join();
            publisher.publish(ORDERS, null, "without a key").join();
            publisher.publish(ORDERS, "", "an empty key").join();
            publisher.publish(ORDERS, "k", null).join();
        }
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(consumer())) {
            assertThat(read(consumer, topic))
                    .extracting(ConsumerRecord::value)
                    .containsExactly("a", "without a key", "an empty key", null);
        }
    }

    @Test
    void refusesARecordWhoseKeyWasChanged() throws Exception {
        String topic = topics.create("orders", 1);
        try (Publisher publisher = Kurier.start(publisher(topic, "text"), ORDERS)) {
            publisher.publish(ORDERS, "k", "a").join();
            publisher.publish(ORDERS, null, "b").join();
        }
        List<ConsumerRecord<byte[], byte[]>> stored = topics.readAll(topic);
        String tampered = topics.create("tampered", 1);
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<byte[], byte[]>(
                            tampered,
                            0,
                            (byte[]) null,
                            stored.get(0).value(),
                            stored.get(0).headers()))
                    .get();
        }
        Map<String, Object> keys = consumer();
        keys.put("encrypt.topic", topic);
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(keys)) {
            RecordDeserializationException refused =
                    catchThrowableOfType(RecordDeserializationException.class, () -> read(consumer, tampered));
            assertThat(refused.getCause())
                    .isInstanceOfSatisfying(
                            DecryptionException.class, e -> assertThat(e.part()).isEqualTo(Part.KEY));
        }
    }

    @Test
    void refusesToReadValuesBesideAnotherKeyDeserializer() {
        Map<String, Object> keys = consumer();
        keys.put("key.deserializer", StringDeserializer.class.getName());
        assertThatThrownBy(() -> new KafkaConsumer<>(keys).close())
                .isInstanceOf(KafkaException.class)
                .rootCause()
                .hasMessageContaining("values are bound to their keys, so keys have to be read by "
                        + DecryptingKeyDeserializer.class.getName());
    }

    @Test
    void neverWritesPlainTextByItsSerdes() {
        var decrypting = DecryptingDeserializers.of(
                Map.of("encrypt.key.source.file", file), new StringDeserializer(), new StringDeserializer());
        try (Serde<String> serde = decrypting.valueSerde()) {
            assertThatThrownBy(() -> serde.serializer().serialize("out", "secret"))
                    .isInstanceOf(SerializationException.class)
                    .hasMessage("this serde only reads encrypted records, and would write plain text to out. Name"
                            + " another serde for what is written");
            assertThatThrownBy(() -> serde.deserializer().deserialize("store", new byte[1]))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("Use a serde of plain text there");
        }
    }

    @Test
    void bindsTheChunksOfABlobToTheirPlaces() throws Exception {
        String topic = topics.create("films", 1);
        byte[] film = new byte[3_000_000];
        new Random(23).nextBytes(film);
        try (Publisher publisher = Kurier.start(publisher(topic, "media"), FILMS)) {
            publisher.publish(FILMS, "film", Blob.of(film)).join();
        }
        var decrypting = DecryptingDeserializers.of(
                Map.of("encrypt.key.source.file", file), new StringDeserializer(), new MediaDeserializer());
        List<ReceivedBlob<String>> blobs = new ArrayList<>();
        try (MediaReader<String> reader = new MediaReader<>(BlobStore.digestOnly(), undelivered -> {})) {
            for (ConsumerRecord<String, MediaPart> record :
                    topics.readAll(topic, decrypting.keys(), decrypting.values())) {
                reader.read(record).ifPresent(blobs::add);
            }
        }
        assertThat(blobs).singleElement().satisfies(blob -> {
            assertThat(blob.chunks()).isEqualTo(4);
            assertThat(blob.sha256())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(film)));
        });

        List<ConsumerRecord<byte[], byte[]>> stored = topics.readAll(topic);
        try (RecordDecryptor decryptor = new RecordDecryptor(Map.of("encrypt.key.source.file", file))) {
            IntStream.range(0, stored.size()).forEach(i -> {
                ConsumerRecord<byte[], byte[]> place = stored.get(i);
                ConsumerRecord<byte[], byte[]> other = stored.get((i + 1) % stored.size());
                assertThatThrownBy(() -> decryptor.value(topic, place.key(), place.headers(), other.value()))
                        .isInstanceOfSatisfying(
                                DecryptionException.class,
                                e -> assertThat(e.part()).isEqualTo(Part.RECORD));
            });
        }
    }
}
