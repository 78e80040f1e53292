// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import static io.kurier.serializers.media.BlobChunksTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.CloseReport;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import io.kurier.spi.RecordSequence;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Through Kafka's own clients and a publisher, on a real broker. */
@WithKafka
class MediaOnABrokerTest {

    @TempDir
    Path folder;

    private final LocalBroker broker;
    private final TestTopics topics;
    private final List<UndeliveredBlob> undelivered = new ArrayList<>();

    MediaOnABrokerTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    @Test
    void aPlainProducerSendsTheRecordsOfASequenceToOnePartition() throws Exception {
        String topic = topics.create("films", 3);
        byte[] film = bytes(5_000_000);
        MediaSerializer<Blob> serializer = new MediaSerializer<>();
        try (var producer = new KafkaProducer<>(client(), new StringSerializer(), new ByteArraySerializer());
                RecordSequence records = serializer.sequence(topic, new RecordHeaders(), Blob.of(film))) {
            List<Future<?>> sent = new ArrayList<>();
            Headers headers = new RecordHeaders();
            for (byte[] value = records.next(headers); value != null; value = records.next(headers)) {
                sent.add(producer.send(new ProducerRecord<>(topic, 2, "k", value, headers)));
                headers = new RecordHeaders();
            }
            for (Future<?> each : sent) {
                each.get();
            }
        }

        assertThat(consume(topic, 3)).singleElement().satisfies(blob -> {
            assertThat(Files.mismatch(blob.content(), Files.write(folder.resolve("sent"), film)))
                    .isEqualTo(-1);
            assertThat(blob.chunks()).isEqualTo(6);
            assertThat(blob.partition()).isEqualTo(2);
        });
    }

    @Test
    void aPlainProducerSendsASmallBlobByItself() throws Exception {
        String topic = topics.create("pictures", 1);
        try (var producer = new KafkaProducer<>(client(), new StringSerializer(), new MediaSerializer<Blob>())) {
            producer.send(new ProducerRecord<>(topic, "k", Blob.of(bytes(10)).named("a.png")))
                    .get();
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, "k", Blob.of(bytes(1_000_000)))))
                    .hasMessageContaining("needs several records");
        }
        assertThat(consume(topic, 1)).singleElement().satisfies(blob -> {
            assertThat(blob.name()).contains("a.png");
            assertThat(blob.contentType()).contains("image/png");
            assertThat(Files.readAllBytes(blob.content())).isEqualTo(bytes(10));
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPublisherKeepsAllRecordsOfABlobInOnePartition(boolean keyed) throws Exception {
        String name = topics.create("published", 3);
        Topic<String, Blob> topic = Topic.of("blobs", String.class, Blob.class);
        List<byte[]> sent = new ArrayList<>();
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        try (Publisher publisher = Kurier.start(publisher(name), topic)) {
            for (int i = 0; i < 12; i++) {
                byte[] content = bytes(i * 7_000);
                sent.add(content);
                receipts.add(publisher.publish(
                        topic, keyed ? "key " + i : null, Blob.of(content).named("" + i)));
            }
            for (CompletableFuture<Receipt> receipt : receipts) {
                assertThat(receipt.join().hasOffset()).isTrue();
            }
        }

        List<ReceivedBlob<Path>> received = consume(name, 3);
        assertThat(received).hasSize(12);
        for (ReceivedBlob<Path> blob : received) {
            int i = Integer.parseInt(blob.name().orElseThrow());
            Receipt receipt = receipts.get(i).join();
            assertThat(Files.readAllBytes(blob.content())).isEqualTo(sent.get(i));
            assertThat(blob.partition()).isEqualTo(receipt.partition());
            assertThat(blob.offset()).isEqualTo(receipt.offset());
        }
        if (keyed) {
            assertThat(received).extracting(ReceivedBlob::partition).contains(0, 1, 2);
        }
        assertThat(topics.readAll(name))
                .hasSize(receipts.stream().mapToInt(r -> r.join().records()).sum());
    }

    @Test
    void aPublisherThatFailsHalfWaySaysSoAndReadersDropTheHalf() throws Exception {
        String name = topics.create("broken", 1);
        Topic<String, Blob> topic = Topic.of("blobs", String.class, Blob.class);
        try (Publisher publisher = Kurier.start(publisher(name), topic)) {
            assertThatThrownBy(publisher.publish(topic, "k", Blob.of(Sent.failing(bytes(20_000))))::join)
                    .hasMessageContaining("the cable is out")
                    .cause()
                    .isInstanceOfSatisfying(
                            PublishException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.NOT_STORED));
            assertThat(publisher
                            .publish(topic, "k", Blob.of(bytes(20_000)))
                            .join()
                            .records())
                    .isEqualTo(4);
        }
        assertThat(consume(name, 1))
                .singleElement()
                .satisfies(blob -> assertThat(blob.size()).isEqualTo(20_000));
        assertThat(topics.readAll(name)).hasSizeGreaterThan(4);
        assertThat(undelivered).isEmpty();
    }

    @Test
    @Timeout(60)
    void aPublisherThatClosesHalfWayOfAStreamEndsItAndItsReportAddsUp() throws Exception {
        String name = topics.create("closed", 1);
        Topic<String, Blob> topic = Topic.of("blobs", String.class, Blob.class);
        CountDownLatch halfWay = new CountDownLatch(200);
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                halfWay.countDown();
                return length;
            }
        };
        CompletableFuture<CompletableFuture<Receipt>> answer = new CompletableFuture<>();
        Publisher publisher = Kurier.start(publisher(name), topic);
        Thread caller = new Thread(() -> answer.complete(publisher.publish(topic, "k", Blob.of(endless))));
        caller.start();
        halfWay.await();

        assertThat(publisher.close(Duration.ofSeconds(30))).isEqualTo(new CloseReport(1, 0, 0, 1, 0));
        caller.join();
        assertThatThrownBy(answer.join()::join)
                .hasMessageContaining("of which readers make no value")
                .hasMessageContaining("the publisher is closed");
        assertThat(consume(name, 1)).isEmpty();
        assertThat(topics.readAll(name)).isNotEmpty();
        assertThat(undelivered).isEmpty();
    }

    @Test
    void aConsumerThatBeginsInTheMiddleGetsTheNextBlob() throws Exception {
        String name = topics.create("middle", 1);
        Topic<String, Blob> topic = Topic.of("blobs", String.class, Blob.class);
        try (Publisher publisher = Kurier.start(publisher(name), topic)) {
            publisher.publish(topic, null, Blob.of(bytes(30_000))).join();
            publisher.publish(topic, null, Blob.of(bytes(30_001)).named("next")).join();
        }
        assertThat(consume(name, 1, 2L))
                .singleElement()
                .satisfies(blob -> assertThat(blob.name()).contains("next"));
        assertThat(undelivered).extracting(UndeliveredBlob::reason).containsExactly(UndeliveredBlob.Reason.NO_START);
    }

    private List<ReceivedBlob<Path>> consume(String topic, int partitions) throws IOException {
        return consume(topic, partitions, 0L);
    }

    /** Reads all partitions from an offset to their ends as an application would. */
    private List<ReceivedBlob<Path>> consume(String topic, int partitions, long from) throws IOException {
        List<ReceivedBlob<Path>> received = new ArrayList<>();
        List<TopicPartition> all = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            all.add(new TopicPartition(topic, i));
        }
        try (var consumer = new KafkaConsumer<>(client(), new StringDeserializer(), new MediaDeserializer());
                MediaReader<Path> reader =
                        new MediaReader<>(BlobStore.inFolder(folder.resolve("received")), undelivered::add)) {
            consumer.assign(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            all.forEach(partition -> consumer.seek(partition, Math.min(from, ends.getOrDefault(partition, 0L))));
            while (all.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                for (ConsumerRecord<String, MediaPart> record : consumer.poll(Duration.ofSeconds(30))) {
                    reader.read(record).ifPresent(received::add);
                }
                consumer.commitSync(reader.committable());
            }
        }
        return received;
    }

    private Map<String, String> publisher(String topic) {
        return Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "topics", "blobs",
                "topics.blobs.name", topic,
                "topics.blobs.value.serializer", "media",
                "topics.blobs.value.serializer.chunk.bytes", "8192");
    }

    private Map<String, Object> client() {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", broker.bootstrapServers());
        config.put("auto.offset.reset", "earliest");
        config.put("group.id", topics.unusedName("group"));
        config.put("enable.auto.commit", "false");
        return config;
    }
}
