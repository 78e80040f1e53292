// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.plugins.files.ConnectorRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that change, go or fail while they are published, and chunks that do not arrive. */
@Timeout(60)
class InterruptedFileTest {
    private MediaFolder media;

    @BeforeEach
    void begin(@TempDir Path folder, @TempDir Path received) {
        media = new MediaFolder(folder, received);
    }

    private interface Change {
        void of(Path file) throws IOException;
    }

    @Test
    void aFileThatChangesWhileItIsReadIsPublishedAnewWithItsNewContent() throws IOException {
        List<Change> changes = List.of(
                file -> Files.write(file, new byte[10], StandardOpenOption.APPEND),
                file -> Files.write(file, MediaFolder.bytes(6 * MediaFolder.CHUNK, 1)),
                file -> Files.write(file, MediaFolder.bytes(3 * MediaFolder.CHUNK, 2)),
                file -> Files.write(file, new byte[0]),
                file -> Files.move(
                        Files.write(media.folder.resolve("new.tmp"), MediaFolder.bytes(6 * MediaFolder.CHUNK, 3)),
                        replaced(file)));
        for (int i = 0; i < changes.size(); i++) {
            Path file = media.write("a.bin", 6 * MediaFolder.CHUNK);
            Map<String, String> two = Map.of("batch.records", "2", "exclude", "*.tmp");
            try (ConnectorRun run = media.start(two)) {
                List<SourceRecord> records = new ArrayList<>(run.next());
                assertThat(records).hasSize(2);
                changes.get(i).of(file);
                Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_002_000L + i));
                records.addAll(run.drain());
                assertThat(run.rejected).isEmpty();
                assertThat(run.finished).hasSize(1);

                media.unfinished.clear();
                assertThat(media.assemble(records))
                        .as("change %d", i)
                        .singleElement()
                        .satisfies(blob ->
                                assertThat(Files.mismatch(blob.content(), file)).isEqualTo(-1));
                assertThat(media.unfinished).hasSize(1);
            }
        }
    }

    private static Path replaced(Path file) throws IOException {
        Files.delete(file);
        return file;
    }

    @Test
    void aFileThatGoesWhileItIsReadIsNotDelivered() throws IOException {
        Path file = media.write("a.bin", 6 * MediaFolder.CHUNK);
        try (ConnectorRun run = media.start(Map.of("batch.records", "2"))) {
            List<SourceRecord> records = new ArrayList<>(run.next());
            Files.delete(file);
            records.addAll(run.drain());
            assertThat(media.assemble(records)).isEmpty();
            assertThat(run.finished).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1_000_000_000_000L, 0, 1_000_000_000_000L})
    void waitsForAFileThatMayStillBeBeingWrittenWhateverItsTimeSays(long offset) throws IOException {
        Path file = media.write("a.bin", 3000);
        FileTime time = FileTime.fromMillis(System.currentTimeMillis() + offset);
        Files.setLastModifiedTime(file, time);
        try (ConnectorRun run = media.start(Map.of("scan.interval.ms", "3600000"))) {
            assertThat(run.poll()).isEmpty();
            assertThat(run.poll()).isEmpty();
            assertThat(run.drainedCount()).isZero();
        }
        try (ConnectorRun run = media.start(Map.of())) {
            assertThat(run.poll()).isEmpty();
            Files.write(file, MediaFolder.bytes(2000, 5), StandardOpenOption.APPEND);
            Files.setLastModifiedTime(file, time);
            List<SourceRecord> records = new ArrayList<>(run.next());
            records.addAll(run.drain());
            assertThat(media.assemble(records))
                    .singleElement()
                    .satisfies(blob -> assertThat(blob.size()).isEqualTo(5000));
        }
    }

    @Test
    void aFileThatGrowsAfterItWasPublishedIsToldOnceAndNotPublishedAgain() throws IOException {
        for (int size : new int[] {0, 10, 3000}) {
            Path file = media.write("a.bin", size);
            try (ConnectorRun run = media.start(Map.of())) {
                List<SourceRecord> records = run.drain();
                Files.write(file, new byte[1], StandardOpenOption.APPEND);
                assertThat(run.drain()).isEmpty();
                assertThat(run.rejections())
                        .containsExactly(": the file changed after it was published. Give new content a new file name");
                try (ConnectorRun again = media.start(Map.of(), ConnectorRun.offsetsOf(records))) {
                    assertThat(again.drain()).isEmpty();
                    assertThat(again.rejected).hasSize(1);
                }
            }
            Files.delete(file);
        }
    }

    @Test
    void anotherFileUnderThePublishedNameIsPublishedToo() throws IOException {
        List<Change> changes = List.of(
                file -> Files.write(file, MediaFolder.bytes(2500, 1)),
                file -> Files.write(file, MediaFolder.bytes(3000, 2)),
                file -> Files.write(file, MediaFolder.bytes(3500, 3)),
                file -> Files.move(
                        Files.write(media.folder.resolve("new.tmp"), MediaFolder.bytes(3000, 4)), replaced(file)));
        Map<String, String> settings = Map.of("exclude", "*.tmp");
        Path file = media.write("a.bin", 3000);
        try (ConnectorRun run = media.start(settings)) {
            List<SourceRecord> records = run.drain();
            for (Change change : changes) {
                change.of(file);
                try (ConnectorRun again = media.start(settings, ConnectorRun.offsetsOf(records))) {
                    assertThat(media.assemble(again.drain())).hasSize(1);
                }
                records = run.drain();
                assertThat(media.assemble(records))
                        .singleElement()
                        .satisfies(blob ->
                                assertThat(Files.mismatch(blob.content(), file)).isEqualTo(-1));
                assertThat(run.rejected).isEmpty();
            }
        }
    }

    @Test
    void aFileThatIsRenamedIsPublishedUnderItsNewNameToo() throws IOException {
        Path file = media.write("a.bin", 3000);
        try (ConnectorRun run = media.start(Map.of())) {
            assertThat(run.drain()).extracting(SourceRecord::key).containsOnly("a.bin");
            Files.move(file, media.folder.resolve("b.bin"));
            media.write("a.bin", 500);
            assertThat(run.drain()).extracting(SourceRecord::key).containsOnly("a.bin", "b.bin");
        }
    }

    @Test
    void aFileWhoseEndCannotBeReadIsToldOnceAndLeftAloneUntilItChanges() throws IOException {
        media.write("a.bin", 3000);
        Map<String, String> properties = Map.of("path", media.folder.toString());
        try (ConnectorRun run = ConnectorRun.start(new FailingDisk.Connector(), properties)) {
            List<SourceRecord> records = new ArrayList<>(run.drain());
            assertThat(records).hasSize(1);
            assertThat(run.rejections())
                    .containsExactly("byte 1500: it cannot be read on: the disk is on fire. It is published anew once"
                            + " it has changed");
            media.write("b.bin", 1);
            assertThat(run.drain()).hasSize(1);

            media.write("a.bin", 1400);
            records.addAll(run.drain());
            assertThat(run.rejected).hasSize(1);
            assertThat(media.assemble(records))
                    .singleElement()
                    .satisfies(blob -> assertThat(blob.size()).isEqualTo(1400));
        }
    }

    @Test
    void aManifestWaitsUntilAllChunksAreStored() throws Exception {
        media.write("a.bin", 3 * MediaFolder.CHUNK);
        try (ConnectorRun run = media.start(Map.of())) {
            assertThat(run.poll()).isEmpty();
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
        Path file = media.write("a.bin", 6 * MediaFolder.CHUNK);
        List<SourceRecord> records;
        try (ConnectorRun run = media.start(Map.of("batch.records", "2"))) {
            run.outcome(record -> value(record, "media.chunk").equals("" + lost) ? null : ConnectorRun.storedIn(0));
            records = run.drain();
            assertThat(records).as("nothing follows the batch of the lost one").hasSize((lost / 2 + 1) * 2);
            assertThat(records).noneMatch(record -> record.sourceOffset().containsKey("whole"));
            assertThat(run.finished).isEmpty();
            assertThat(run.rejections())
                    .containsExactly(": a chunk was refused and left out, as errors.tolerance=all or a transformation"
                            + " has it; the log tells why. It is tried again once it has changed, or after a"
                            + " restart");
        }
        try (ConnectorRun again = media.start(Map.of(), ConnectorRun.offsetsOf(records))) {
            List<SourceRecord> stored = new ArrayList<>(records);
            stored.removeIf(record -> value(record, "media.chunk").equals("" + lost));
            stored.addAll(again.drain());
            assertThat(media.assemble(stored))
                    .singleElement()
                    .satisfies(blob ->
                            assertThat(Files.mismatch(blob.content(), file)).isEqualTo(-1));
        }
    }

    @Test
    void aFileWhoseChunksComeIntoDifferentPartitionsIsToldAndNotTakenForPublished() throws IOException {
        media.write("a.bin", 3 * MediaFolder.CHUNK);
        try (ConnectorRun run = media.start(Map.of())) {
            run.outcome(record -> ConnectorRun.storedIn(Integer.parseInt(value(record, "media.chunk")) / 2));
            assertThat(run.drain()).hasSize(3);
            assertThat(run.finished).isEmpty();
            assertThat(run.rejections()).singleElement().asString().contains("came into different partitions");
        }
    }

    @Test
    void whatBecomesOfAnEarlierReadingOfTheFileDoesNotCount() throws Exception {
        media.write("a.bin", 3 * MediaFolder.CHUNK);
        try (ConnectorRun run = media.start(Map.of("batch.records", "2"))) {
            List<SourceRecord> early = run.next();
            media.write("a.bin", 2 * MediaFolder.CHUNK);
            List<SourceRecord> late = new ArrayList<>(run.next());
            assertThat(late).hasSize(2);
            run.task().commitRecord(early.get(0), null);
            late.addAll(run.drain());
            assertThat(run.rejected).isEmpty();
            assertThat(media.assemble(late)).hasSize(1);
        }
    }

    private static String value(SourceRecord record, String header) {
        Header found = record.headers().lastWithName(header);
        return found == null ? "" : String.valueOf(found.value());
    }
}
