// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.plugins.files.ConnectorRun;
import io.kurier.plugins.files.Position;
import io.kurier.serializers.media.UndeliveredBlob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A task that ends in the middle of a file, and one that takes its place with the offsets that were stored. */
@Timeout(60)
class ResumedFileTest {
    private static final Map<String, String> ONE_BY_ONE = Map.of("batch.records", "1");
    private static final int CHUNKS = 6;
    private static final int SIZE = (CHUNKS - 1) * MediaFolder.CHUNK + 3;

    private MediaFolder media;
    private Path file;

    @BeforeEach
    void begin(@TempDir Path folder, @TempDir Path received) throws IOException {
        media = new MediaFolder(folder, received);
        file = media.write("a.bin", SIZE);
    }

    private interface Change {
        void of(Path file) throws IOException;
    }

    @Test
    void continuesBehindTheChunksThatAreKnownToBeStored() throws IOException {
        for (int sent = 2; sent <= CHUNKS; sent++) {
            List<SourceRecord> before = interrupted(sent);
            List<SourceRecord> after = continued(Map.of(), before);

            assertThat(ids(after)).isEqualTo(ids(before)).hasSize(1);
            assertThat(chunks(after))
                    .as("the chunk that was sent last is not known to be stored")
                    .startsWith(sent - 1)
                    .hasSize(CHUNKS - sent + 1);
            assertThat(after.get(0).sourceOffset().get("position")).isEqualTo((sent - 1L) * MediaFolder.CHUNK);
            assertDeliveredOnce(before, after);
            assertThat(media.unfinished).isEmpty();
        }
    }

    @Test
    void deliversTheBlobOnceWhicheverOffsetWasStoredLast() throws IOException {
        List<SourceRecord> all = interrupted(CHUNKS + 1);
        assertThat(all).hasSize(CHUNKS + 1);
        for (int stored = 2; stored <= CHUNKS; stored++) {
            for (int committed = 2; committed <= stored; committed++) {
                assertDeliveredOnce(all.subList(0, stored), continued(Map.of(), all.subList(0, committed)));
                assertThat(media.unfinished).isEmpty();
            }
            assertDeliveredOnce(all, continued(Map.of(), all.subList(0, stored)));
        }
    }

    @Test
    void canBeInterruptedAgainAndAgain() throws IOException {
        List<SourceRecord> all = new ArrayList<>(interrupted(2));
        for (int i = 0; i < CHUNKS - 2; i++) {
            try (ConnectorRun run = media.start(ONE_BY_ONE, ConnectorRun.offsetsOf(all))) {
                all.addAll(run.next());
                all.addAll(run.next());
            }
        }
        assertThat(ids(all)).hasSize(1);
        assertDeliveredOnce(all, continued(Map.of(), all));
    }

    @Test
    void anOffsetThatWentThroughJsonHasNumbersOfAnotherType() throws IOException {
        List<SourceRecord> before = interrupted(4);
        Map<String, Object> offset = new HashMap<>();
        before.get(3)
                .sourceOffset()
                .forEach((name, value) -> offset.put(
                        name,
                        value instanceof Long number && number <= Integer.MAX_VALUE
                                ? (Object) number.intValue()
                                : value));
        List<SourceRecord> after = continued(Map.of(), before, offset);
        assertThat(chunks(after)).startsWith(3);
        assertDeliveredOnce(before, after);
    }

    @Test
    void tellsInAHeaderWhereEachChunkBegins() throws IOException {
        List<SourceRecord> before = interrupted(3);
        List<SourceRecord> after = continued(Map.of("headers", "position"), before);
        assertThat(after).extracting(record -> value(record, "file.position")).startsWith("2048", "3072");
    }

    @Test
    void aFileThatHasChangedIsPublishedAnew() throws IOException {
        FileTime modified = Files.getLastModifiedTime(file);
        List<Change> changes = List.of(
                changed -> Files.setLastModifiedTime(changed, FileTime.fromMillis(1_000_000_002_000L)),
                changed -> {
                    Files.write(changed, new byte[1], StandardOpenOption.APPEND);
                    Files.setLastModifiedTime(changed, modified);
                },
                changed -> {
                    Files.write(changed, MediaFolder.bytes(SIZE - 1, SIZE));
                    Files.setLastModifiedTime(changed, modified);
                },
                changed -> {
                    Files.write(changed, MediaFolder.bytes(MediaFolder.CHUNK, SIZE));
                    Files.setLastModifiedTime(changed, modified);
                },
                changed -> {
                    byte[] content = MediaFolder.bytes(SIZE, SIZE);
                    content[1500] ^= 1;
                    Files.write(changed, content);
                    Files.setLastModifiedTime(changed, modified);
                });
        for (int i = 0; i < changes.size(); i++) {
            file = media.write("a.bin", SIZE);
            List<SourceRecord> before = interrupted(4);
            changes.get(i).of(file);
            List<SourceRecord> after = continued(Map.of(), before);
            assertThat(ids(after)).as("change %d", i).doesNotContainAnyElementsOf(ids(before));
            assertDeliveredOnce(before, after);
            assertThat(media.unfinished).hasSize(1);
        }
    }

    @Test
    void aFileIsPublishedAnewIfChunksHaveAnotherSizeNow() throws IOException {
        List<SourceRecord> before = interrupted(4);
        assertPublishedAnew(before, continued(Map.of("chunk.bytes", "2048"), before));
    }

    @Test
    void aFileIsPublishedAnewAfterTooLongATime() throws IOException {
        List<SourceRecord> before = interrupted(4);
        long sent = number(before.get(3), "sent");
        assertThat(ids(continued(Map.of(), before, changed(before.get(3), Map.of("sent", sent - 500_000)))))
                .isEqualTo(ids(before));
        for (long other : new long[] {sent - 601_000, sent + 500_000, 0}) {
            assertPublishedAnew(before, continued(Map.of(), before, changed(before.get(3), Map.of("sent", other))));
        }
        assertPublishedAnew(before, continued(Map.of("resume.within.ms", "0"), before));
    }

    @Test
    void anOffsetWithoutABlobOrWithAnInvalidOneMeansTheStart() throws IOException {
        List<SourceRecord> before = interrupted(4);
        for (Map<String, Object> invalid : List.<Map<String, Object>>of(
                Map.of("blob", "x"),
                Map.of("blob", 7L),
                Map.of("chunks", 0L),
                Map.of("chunks", 2L),
                Map.of("chunks", Long.MAX_VALUE),
                Map.of("crc32c", 1L),
                Map.of("topic", 1L),
                Map.of("modified", true))) {
            assertPublishedAnew(before, continued(Map.of(), before, changed(before.get(3), invalid)));
        }
        Map<String, Object> earlier = changed(before.get(3), Map.of("position", 0L));
        earlier.keySet().retainAll(List.of("position", "file.key"));
        assertPublishedAnew(before, continued(Map.of(), before, earlier));
    }

    @Test
    void aBlobWhoseChunksGoElsewhereNowIsPublishedAnewAtOnce() throws IOException {
        List<RecordMetadata> elsewhere =
                List.of(ConnectorRun.storedIn(1), new RecordMetadata(new TopicPartition("other", 0), 0, 0, 0, 0, 0));
        for (RecordMetadata place : elsewhere) {
            List<SourceRecord> before = interrupted(4);
            try (ConnectorRun run = media.start(ONE_BY_ONE, ConnectorRun.offsetsOf(before))) {
                run.outcome(record -> place);
                List<SourceRecord> after = run.drain();
                assertThat(run.rejected).isEmpty();
                assertThat(run.finished).hasSize(1);
                after.removeIf(record -> ids(List.of(record)).equals(ids(before)));
                assertDeliveredOnce(List.of(), after);
                assertThat(after).hasSize(CHUNKS + 1);
            }
        }
    }

    @Test
    void aBlobOfWhichAChunkIsLeftOutAgainIsToldAgain() throws IOException {
        List<SourceRecord> before = interrupted(3);
        try (ConnectorRun run = media.start(ONE_BY_ONE, ConnectorRun.offsetsOf(before))) {
            run.outcome(record -> value(record, "media.chunk").equals("4") ? null : ConnectorRun.storedIn(0));
            before.addAll(run.drain());
            assertThat(run.rejections()).singleElement().asString().contains("a chunk was refused and left out");
            assertThat(run.finished).isEmpty();
        }
        List<SourceRecord> after = continued(Map.of(), before);
        assertThat(chunks(after)).as("not behind the chunk that was left out").startsWith(4);
        before.removeIf(record -> value(record, "media.chunk").equals("4"));
        assertDeliveredOnce(before, after);
    }

    @Test
    void aTaskCanBeStoppedWhileItReadsALongStoredPartAgain() throws IOException {
        Map<String, String> large = Map.of("chunk.bytes", "1000000", "include", "big");
        byte[] content = new byte[70_000_000];
        new Random(1).nextBytes(content);
        Path big = Files.write(media.folder.resolve("big"), content);
        List<SourceRecord> before = new ArrayList<>();
        try (ConnectorRun run = media.start(large)) {
            while (before.size() < 68) {
                before.addAll(run.next());
            }
        }
        try (ConnectorRun run = media.start(large, ConnectorRun.offsetsOf(before))) {
            assertThat(run.poll()).as("not known to be complete").isEmpty();
            assertThat(run.poll()).as("more than one step").isEmpty();
            run.task().stop();
            assertThat(run.poll()).isEmpty();
            assertThat(run.rejected).isEmpty();
        }
        List<SourceRecord> after = continued(large, before);
        long stored = number(before.get(before.size() - 1), "chunks");
        assertThat(stored).isGreaterThan(60);
        assertThat(chunks(after)).startsWith((int) stored);
        file = big;
        assertDeliveredOnce(before, after);
    }

    @Test
    void aBlobIsDeliveredOnceHoweverOftenTheTaskIsKilledAndWhateverBecomesOfTheChunksUnderWay() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            file = media.write("a.bin", 40 * MediaFolder.CHUNK + random.nextInt(MediaFolder.CHUNK));
            List<SourceRecord> log = new ArrayList<>();
            Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
            int kills = 0;
            while (!runUntilKilled(random, log, offsets)) {
                kills++;
            }
            media.unfinished.clear();
            assertThat(media.assemble(log))
                    .as("seed %d, round %d, %d kills", seed, round, kills)
                    .singleElement()
                    .satisfies(blob ->
                            assertThat(Files.mismatch(blob.content(), file)).isEqualTo(-1));
            assertThat(media.undelivered)
                    .as("seed %d: a blob is not continued unless its first chunk is stored", seed)
                    .allSatisfy(blob -> assertThat(blob.reason()).isEqualTo(UndeliveredBlob.Reason.NO_START));
        }
    }

    /**
     * Runs a task as a worker does; returns whether all was read and stored before it was killed.
     *
     * @param log what is stored, in order
     * @param offsets advance with records that are stored, or left out
     */
    private boolean runUntilKilled(Random random, List<SourceRecord> log, Map<Map<String, ?>, Map<String, ?>> offsets)
            throws Exception {
        Deque<SourceRecord> underWay = new ArrayDeque<>();
        try (ConnectorRun run = media.start(Map.of("batch.records", "" + (1 + random.nextInt(4))), offsets)) {
            boolean takesAll = random.nextInt(3) > 0;
            for (int steps = 2 + random.nextInt(12); steps > 0; steps--) {
                List<SourceRecord> batch = run.task().poll();
                underWay.addAll(batch == null ? List.of() : batch);
                for (int i = random.nextInt(6); i > 0 && !underWay.isEmpty(); i--) {
                    SourceRecord record = underWay.remove();
                    boolean isStored = takesAll || value(record, "media.chunk").isEmpty() || random.nextInt(10) > 0;
                    if (isStored) {
                        log.add(record);
                    }
                    run.task().commitRecord(record, isStored ? ConnectorRun.storedIn(0) : null);
                    offsets.put(record.sourcePartition(), record.sourceOffset());
                }
                if (underWay.isEmpty() && !run.finished.isEmpty()) {
                    return true;
                }
            }
        }
        // of what was under way, anything may be stored
        underWay.removeIf(record -> random.nextBoolean());
        log.addAll(underWay);
        return false;
    }

    /** The first records of the file, each stored before the next one is read. */
    private List<SourceRecord> interrupted(int count) {
        List<SourceRecord> records = new ArrayList<>();
        try (ConnectorRun run = media.start(ONE_BY_ONE)) {
            for (int i = 0; i < count; i++) {
                records.addAll(run.next());
            }
        }
        return records;
    }

    private List<SourceRecord> continued(Map<String, String> settings, List<SourceRecord> before) {
        return continued(settings, before, before.get(before.size() - 1).sourceOffset());
    }

    private List<SourceRecord> continued(
            Map<String, String> settings, List<SourceRecord> before, Map<String, ?> offset) {
        try (ConnectorRun run = media.start(settings, Map.of(before.get(0).sourcePartition(), offset))) {
            List<SourceRecord> records = run.drain();
            assertThat(run.rejected).isEmpty();
            assertThat(run.finished).hasSize(1);
            return records;
        }
    }

    private static long number(SourceRecord record, String entry) {
        return Position.ofSourceOffset(record.sourceOffset()).number(entry);
    }

    private static Map<String, Object> changed(SourceRecord record, Map<String, ?> entries) {
        Map<String, Object> offset = new HashMap<>(record.sourceOffset());
        assertThat(offset).containsKeys(entries.keySet().toArray(String[]::new));
        offset.putAll(entries);
        return offset;
    }

    private void assertPublishedAnew(List<SourceRecord> before, List<SourceRecord> after) throws IOException {
        assertThat(ids(after)).hasSize(1).doesNotContainAnyElementsOf(ids(before));
        assertDeliveredOnce(before, after);
        assertThat(media.unfinished).hasSize(1);
    }

    private void assertDeliveredOnce(List<SourceRecord> before, List<SourceRecord> after) throws IOException {
        List<SourceRecord> all = new ArrayList<>(before);
        all.addAll(after);
        media.unfinished.clear();
        assertThat(media.assemble(all))
                .singleElement()
                .satisfies(
                        blob -> assertThat(Files.mismatch(blob.content(), file)).isEqualTo(-1));
        assertThat(media.undelivered).isEmpty();
    }

    private static List<String> ids(List<SourceRecord> records) {
        return records.stream()
                .map(record -> value(record, "media.id"))
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
    }

    private static List<Integer> chunks(List<SourceRecord> records) {
        return records.stream()
                .map(record -> value(record, "media.chunk"))
                .filter(index -> !index.isEmpty())
                .map(Integer::valueOf)
                .toList();
    }

    private static String value(SourceRecord record, String header) {
        Header found = record.headers().lastWithName(header);
        return found == null ? "" : String.valueOf(found.value());
    }
}
