// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Publisher;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import io.kurier.plugins.host.ConnectorHost;
import io.kurier.plugins.host.HostListener;
import io.kurier.plugins.host.HostTopics;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of files: connector, host, publisher, a real broker, and a consumer's reader. */
@WithKafka
@Timeout(120)
class MediaInTheHostTest {

    @TempDir
    Path folder;

    @TempDir
    Path received;

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

        List<UndeliveredBlob> undelivered = new ArrayList<>();
        Map<String, ReceivedBlob<Path>> blobs = new HashMap<>();
        List<ConsumerRecord<String, MediaPart>> records =
                topics.readAll(topic, new StringDeserializer(), new MediaDeserializer());
        try (MediaReader<Path> reader = new MediaReader<>(BlobStore.inFolder(received), undelivered::add)) {
            for (ConsumerRecord<String, MediaPart> record : records) {
                reader.read(record).ifPresent(blob -> blobs.put(record.key(), blob));
            }
            assertThat(reader.unfinished()).isEmpty();
        }
        assertThat(undelivered).isEmpty();
        assertThat(blobs).hasSize(20);
        assertThat(blobs.values()).extracting(ReceivedBlob::partition).contains(0, 1, 2);
        blobs.forEach((key, blob) -> assertThat(blob.content()).hasSameBinaryContentAs(folder.resolve(key)));
    }
}
