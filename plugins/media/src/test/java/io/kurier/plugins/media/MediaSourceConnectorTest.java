// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.plugins.files.ConnectorRun;
import io.kurier.serializers.media.BlobStore;
import io.kurier.serializers.media.MediaDeserializer;
import io.kurier.serializers.media.MediaPart;
import io.kurier.serializers.media.MediaReader;
import io.kurier.serializers.media.ReceivedBlob;
import io.kurier.serializers.media.UndeliveredBlob;
import io.kurier.serializers.media.UnfinishedBlob;
import io.kurier.spi.SerializerPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MediaSourceConnectorTest {
    private static final int CHUNK = 1024;
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir
    Path folder;

    @TempDir
    Path received;

    private final List<UndeliveredBlob> undelivered = new ArrayList<>();
    private final List<UnfinishedBlob> unfinished = new ArrayList<>();

    @Test
    void isFoundByServiceLoaderAndItsSerializerToo() {
        assertThat(ServiceLoader.load(SourceConnector.class)).hasAtLeastOneElementOfType(MediaSourceConnector.class);
        assertThat(ServiceLoader.load(SerializerPlugin.class))
                .anySatisfy(plugin ->
                        assertThat(plugin.aliases()).contains(new MediaFormat(new StoredChunks()).serializer()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1, 50 * CHUNK + 7})
    void publishesAFileOfAnySizeOnceAndNotAgainAfterARestart(int size) throws IOException {
        Path file = write("a.bin", size);
        List<SourceRecord> records;
        try (ConnectorRun run = start(Map.of())) {
            records = run.drain();
            assertThat(run.rejected).isEmpty();
            assertThat(run.finished).containsExactly(new ConnectorRun.Finished(file.toString(), records.size(), size));
        }
        assertThat(records).hasSize(size <= CHUNK ? 1 : (size + CHUNK - 1) / CHUNK + 1);
        assertThat(assemble(records)).singleElement().satisfies(blob -> {
            assertThat(Files.mismatch(blob.content(), file)).isEqualTo(-1);
            assertThat(blob.name()).contains("a.bin");
        });
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_001_000L));
        try (ConnectorRun again = start(Map.of(), ConnectorRun.offsetsOf(records))) {
            assertThat(again.drain()).isEmpty();
            assertThat(again.rejected).isEmpty();
        }
    }

    @Test
    void givesAllRecordsOfAFileItsPathBelowTheFolderAsKey() throws IOException {
        write("top.png", 2000);
        write("sub/very deep/\u00FC \u2713\uD83D\uDE9A.png", 2000);
        try (ConnectorRun run = start(Map.of())) {
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
            assertThat(assemble(records))
                    .extracting(blob -> blob.name().orElseThrow())
                    .containsExactlyInAnyOrder("top.png", "\u00FC \u2713\uD83D\uDE9A.png");
        }
    }

    @Test
    void aFileThatPathNamesHasItsNameAsKey() throws IOException {
        Path file = write("sub/a.png", 1);
        try (ConnectorRun run = start(Map.of("path", file.toString()))) {
            assertThat(run.drain()).extracting(SourceRecord::key).containsExactly("a.png");
        }
    }

    @Test
    void takesEveryFileThatIsNotExcluded() throws IOException {
        write("a.TXT", 1);
        write("b.json", 1);
        write("c", 1);
        write(".hidden", 1);
        try (ConnectorRun run = start(Map.of("exclude", "*.txt,*.json"))) {
            assertThat(run.drain()).extracting(SourceRecord::key).containsExactly(".hidden", "c");
        }
    }

    @Test
    void aRestartAfterAnyRecordDeliversTheBlobOnceAndNamesTheHalfOne() throws IOException {
        Path file = write("a.bin", 5 * CHUNK + 3);
        List<SourceRecord> all;
        try (ConnectorRun run = start(Map.of())) {
            all = run.drain();
        }
        assertThat(all).hasSize(7);
        for (int committed = 0; committed <= all.size(); committed++) {
            List<SourceRecord> both = new ArrayList<>(all.subList(0, committed));
            try (ConnectorRun again = start(Map.of(), ConnectorRun.offsetsOf(both))) {
                both.addAll(again.drain());
            }
            unfinished.clear();
            assertThat(assemble(both))
                    .as("after %d records", committed)
                    .singleElement()
                    .satisfies(blob ->
                            assertThat(Files.mismatch(blob.content(), file)).isEqualTo(-1));
            assertThat(unfinished).hasSize(committed == 0 || committed == all.size() ? 0 : 1);
        }
        assertThat(undelivered).isEmpty();
    }

    private interface Change {
        void of(Path file) throws IOException;
    }

    @Test
    void aFileThatChangesWhileItIsReadIsPublishedAnewWithItsNewContent() throws IOException {
        List<Change> changes = List.of(
                file -> Files.write(file, new byte[10], StandardOpenOption.APPEND),
                file -> Files.write(file, bytes(6 * CHUNK, 1)),
                file -> Files.write(file, bytes(3 * CHUNK, 2)),
                file -> Files.write(file, new byte[0]),
                file -> Files.move(Files.write(folder.resolve("new.tmp"), bytes(6 * CHUNK, 3)), replaced(file)));
        for (int i = 0; i < changes.size(); i++) {
            Path file = write("a.bin", 6 * CHUNK);
            Map<String, String> two = Map.of("batch.records", "2", "exclude", "*.tmp");
            try (ConnectorRun run = start(two)) {
                List<SourceRecord> records = new ArrayList<>(run.poll());
                assertThat(records).hasSize(2);
                changes.get(i).of(file);
                Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_002_000L + i));
                records.addAll(run.drain());
                assertThat(run.rejected).isEmpty();
                assertThat(run.finished).hasSize(1);

                unfinished.clear();
                assertThat(assemble(records))
                        .as("change %d", i)
                        .singleElement()
                        .satisfies(blob ->
                                assertThat(Files.mismatch(blob.content(), file)).isEqualTo(-1));
                assertThat(unfinished).hasSize(1);
            }
        }
    }

    private static Path replaced(Path file) throws IOException {
        Files.delete(file);
        return file;
    }

    @Test
    void aFileThatGoesWhileItIsReadIsNotDelivered() throws IOException {
        Path file = write("a.bin", 6 * CHUNK);
        try (ConnectorRun run = start(Map.of("batch.records", "2"))) {
            List<SourceRecord> records = new ArrayList<>(run.poll());
            Files.delete(file);
            records.addAll(run.drain());
            assertThat(assemble(records)).isEmpty();
            assertThat(run.finished).isEmpty();
        }
    }

    @Test
    void waitsForAFileThatMayStillBeBeingWritten() throws IOException {
        Path file = write("a.bin", 3000);
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
        try (ConnectorRun run = start(Map.of("scan.interval.ms", "3600000"))) {
            assertThat(run.poll()).isEmpty();
            assertThat(run.drainedCount()).isZero();
        }
        try (ConnectorRun run = start(Map.of())) {
            assertThat(assemble(run.drain())).hasSize(1);
        }
    }

    @Test
    void aFileThatGrowsOrShrinksAfterItWasPublishedIsToldOnceAndNotPublishedAgain() throws IOException {
        for (int size : new int[] {0, 10, 3000}) {
            Path file = write("a.bin", size);
            try (ConnectorRun run = start(Map.of())) {
                List<SourceRecord> records = run.drain();
                write("a.bin", size + 1);
                assertThat(run.drain()).isEmpty();
                assertThat(run.rejections())
                        .containsExactly(": the file changed after it was published. Give new content a new file name");
                try (ConnectorRun again = start(Map.of(), ConnectorRun.offsetsOf(records))) {
                    assertThat(again.drain()).isEmpty();
                    assertThat(again.rejected).hasSize(1);
                }
                if (size > 0) {
                    write("a.bin", size - 1);
                    try (ConnectorRun again = start(Map.of(), ConnectorRun.offsetsOf(records))) {
                        assertThat(again.drain()).isEmpty();
                        assertThat(again.rejections())
                                .singleElement()
                                .asString()
                                .contains("cut or replaced");
                    }
                }
            }
            Files.delete(file);
        }
    }

    @Test
    void aFileWhoseEndCannotBeReadIsToldOnceAndLeftAloneUntilItChanges() throws IOException {
        write("a.bin", 3000);
        Map<String, String> properties = Map.of("path", folder.toString());
        try (ConnectorRun run = ConnectorRun.start(new FailingDisk.Connector(), properties)) {
            List<SourceRecord> records = new ArrayList<>(run.drain());
            assertThat(records).hasSize(1);
            assertThat(run.rejections())
                    .containsExactly("byte 1500: it cannot be read on: the disk is on fire. It is published anew once"
                            + " it has changed");
            write("b.bin", 1);
            assertThat(run.drain()).hasSize(1);

            write("a.bin", 1400);
            records.addAll(run.drain());
            assertThat(run.rejected).hasSize(1);
            assertThat(assemble(records))
                    .singleElement()
                    .satisfies(blob -> assertThat(blob.size()).isEqualTo(1400));
        }
    }

    @Test
    void aManifestWaitsUntilAllChunksAreStored() throws Exception {
        write("a.bin", 3 * CHUNK);
        try (ConnectorRun run = start(Map.of())) {
            List<SourceRecord> chunks = run.task().poll();
            assertThat(chunks).hasSize(3);
            for (SourceRecord chunk : chunks) {
                assertThat(run.poll()).isEmpty();
                run.task().commitRecord(chunk, ConnectorRun.storedIn(0));
            }
            assertThat(run.finished).isEmpty();
            assertThat(run.poll()).singleElement().satisfies(last -> {
                assertThat(last.headers().lastWithName("media.manifest")).isNotNull();
                assertThat(last.sourceOffset()).containsKey("whole");
            });
            assertThat(run.drain()).isEmpty();
            assertThat(run.finished).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5})
    void aFileOfWhichAChunkWasLeftOutIsToldAndNotTakenForPublished(int lost) throws IOException {
        Path file = write("a.bin", 6 * CHUNK);
        List<SourceRecord> records;
        try (ConnectorRun run = start(Map.of("batch.records", "2"))) {
            run.outcome(record -> value(record, "media.chunk").equals("" + lost) ? null : ConnectorRun.storedIn(0));
            records = run.drain();
            assertThat(records).as("nothing follows the batch of the lost one").hasSize((lost / 2 + 1) * 2);
            assertThat(records).noneMatch(record -> record.sourceOffset().containsKey("whole"));
            assertThat(run.finished).isEmpty();
            assertThat(run.rejections())
                    .containsExactly(": a chunk was refused and left out, as errors.tolerance=all or a transformation"
                            + " has it; the log tells why. It is published anew once it has changed, or after a"
                            + " restart");
        }
        try (ConnectorRun again = start(Map.of(), ConnectorRun.offsetsOf(records))) {
            assertThat(assemble(again.drain()))
                    .singleElement()
                    .satisfies(blob ->
                            assertThat(Files.mismatch(blob.content(), file)).isEqualTo(-1));
        }
    }

    @Test
    void aFileWhoseChunksComeIntoDifferentPartitionsIsToldAndNotTakenForPublished() throws IOException {
        write("a.bin", 3 * CHUNK);
        try (ConnectorRun run = start(Map.of())) {
            run.outcome(record -> ConnectorRun.storedIn(Integer.parseInt(value(record, "media.chunk")) / 2));
            assertThat(run.drain()).hasSize(3);
            assertThat(run.finished).isEmpty();
            assertThat(run.rejections()).singleElement().asString().contains("came into different partitions");
        }
    }

    @Test
    void whatBecomesOfAnEarlierReadingOfTheFileDoesNotCount() throws Exception {
        write("a.bin", 3 * CHUNK);
        try (ConnectorRun run = start(Map.of("batch.records", "2"))) {
            List<SourceRecord> early = run.poll();
            write("a.bin", 2 * CHUNK);
            List<SourceRecord> late = new ArrayList<>(run.poll());
            assertThat(late).hasSize(2);
            run.task().commitRecord(early.get(0), null);
            late.addAll(run.drain());
            assertThat(run.rejected).isEmpty();
            assertThat(assemble(late)).hasSize(1);
        }
    }

    private static String value(SourceRecord record, String header) {
        Header found = record.headers().lastWithName(header);
        return found == null ? "" : String.valueOf(found.value());
    }

    @Test
    void whatReadsEndsWithoutARejectionWhenTheTaskIsStopped() throws IOException {
        write("a.bin", 6 * CHUNK);
        try (ConnectorRun run = start(Map.of("batch.records", "2"))) {
            assertThat(run.poll()).hasSize(2);
            run.task().stop();
            assertThat(run.poll()).isEmpty();
            assertThat(run.rejected).isEmpty();
        }
    }

    @Test
    void aBatchStaysAroundFourMebibytes() throws IOException {
        int chunk = 512 * 1024;
        write("big.bin", 12 << 20);
        for (int i = 0; i < 12; i++) {
            write("file" + i, 1 << 20);
        }
        Map<String, String> large = Map.of("chunk.bytes", chunk + "");
        try (ConnectorRun run = start(large)) {
            List<SourceRecord> all = new ArrayList<>();
            for (List<SourceRecord> batch = run.poll(); !batch.isEmpty(); batch = run.poll()) {
                assertThat(batch.stream()
                                .mapToLong(r -> ((byte[]) r.value()).length)
                                .sum())
                        .as("4 MiB, a chunk and a manifest")
                        .isLessThanOrEqualTo((4L << 20) + chunk + CHUNK);
                all.addAll(batch);
            }
            assertThat(assemble(all)).hasSize(13);
        }
    }

    @Test
    void refusesChunksThatNoRecordCouldCarry() throws IOException {
        write("a.bin", 1);
        assertThatThrownBy(() -> start(Map.of("chunk.bytes", "2000000")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("chunk.bytes")
                .hasMessageContaining("raise max.record.bytes");
        assertThatThrownBy(() -> start(Map.of("chunk.bytes", "1000")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("chunk.bytes");
        try (ConnectorRun run = start(Map.of("chunk.bytes", "2000000", "max.record.bytes", "2000000"))) {
            assertThat(run.drain()).hasSize(1);
        }
    }

    private ConnectorRun start(Map<String, String> more) {
        return start(more, Map.of());
    }

    private ConnectorRun start(Map<String, String> more, Map<Map<String, ?>, Map<String, ?>> offsets) {
        Map<String, String> properties = new HashMap<>(Map.of("path", folder.toString(), "chunk.bytes", CHUNK + ""));
        properties.putAll(more);
        return ConnectorRun.start(new MediaSourceConnector(), properties, offsets, 1, 0);
    }

    /** A file that nobody has written to for a long time. */
    private Path write(String name, int size) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes(size, size));
        return Files.setLastModifiedTime(file, LONG_AGO);
    }

    private static byte[] bytes(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** What a consumer makes of the records, which pass the header converter that Connect takes by default. */
    private List<ReceivedBlob<Path>> assemble(List<SourceRecord> records) throws IOException {
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
