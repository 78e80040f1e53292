// SPDX-License-Identifier: Apache-2.0
package com.example.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.LocalBroker;
import io.kurier.serializers.media.BlobStore;
import io.kurier.serializers.media.MediaDeserializer;
import io.kurier.serializers.media.MediaPart;
import io.kurier.serializers.media.MediaReader;
import io.kurier.serializers.media.UndeliveredBlob;
import io.kurier.serializers.text.TextDeserializer;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithKafka
class PublishMediaTest {
    private static final Path DATA = Path.of("..", "data");

    @Test
    void publishesThePictureAsOneRecordAndTheSoundAsChunksAndAManifest(
            LocalBroker broker, TestTopics topics, @TempDir Path folder) throws Exception {
        PublishMedia.main(broker.bootstrapServers());

        Map<String, Path> received = new HashMap<>();
        List<UndeliveredBlob> undelivered = new ArrayList<>();
        List<ConsumerRecord<String, MediaPart>> records =
                topics.readAll("media", new TextDeserializer(), new MediaDeserializer());
        try (MediaReader<Path> reader = new MediaReader<>(BlobStore.inFolder(folder), undelivered::add)) {
            for (ConsumerRecord<String, MediaPart> record : records) {
                reader.read(record)
                        .ifPresent(blob -> received.put(blob.contentType().orElseThrow(), blob.content()));
            }
        }

        assertThat(records).hasSize(5);
        assertThat(undelivered).isEmpty();
        assertThat(received).containsOnlyKeys("image/png", "audio/vnd.wave");
        assertThat(received.get("image/png")).hasSameBinaryContentAs(DATA.resolve("parcel.png"));
        assertThat(received.get("audio/vnd.wave")).hasSameBinaryContentAs(DATA.resolve("chime.wav"));
    }
}
