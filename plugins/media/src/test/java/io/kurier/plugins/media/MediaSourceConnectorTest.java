// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.plugins.files.ConnectorRun;
import io.kurier.spi.SerializerPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MediaSourceConnectorTest {
    private MediaFolder media;

    @BeforeEach
    void begin(@TempDir Path folder, @TempDir Path received) {
        media = new MediaFolder(folder, received);
    }

    @Test
    void isFoundByServiceLoaderAndItsSerializerToo() {
        assertThat(ServiceLoader.load(SourceConnector.class)).hasAtLeastOneElementOfType(MediaSourceConnector.class);
        assertThat(ServiceLoader.load(SerializerPlugin.class))
                .anySatisfy(plugin ->
                        assertThat(plugin.aliases()).contains(new MediaFormat(new StoredChunks()).serializer()));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                MediaFolder.CHUNK - 1,
                MediaFolder.CHUNK,
                MediaFolder.CHUNK + 1,
                2 * MediaFolder.CHUNK,
                2 * MediaFolder.CHUNK + 1,
                50 * MediaFolder.CHUNK + 7
            })
    void publishesAFileOfAnySizeOnceAndNotAgainAfterARestart(int size) throws IOException {
        Path file = media.write("a.bin", size);
        List<SourceRecord> records;
        try (ConnectorRun run = media.start(Map.of())) {
            records = run.drain();
            assertThat(run.rejected).isEmpty();
            assertThat(run.finished).containsExactly(new ConnectorRun.Finished(file.toString(), records.size(), size));
        }
        assertThat(records)
                .hasSize(size <= MediaFolder.CHUNK ? 1 : (size + MediaFolder.CHUNK - 1) / MediaFolder.CHUNK + 1);
        assertThat(media.assemble(records)).singleElement().satisfies(blob -> {
            assertThat(Files.mismatch(blob.content(), file)).isEqualTo(-1);
            assertThat(blob.name()).contains("a.bin");
        });
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_001_000L));
        try (ConnectorRun again = media.start(Map.of(), ConnectorRun.offsetsOf(records))) {
            assertThat(again.drain()).isEmpty();
            assertThat(again.rejected).isEmpty();
        }
    }

    @Test
    void givesAllRecordsOfAFileItsPathBelowTheFolderAsKey() throws IOException {
        media.write("top.png", 2000);
        media.write("sub/very deep/\u00FC \u2713\uD83D\uDE9A.png", 2000);
        try (ConnectorRun run = media.start(Map.of())) {
            List<SourceRecord> records = run.drain();
            assertThat(records)
                    .extracting(SourceRecord::key)
                    .containsOnly("top.png", "sub/very deep/\u00FC \u2713\uD83D\uDE9A.png");
            assertThat(records).allSatisfy(record -> {
                assertThat(record.keySchema()).isEqualTo(Schema.STRING_SCHEMA);
                assertThat(record.valueSchema()).isEqualTo(Schema.BYTES_SCHEMA);
                assertThat(record.value()).isInstanceOf(byte[].class);
                assertThat(record.headers()).extracting(Header::schema).containsOnly(Schema.STRING_SCHEMA);
            });
            assertThat(media.assemble(records))
                    .extracting(blob -> blob.name().orElseThrow())
                    .containsExactlyInAnyOrder("top.png", "\u00FC \u2713\uD83D\uDE9A.png");
        }
    }

    @Test
    void aFileThatPathNamesHasItsNameAsKey() throws IOException {
        Path file = media.write("sub/a.png", 1);
        try (ConnectorRun run = media.start(Map.of("path", file.toString()))) {
            assertThat(run.drain()).extracting(SourceRecord::key).containsExactly("a.png");
        }
    }

    @Test
    void takesEveryFileThatIsNotExcluded() throws IOException {
        media.write("a.TXT", 1);
        media.write("b.json", 1);
        media.write("c", 1);
        media.write(".hidden", 1);
        try (ConnectorRun run = media.start(Map.of("exclude", "*.txt,*.json"))) {
            assertThat(run.drain()).extracting(SourceRecord::key).containsExactly(".hidden", "c");
        }
    }

    @Test
    void aFileIsDeletedIfAskedWhenItsManifestIsStored() throws IOException {
        Path file = media.write("a.bin", 2 * MediaFolder.CHUNK);
        byte[] content = Files.readAllBytes(file);
        try (ConnectorRun run = media.start(Map.of("finished", "delete", "finished.after.ms", "0"))) {
            List<SourceRecord> records = run.drain();
            while (Files.exists(file)) {
                records.addAll(run.poll());
            }
            assertThat(media.assemble(records))
                    .singleElement()
                    .satisfies(blob -> assertThat(blob.content()).hasBinaryContent(content));
        }
    }

    @Test
    void refusesAKeyThatIsNotItsOwn() {
        assertThatThrownBy(() -> media.start(Map.of("key", "file")).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("gives all records of a file the key they need");
    }

    @Test
    void aRestartAfterAnyRecordDeliversTheBlobOnceAndNamesTheHalfOne() throws IOException {
        Path file = media.write("a.bin", 5 * MediaFolder.CHUNK + 3);
        List<SourceRecord> all;
        try (ConnectorRun run = media.start(Map.of())) {
            all = run.drain();
        }
        assertThat(all).hasSize(7);
        for (int committed = 0; committed <= all.size(); committed++) {
            List<SourceRecord> both = new ArrayList<>(all.subList(0, committed));
            try (ConnectorRun again = media.start(Map.of(), ConnectorRun.offsetsOf(both))) {
                both.addAll(again.drain());
            }
            media.unfinished.clear();
            assertThat(media.assemble(both))
                    .as("after %d records", committed)
                    .singleElement()
                    .satisfies(blob ->
                            assertThat(Files.mismatch(blob.content(), file)).isEqualTo(-1));
            assertThat(media.unfinished).hasSize(committed == 0 || committed == all.size() ? 0 : 1);
        }
        assertThat(media.undelivered).isEmpty();
    }

    @Test
    void whatReadsEndsWithoutARejectionWhenTheTaskIsStopped() throws IOException {
        media.write("a.bin", 6 * MediaFolder.CHUNK);
        try (ConnectorRun run = media.start(Map.of("batch.records", "2"))) {
            assertThat(run.next()).hasSize(2);
            run.task().stop();
            assertThat(run.poll()).isEmpty();
            assertThat(run.rejected).isEmpty();
        }
    }

    @Test
    void aBatchStaysAroundFourMebibytes() throws IOException {
        int chunk = 512 * 1024;
        media.write("big.bin", 12 << 20);
        for (int i = 0; i < 12; i++) {
            media.write("file" + i, 1 << 20);
        }
        Map<String, String> large = Map.of("chunk.bytes", chunk + "");
        try (ConnectorRun run = media.start(large)) {
            List<SourceRecord> all = new ArrayList<>();
            for (List<SourceRecord> batch = run.next(); !batch.isEmpty(); batch = run.poll()) {
                assertThat(batch.stream()
                                .mapToLong(r -> ((byte[]) r.value()).length)
                                .sum())
                        .as("4 MiB, a chunk and a manifest")
                        .isLessThanOrEqualTo((4L << 20) + chunk + MediaFolder.CHUNK);
                all.addAll(batch);
            }
            assertThat(media.assemble(all)).hasSize(13);
        }
    }

    @Test
    void refusesChunksThatNoRecordCouldCarry() throws IOException {
        media.write("a.bin", 1);
        assertThatThrownBy(() -> media.start(Map.of("chunk.bytes", "2000000")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("chunk.bytes")
                .hasMessageContaining("raise max.record.bytes");
        assertThatThrownBy(() -> media.start(Map.of("chunk.bytes", "1000")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("chunk.bytes");
        try (ConnectorRun run = media.start(Map.of("chunk.bytes", "2000000", "max.record.bytes", "2000000"))) {
            assertThat(run.drain()).hasSize(1);
        }
    }
}
