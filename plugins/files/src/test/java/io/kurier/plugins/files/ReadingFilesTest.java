// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ReadingFilesTest {

    @TempDir
    Path folder;

    @Test
    void readsALineARecordWithThePositionBehindIt() throws IOException {
        Path file = write("a.txt", "one\ntwo\r\n\nfour");
        try (ConnectorRun run = lines(Map.of())) {
            List<SourceRecord> records = run.drain();

            assertThat(ConnectorRun.values(records)).containsExactly("one", "two", "", "four");
            SourceRecord second = records.get(1);
            assertThat(second.sourcePartition()).isEqualTo(Map.of("file", file.toString()));
            assertThat(place(second)).isEqualTo(Map.of("position", 9L, "line", 2L));
            assertThat(second.topic()).isEqualTo("t");
            assertThat(second.key()).isNull();
            assertThat(second.timestamp()).isNull();
            assertThat(second.headers()).isEmpty();
            assertThat(run.finished).containsExactly(new ConnectorRun.Finished(file.toString(), 4, 14));
        }
    }

    /** The source offset without what shows which file it is. */
    private static Map<String, Object> place(SourceRecord record) {
        Map<String, Object> offset = new HashMap<>(record.sourceOffset());
        offset.keySet().removeAll(List.of("file.key", "file.head"));
        return offset;
    }

    @Test
    void goesOnAfterEveryRecordWithExactlyTheRest() throws IOException {
        write("a.txt", "one\n\ntwo\r\nthree\n");
        write("b.txt", "four\nfive");
        List<SourceRecord> all;
        try (ConnectorRun run = lines(Map.of())) {
            all = run.drain();
        }
        assertThat(all).hasSize(6);
        for (int committed = 0; committed <= all.size(); committed++) {
            try (ConnectorRun run = lines(ConnectorRun.offsetsOf(all.subList(0, committed)))) {
                assertThat(run.drainValues()).isEqualTo(ConnectorRun.values(all.subList(committed, all.size())));
                assertThat(run.rejected).isEmpty();
            }
        }
    }

    @Test
    void readsOnInAFileThatGrows() throws IOException {
        Path file = write("a.txt", "one\n");
        try (ConnectorRun run = lines(Map.of())) {
            assertThat(run.drainValues()).containsExactly("one");
            append(file, "two\nthree\n");
            assertThat(run.drainValues()).containsExactly("two", "three");
            write("new.txt", "four\n");
            assertThat(run.drainValues()).containsExactly("four");
            assertThat(run.finished).extracting(ConnectorRun.Finished::records).containsExactly(1L, 2L, 1L);
        }
    }

    @Test
    void leavesALineThatIsStillBeingWrittenUntilItIsWhole() throws IOException {
        Path file = write("a.txt", "one\nhalf a ");
        try (ConnectorRun run = lines(Map.of(), Map.of("scan.interval.ms", "3600000"))) {
            assertThat(ConnectorRun.values(run.poll())).containsExactly("one");
            assertThat(run.poll()).isEmpty();
            assertThat(run.drainedCount()).isZero();
            assertThat(run.finished).isEmpty();
        }
        try (ConnectorRun run = lines(Map.of())) {
            assertThat(ConnectorRun.values(run.poll())).containsExactly("one");
            append(file, "line\n");
            assertThat(run.drainValues()).containsExactly("half a line");
        }
    }

    @Test
    void hasDrainedEvenIfTheLastLineOfAFileIsWrittenAllTheTime() throws IOException {
        Path live = write("live.txt", "one\nhalf");
        Files.setLastModifiedTime(live, FileTime.from(Instant.now().plusSeconds(3600)));
        try (ConnectorRun run = lines(Map.of())) {
            List<SourceRecord> read = new ArrayList<>();
            for (int i = 0; run.drainedCount() == 0; i++) {
                assertThat(i).isLessThan(10_000);
                append(live, "+");
                Files.setLastModifiedTime(live, FileTime.from(Instant.now().plusSeconds(3600)));
                read.addAll(run.poll());
            }
            assertThat(ConnectorRun.values(read)).containsExactly("one");
            assertThat(run.finished).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1_000_000_000_000L, -3_600_000, 0, 3_600_000, 1_000_000_000_000L})
    void waitsForTheSecondLookWhateverTheTimeOfModification(long offset) throws IOException {
        Path file = write("a.txt", "one\nhalf a ");
        FileTime time = FileTime.fromMillis(System.currentTimeMillis() + offset);
        Files.setLastModifiedTime(file, time);
        try (ConnectorRun run = lines(Map.of(), Map.of("scan.interval.ms", "3600000"))) {
            assertThat(ConnectorRun.values(run.poll())).containsExactly("one");
            assertThat(run.poll()).isEmpty();
            assertThat(run.drainedCount()).isZero();
        }
        try (ConnectorRun run = lines(Map.of())) {
            assertThat(ConnectorRun.values(run.poll())).containsExactly("one");
            append(file, "line\n");
            Files.setLastModifiedTime(file, time);
            assertThat(run.drainValues()).containsExactly("half a line");
        }
        append(file, "the last");
        Files.setLastModifiedTime(file, time);
        try (ConnectorRun run = lines(Map.of())) {
            assertThat(run.drainValues()).containsExactly("one", "half a line", "the last");
        }
    }

    @Test
    void takesALineEndThatFollowsALastLineForItsEnd() throws IOException {
        Path file = write("a.txt", "one");
        try (ConnectorRun run = lines(Map.of())) {
            List<SourceRecord> first = run.drain();
            append(file, "\r\ntwo\n");
            List<SourceRecord> second = run.drain();

            assertThat(ConnectorRun.values(second)).containsExactly("two");
            assertThat(place(second.get(0))).isEqualTo(Map.of("position", 9L, "line", 2L));
            try (ConnectorRun again = lines(ConnectorRun.offsetsOf(first))) {
                assertThat(again.drainValues()).containsExactly("two");
            }
        }
    }

    @Test
    void rejectsTheRestOfALineThatWasPublishedTooEarly() throws IOException {
        Path file = write("a.txt", "one");
        try (ConnectorRun run = lines(Map.of())) {
            assertThat(run.drainValues()).containsExactly("one");
            append(file, " and a half\ntwo\n");
            assertThat(run.drainValues()).containsExactly("two");
            assertThat(run.rejections()).singleElement().asString().startsWith("line 1: the line was published");
        }
    }

    @Test
    void refusesAFileWhoseStoredOffsetIsNoneOfOurs() throws IOException {
        Path file = write("a.txt", "one\n");
        write("b.txt", "two\n");
        try (ConnectorRun run = lines(Map.of(Map.of("file", file.toString()), Map.of("offset", 7L)))) {
            assertThat(run.drainValues()).containsExactly("two");
            assertThat(run.rejected)
                    .singleElement()
                    .satisfies(rejected -> assertThat(rejected.reason()).contains("position", "reset"));
        }
    }

    @Test
    void finishesAnEmptyFileWithoutRecords() throws IOException {
        Path file = write("a.txt", "");
        try (ConnectorRun run = lines(Map.of())) {
            assertThat(run.drainValues()).isEmpty();
            assertThat(run.finished).containsExactly(new ConnectorRun.Finished(file.toString(), 0, 0));
        }
    }

    @Test
    void saysThatItHasDrainedOnlyWhenThereWasSomethingNew() throws IOException {
        write("a.txt", "one\n");
        try (ConnectorRun run = lines(Map.of())) {
            run.drain();
            for (int i = 0; i < 10; i++) {
                assertThat(run.poll()).isEmpty();
            }
            assertThat(run.drainedCount()).isEqualTo(1);
            assertThat(run.finished).hasSize(1);
        }
    }

    @Test
    void handsOverNoMoreRecordsAtATimeThanAllowed() throws IOException {
        write("a.txt", "x\n".repeat(25));
        try (ConnectorRun run = lines(Map.of(), Map.of("batch.records", "10"))) {
            assertThat(List.of(run.poll().size(), run.poll().size(), run.poll().size()))
                    .containsExactly(10, 10, 5);
        }
    }

    @Test
    void boundsTheBytesOfABatch() throws IOException {
        write("a.txt", ("x".repeat(999_999) + "\n").repeat(20));
        try (ConnectorRun run = lines(Map.of())) {
            assertThat(run.poll()).hasSizeBetween(1, 6);
            assertThat(run.drain()).hasSizeBetween(14, 19);
        }
    }

    @Test
    void skipsALineThatIsTooLongAndKeepsOneThatJustFits() throws IOException {
        write("a.txt", "x".repeat(10) + "\r\n" + "y".repeat(11) + "\n" + "z".repeat(10) + "\nend\n" + "v".repeat(12));
        try (ConnectorRun run = lines(Map.of(), Map.of("max.record.bytes", "10"))) {
            assertThat(run.drainValues()).containsExactly("x".repeat(10), "z".repeat(10), "end");
            assertThat(run.rejections())
                    .satisfiesExactly(
                            first -> assertThat(first)
                                    .startsWith("line 2: the line has 11 bytes, more than max.record.bytes=10"),
                            last -> assertThat(last).startsWith("line 5: the line has 12 bytes"));
        }
    }

    @Test
    void skipsALineThatIsLongerThanTheHeap() throws IOException {
        Path file = write("a.txt", "before\n");
        long length = 1200L << 20;
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(7 + length);
        }
        append(file, "\nafter\n");
        try (ConnectorRun run = lines(Map.of())) {
            assertThat(run.drainValues()).containsExactly("before", "after");
            assertThat(run.rejections()).singleElement().asString().startsWith("line 2: the line has " + length);
        }
    }

    @Test
    void readsTheSameLinesAsAnIndependentReader() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            StringBuilder content = new StringBuilder();
            int pieces = random.nextInt(60);
            for (int i = 0; i < pieces; i++) {
                switch (random.nextInt(6)) {
                    case 0 -> content.append("\r\n");
                    case 1, 2 -> content.append('\n');
                    case 3 -> content.append('\r');
                    case 4 -> content.append("x".repeat(random.nextInt(70_000)));
                    default -> content.append("word ").append(i);
                }
            }
            write("a.txt", content.toString());
            try (ConnectorRun run = lines(Map.of())) {
                assertThat(run.drainValues())
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(independently(content.toString()));
            }
        }
    }

    private static List<Object> independently(String content) {
        List<Object> lines = new ArrayList<>(List.of(content.split("\n", -1)));
        String last = (String) lines.remove(lines.size() - 1);
        lines.replaceAll(line ->
                ((String) line).endsWith("\r") ? ((String) line).substring(0, ((String) line).length() - 1) : line);
        if (!last.isEmpty()) {
            lines.add(last);
        }
        return lines;
    }

    @Test
    void readsAThousandSmallFilesOnceEachOverThreeTasks() throws IOException {
        List<Object> expected = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            write("sub" + i % 7 + "/file " + i + ".txt", "content " + i + "\n");
            expected.add("content " + i);
        }
        List<Object> read = new ArrayList<>();
        for (int task = 0; task < 3; task++) {
            try (ConnectorRun run =
                    ConnectorRun.start(new LineFormat.Connector(), properties(Map.of()), Map.of(), 3, task)) {
                List<SourceRecord> records = run.drain();
                assertThat(records).hasSizeBetween(200, 500);
                assertThat(records)
                        .extracting(record -> (String) record.sourcePartition().get("file"))
                        .isSorted();
                read.addAll(ConnectorRun.values(records));
            }
        }
        assertThat(read).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void readsABinaryFormatThroughTheSameDoor() throws IOException {
        Path file = folder.resolve("a.bin");
        Files.write(file, new byte[] {2, 'a', 'b', (byte) 255, 1, 'c', 3, 'd'});
        try (ConnectorRun run = ConnectorRun.start(new LengthFormat.Connector(), properties(Map.of()))) {
            List<SourceRecord> records = run.drain();
            assertThat(ConnectorRun.values(records)).containsExactly(new byte[] {'a', 'b'}, new byte[] {'c'});
            assertThat(place(records.get(1))).isEqualTo(Map.of("position", 6L));
            assertThat(run.rejections()).containsExactly("byte 4: refused", ": cut short");

            Files.write(file, new byte[] {'e', 'f'}, StandardOpenOption.APPEND);
            assertThat(run.drainValues()).containsExactly(new byte[] {'d', 'e', 'f'});
            assertThat(run.rejected).hasSize(2);
        }
    }

    @Test
    void tellsAnErrorThatStaysOnlyOnceAndReadsTheOtherFiles() throws IOException {
        Files.write(folder.resolve("broken.bin"), new byte[] {1, 'a', (byte) 254, 1, 'b'});
        Files.write(folder.resolve("fire.bin"), new byte[] {1, 'c', (byte) 253});
        Files.write(folder.resolve("good.bin"), new byte[] {1, 'd'});
        try (ConnectorRun run = ConnectorRun.start(new LengthFormat.Connector(), properties(Map.of()))) {
            assertThat(run.drainValues()).containsExactly(new byte[] {'a'}, new byte[] {'c'}, new byte[] {'d'});
            assertThat(run.rejections()).containsExactly("byte 3: broken", ": it cannot be read: the disk is on fire");
            for (int i = 0; i < 10; i++) {
                assertThat(run.poll()).isEmpty();
            }
            assertThat(run.rejected).hasSize(2);
            assertThat(run.finished).hasSize(1);
        }
    }

    @Test
    void stopEndsAWaitAndClosesTheFile() throws Exception {
        write("a.txt", "x\n".repeat(100));
        ConnectorRun run = lines(Map.of(), Map.of("batch.records", "10", "scan.interval.ms", "3600000"));
        assertThat(run.poll()).hasSize(10);
        assertThat(openFiles()).isEqualTo(1);
        run.close();
        assertThat(openFiles()).isZero();
        assertThat(run.poll()).isEmpty();

        ConnectorRun waiting = lines(Map.of(), Map.of("scan.interval.ms", "3600000"));
        waiting.drain();
        CompletableFuture<List<SourceRecord>> poll = CompletableFuture.supplyAsync(waiting::poll);
        waiting.close();
        assertThat(poll.get(30, TimeUnit.SECONDS)).isEmpty();
    }

    private long openFiles() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(descriptors));
        long count = 0;
        try (var links = Files.list(descriptors)) {
            for (Path link : links.toList()) {
                if (Files.isSymbolicLink(link) && Files.exists(link)) {
                    count += Files.readSymbolicLink(link).startsWith(folder) ? 1 : 0;
                }
            }
        }
        return count;
    }

    @Test
    void anInterruptLosesNoRecord() throws IOException {
        write("a.txt", "one\ntwo\n");
        try (ConnectorRun run = lines(Map.of())) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(run::poll).hasCauseInstanceOf(InterruptedException.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(run.drainValues()).containsExactly("one", "two");
            assertThat(run.rejected).isEmpty();
        }
    }

    private ConnectorRun lines(Map<Map<String, ?>, Map<String, ?>> offsets) {
        return lines(offsets, Map.of());
    }

    private ConnectorRun lines(Map<Map<String, ?>, Map<String, ?>> offsets, Map<String, String> more) {
        return ConnectorRun.start(new LineFormat.Connector(), properties(more), offsets, 1, 0);
    }

    private Map<String, String> properties(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of("path", folder.toString()));
        properties.putAll(more);
        return Collections.unmodifiableMap(properties);
    }

    private Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content, StandardCharsets.US_ASCII);
    }

    private static void append(Path file, String content) throws IOException {
        Files.writeString(file, content, StandardCharsets.US_ASCII, StandardOpenOption.APPEND);
    }
}
