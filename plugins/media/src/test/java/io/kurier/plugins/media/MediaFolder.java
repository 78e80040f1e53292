// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.media;

import io.kurier.plugins.files.ConnectorRun;
import io.kurier.serializers.media.BlobStore;
import io.kurier.serializers.media.MediaDeserializer;
import io.kurier.serializers.media.MediaPart;
import io.kurier.serializers.media.MediaReader;
import io.kurier.serializers.media.ReceivedBlob;
import io.kurier.serializers.media.UndeliveredBlob;
import io.kurier.serializers.media.UnfinishedBlob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;

/** A folder that a media connector reads, and what a reader makes of its records. */
final class MediaFolder {
    static final int CHUNK = 1024;

    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    final Path folder;
    final List<UndeliveredBlob> undelivered = new ArrayList<>();
    final List<UnfinishedBlob> unfinished = new ArrayList<>();
    private final Path received;

    MediaFolder(Path folder, Path received) {
        this.folder = folder;
        this.received = received;
    }

    ConnectorRun start(Map<String, String> more) {
        return start(more, Map.of());
    }

    ConnectorRun start(Map<String, String> more, Map<Map<String, ?>, Map<String, ?>> offsets) {
        Map<String, String> properties = new HashMap<>(Map.of("path", folder.toString(), "chunk.bytes", CHUNK + ""));
        properties.putAll(more);
        return ConnectorRun.start(new MediaSourceConnector(), properties, offsets, 1, 0);
    }

    /** A file that nobody has written to for a long time. */
    Path write(String name, int size) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes(size, size));
        return Files.setLastModifiedTime(file, LONG_AGO);
    }

    static byte[] bytes(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** What a consumer makes of the records, which pass the header converter that Connect takes by default. */
    List<ReceivedBlob<Path>> assemble(List<SourceRecord> records) throws IOException {
        List<ReceivedBlob<Path>> delivered = new ArrayList<>();
        try (MediaDeserializer deserializer = new MediaDeserializer();
                SimpleHeaderConverter converter = new SimpleHeaderConverter();
                MediaReader<Path> reader = new MediaReader<>(BlobStore.inFolder(received), undelivered::add)) {
            long offset = 0;
            for (SourceRecord record : records) {
                RecordHeaders headers = new RecordHeaders();
                record.headers()
                        .forEach(header -> headers.add(
                                header.key(),
                                converter.fromConnectHeader("t", header.key(), header.schema(), header.value())));
                MediaPart part = deserializer.deserialize("t", headers, (byte[]) record.value());
                reader.read(new ConsumerRecord<>(
                                "t",
                                0,
                                offset++,
                                0,
                                TimestampType.CREATE_TIME,
                                0,
                                0,
                                record.key(),
                                part,
                                headers,
                                Optional.empty()))
                        .ifPresent(delivered::add);
            }
            unfinished.addAll(reader.unfinished());
        }
        return delivered;
    }
}
