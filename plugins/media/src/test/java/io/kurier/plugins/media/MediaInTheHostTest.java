// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import io.kurier.plugins.host.ConnectorFailedException;
import io.kurier.plugins.host.ConnectorHost;
import io.kurier.plugins.host.HostListener;
import io.kurier.plugins.host.HostTopics;
import io.kurier.plugins.host.OffsetStorage;
import io.kurier.serializers.media.BlobStore;
import io.kurier.serializers.media.MediaDeserializer;
import io.kurier.serializers.media.MediaPart;
import io.kurier.serializers.media.MediaReader;
import io.kurier.serializers.media.ReceivedBlob;
import io.kurier.serializers.media.UndeliveredBlob;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way of files: connector, host, publisher, a real broker, and a consumer's reader. */
@WithKafka
@Timeout(120)
class MediaInTheHostTest {

    @TempDir
    Path folder;

    @TempDir
    Path received;

    private final List<UndeliveredBlob> undelivered = new ArrayList<>();
    private final List<ConsumerRecord<String, MediaPart>> read = new ArrayList<>();
    private int unfinished;

    @Test
    void everyFileComesOutAsItWentInFromOnePartitionEach(LocalBroker broker, TestTopics topics) throws Exception {
        String topic = topics.unusedName("media");
        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            byte[] content = new byte[random.nextInt(50_000)];
            random.nextBytes(content);
            Path file = folder.resolve("sub " + i % 3).resolve("file " + i + ".bin");
            Files.createDirectories(file.getParent());
            Files.setLastModifiedTime(Files.write(file, content), FileTime.fromMillis(1_000_000_000_000L));
        }
        Map<String, String> connector = Map.of(
                "name", "media",
                "connector.class", MediaSourceConnector.class.getName(),
                "tasks.max", "2",
                "path", folder.toString(),
                "topic", topic,
                "chunk.bytes", "4096",
                "topic.creation.default.partitions", "3");
        Map<String, String> config = new HashMap<>(HostTopics.declare(List.of(connector)));
        config.put("bootstrap.servers", broker.bootstrapServers());
        config.put("topics.management", "create");
        try (Publisher publisher = Kurier.start(config);
                ConnectorHost host = ConnectorHost.start(publisher, List.of(connector), HostListener.NONE)) {
            host.awaitDrained();
        }

        Map<String, ReceivedBlob<Path>> blobs = receive(topics, topic);
        assertThat(unfinished).isZero();
        assertThat(undelivered).isEmpty();
        assertThat(blobs).hasSize(20);
        assertThat(blobs.values()).extracting(ReceivedBlob::partition).contains(0, 1, 2);
        blobs.forEach((key, blob) -> assertThat(blob.content()).hasSameBinaryContentAs(folder.resolve(key)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "none"})
    void aFileOfWhichTheBrokerRefusesChunksIsPublishedOnceItTakesThem(
            String tolerance, LocalBroker broker, TestTopics topics) throws Exception {
        String topic = topics.unusedName("tight");
        byte[] content = new byte[50_000];
        new Random(11).nextBytes(content);
        Path file = folder.resolve("film.bin");
        Files.setLastModifiedTime(Files.write(file, content), FileTime.fromMillis(1_000_000_000_000L));
        List<String> told = new CopyOnWriteArrayList<>();

        assertThat(run(broker, connector(topic, tolerance, "3000"), told)).isEqualTo(tolerance.equals("all"));
        assertThat(told).noneMatch(event -> event.startsWith("finished"));
        if (tolerance.equals("all")) {
            assertThat(told)
                    .filteredOn(event -> event.startsWith("rejected"))
                    .singleElement()
                    .asString()
                    .contains("a" + " chunk was refused and left out");
        }
        assertThat(receive(topics, topic)).isEmpty();

        topics.alter(topic, Map.of("max.message.bytes", "1000000"));
        assertThat(run(broker, connector(topic, tolerance, "1000000"), told)).isTrue();
        assertThat(told).filteredOn(event -> event.startsWith("finished")).hasSize(1);
        assertThat(receive(topics, topic))
                .hasEntrySatisfying(
                        "film.bin", blob -> assertThat(blob.content()).hasSameBinaryContentAs(file));
    }

    /** How a run ends. */
    private enum End {
        /** In order. */
        HOST_CLOSED,
        /** Chunks that are under way fail, and so does the task. */
        PUBLISHER_CLOSED
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptedFileIsContinuedByTheNextRunAndDeliveredOnce(End end, LocalBroker broker, TestTopics topics)
            throws Exception {
        String topic = topics.unusedName("interrupted");
        byte[] content = new byte[6_000_000];
        new Random(13).nextBytes(content);
        Path file = folder.resolve("film.bin");
        Files.setLastModifiedTime(Files.write(file, content), FileTime.fromMillis(1_000_000_000_000L));
        Map<String, String> connector = Map.of(
                "name",
                topic,
                "connector.class",
                MediaSourceConnector.class.getName(),
                "path",
                folder.toString(),
                "topic",
                topic,
                "batch.records",
                "10",
                "chunk.bytes",
                "10000");
        Map<String, String> config = new HashMap<>(HostTopics.declare(List.of(connector)));
        config.put("bootstrap.servers", broker.bootstrapServers());
        config.put("topics.management", "create");
        // so few are under way that the file is not read to its end when the first ones are stored
        config.put("producer.buffer.memory", "500000");
        Path offsets = folder.resolveSibling("offsets of " + topic);
        CountDownLatch some = new CountDownLatch(200);
        HostListener listener = new HostListener() {
            @Override
            public void published(String name, SourceRecord record, Receipt receipt) {
                some.countDown();
            }
        };
        try (Publisher publisher = Kurier.start(config);
                ConnectorHost host = ConnectorHost.builder(publisher)
                        .connectors(List.of(connector))
                        .offsets(OffsetStorage.inFile(offsets))
                        .listener(listener)
                        .start()) {
            assertThat(some.await(60, TimeUnit.SECONDS)).isTrue();
            if (end == End.PUBLISHER_CLOSED) {
                publisher.close(Duration.ZERO);
            }
        }
        assertThat(receive(topics, topic)).isEmpty();
        assertThat(unfinished).isEqualTo(1);
        int first = read.size();

        try (Publisher publisher = Kurier.start(config);
                ConnectorHost host = ConnectorHost.builder(publisher)
                        .connectors(List.of(connector))
                        .offsets(OffsetStorage.inFile(offsets))
                        .start()) {
            host.awaitDrained();
        }
        assertThat(receive(topics, topic))
                .hasEntrySatisfying(
                        "film.bin", blob -> assertThat(blob.content()).hasSameBinaryContentAs(file));
        assertThat(unfinished).isZero();
        assertThat(undelivered).isEmpty();
        assertThat(read.size() - 601)
                .as("chunks sent twice; all %d if the file had begun anew", first)
                .isLessThan(first);
    }

    private Map<String, String> connector(String topic, String tolerance, String maxMessageBytes) {
        return Map.of(
                "name", topic,
                "connector.class", MediaSourceConnector.class.getName(),
                "path", folder.toString(),
                "topic", topic,
                "chunk.bytes", "4096",
                "errors.tolerance", tolerance,
                "topic.creation.default.max.message.bytes", maxMessageBytes);
    }

    /** Runs a connector until it has read all there is; false if it failed. */
    private static boolean run(LocalBroker broker, Map<String, String> connector, List<String> told)
            throws InterruptedException {
        Map<String, String> config = new HashMap<>(HostTopics.declare(List.of(connector)));
        config.put("bootstrap.servers", broker.bootstrapServers());
        config.put("topics.management", "create");
        HostListener listener = new HostListener() {
            @Override
            public void rejected(String name, String source, String position, String reason) {
                told.add("rejected " + reason);
            }

            @Override
            public void finished(String name, String source, long records, long bytes) {
                told.add("finished " + source);
            }
        };
        try (Publisher publisher = Kurier.start(config);
                ConnectorHost host = ConnectorHost.start(publisher, List.of(connector), listener)) {
            host.awaitDrained();
            return true;
        } catch (ConnectorFailedException e) {
            return false;
        }
    }

    /** What a consumer that reads all of the topic gets, by key. */
    private Map<String, ReceivedBlob<Path>> receive(TestTopics topics, String topic) throws Exception {
        Map<String, ReceivedBlob<Path>> blobs = new HashMap<>();
        List<ConsumerRecord<String, MediaPart>> records =
                topics.readAll(topic, new StringDeserializer(), new MediaDeserializer());
        read.clear();
        read.addAll(records);
        try (MediaReader<Path> reader = new MediaReader<>(BlobStore.inFolder(received), undelivered::add)) {
            for (ConsumerRecord<String, MediaPart> record : records) {
                reader.read(record)
                        .ifPresent(blob -> assertThat(blobs.put(record.key(), blob))
                                .as("delivered twice")
                                .isNull());
            }
            unfinished = reader.unfinished().size();
        }
        return blobs;
    }
}
