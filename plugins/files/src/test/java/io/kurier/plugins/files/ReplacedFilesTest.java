// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that lead to another file than before: logs that are rotated, cut, synchronized. */
@Timeout(120)
class ReplacedFilesTest {

    private static final Map<Map<String, ?>, Map<String, ?>> NO_OFFSETS = Map.of();

    @TempDir
    Path folder;

    private Path log;

    @BeforeEach
    void name() {
        log = folder.resolve("app.txt");
    }

    private static boolean hasKeys(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey() != null;
    }

    private void needsKeys() throws IOException {
        assumeTrue(hasKeys(folder), "this file system has no file keys");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.txt.1", "app-1.txt", "archive/app.txt.1", "archive/app.txt"})
    void readsANewFileFromItsStartAndTheRotatedOneToItsEnd(String rotated) throws IOException {
        needsKeys();
        write(log, "old 1\nold 2\nold 3\nold 4\nold 56\n");
        try (ConnectorRun run = start(NO_OFFSETS)) {
            assertThat(run.drainValues()).hasSize(5);
            append(log, "late 1\nlate 2\n");
            move(log, rotated);
            write(log, "new 1\nnew 2\nnew 3\nnew 4\nnew 5\nnew 6\nnew 7\n");

            assertThat(run.drainValues())
                    .containsExactlyInAnyOrder(
                            "late 1", "late 2", "new 1", "new 2", "new 3", "new 4", "new 5", "new 6", "new 7");
            assertThat(run.rejected).isEmpty();
            append(log, "new 8\n");
            assertThat(run.drainValues()).containsExactly("new 8");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.txt.1", "app-1.txt"})
    void neitherLosesNorRepeatsALineAtARestartAroundARotation(String rotated) throws IOException {
        needsKeys();
        write(log, "old 1\nold 2\n");
        List<SourceRecord> before;
        try (ConnectorRun run = start(NO_OFFSETS)) {
            before = run.drain();
        }
        append(log, "late 1\nlate 2\n");
        move(log, rotated);
        write(log, "new 1\nnew 2\nnew 3\n");
        List<SourceRecord> all = new ArrayList<>(before);
        for (int restart = 0; restart < 5; restart++) {
            try (ConnectorRun run = start(ConnectorRun.offsetsOf(all), Map.of("batch.records", "1"))) {
                all.addAll(run.next());
            }
        }
        assertThat(ConnectorRun.values(all))
                .containsExactlyInAnyOrder("old 1", "old 2", "late 1", "late 2", "new 1", "new 2", "new 3");
        try (ConnectorRun run = start(ConnectorRun.offsetsOf(all))) {
            assertThat(run.drainValues()).isEmpty();
        }
    }

    @Test
    void followsLogsWhoseNumbersAllMoveByOne() throws IOException {
        needsKeys();
        List<Object> written = new ArrayList<>();
        List<Object> read = new ArrayList<>();
        try (ConnectorRun run = start(NO_OFFSETS)) {
            for (int round = 0; round < 6; round++) {
                for (int number = round; number >= 1; number--) {
                    Path from = number == 1 ? log : folder.resolve("app." + (number - 1) + ".txt");
                    Files.move(from, folder.resolve("app." + number + ".txt"));
                }
                if (round > 0) {
                    append(folder.resolve("app.1.txt"), "late " + round + "\n");
                    written.add("late " + round);
                }
                write(log, "line " + round + "\n");
                written.add("line " + round);
                read.addAll(run.drainValues());
            }
        }
        assertThat(read).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void keepsReadingARenamedFileUntilTheNewOneHasSomething() throws IOException {
        needsKeys();
        write(log, "old 1\n");
        try (ConnectorRun run = start(NO_OFFSETS)) {
            assertThat(run.drainValues()).containsExactly("old 1");
            Path rotated = move(log, "app.txt.1");
            append(rotated, "old 2\n");
            assertThat(run.drainValues()).containsExactly("old 2");
            write(log, "");
            for (int i = 3; i < 6; i++) {
                append(rotated, "old " + i + "\n");
                assertThat(run.drainValues()).containsExactly("old " + i);
            }
            append(log, "new 1\n");
            assertThat(run.drainValues()).containsExactly("new 1");
        }
    }

    @Test
    void findsTheRotatedFileBesideTheOnlyOneThatIsRead() throws IOException {
        needsKeys();
        write(log, "old 1\n");
        try (ConnectorRun run = start(NO_OFFSETS, Map.of("path", log.toString()))) {
            assertThat(run.drainValues()).containsExactly("old 1");
            append(log, "old 2\n");
            move(log, "app.txt.1");
            write(log, "new 1\n");
            assertThat(run.drainValues()).containsExactly("old 2", "new 1");
            assertThat(run.rejected).isEmpty();
        }
    }

    @Test
    void readsANewFileEvenIfTheEarlierOneIsGone() throws IOException {
        write(log, "start\n");
        try (ConnectorRun run = start(NO_OFFSETS)) {
            List<SourceRecord> first = run.drain();
            Path other = write(folder.resolve("other"), "start\nnew 1\n");
            Files.move(other, log, StandardCopyOption.REPLACE_EXISTING);
            assumeTrue(hasKeys(log), "this file system has no file keys");
            assertThat(run.drainValues()).containsExactly("start", "new 1");
            try (ConnectorRun again = start(ConnectorRun.offsetsOf(first))) {
                assertThat(again.drainValues()).containsExactly("start", "new 1");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut\n", "another, and longer than the one before\nlast\n", "other\n1\n"})
    void readsAFileThatWasCutAndWrittenAnewFromItsStart(String content) throws IOException {
        write(log, "line 1\nline\n");
        List<Object> anew = List.of(content.split("\n"));
        try (ConnectorRun run = start(NO_OFFSETS)) {
            List<SourceRecord> first = run.drain();
            write(log, content);
            assertThat(run.drainValues()).isEqualTo(anew);
            assertThat(run.rejected).isEmpty();
            try (ConnectorRun restarted = start(ConnectorRun.offsetsOf(first))) {
                assertThat(restarted.drainValues()).isEqualTo(anew);
            }
            append(log, "more\n");
            assertThat(run.drainValues()).containsExactly("more");
        }
    }

    @Test
    void noticesAnotherBeginningOfALargeFile() throws IOException {
        write(log, ("x".repeat(99) + "\n").repeat(1_000));
        List<SourceRecord> first;
        try (ConnectorRun run = start(NO_OFFSETS)) {
            first = run.drain();
            assertThat(first).hasSize(1_000);
        }
        write(log, ("x".repeat(99) + "\n").repeat(100) + ("y".repeat(99) + "\n").repeat(1_000));
        try (ConnectorRun run = start(ConnectorRun.offsetsOf(first))) {
            assertThat(run.drain()).hasSize(1_100);
        }
    }

    @Test
    void goesOnInACopyThatASynchronizationRenamedIntoPlace() throws IOException {
        String content = "a line of a log\n".repeat(100);
        write(log, content);
        try (ConnectorRun run = start(NO_OFFSETS)) {
            List<SourceRecord> first = run.drain();
            Path copy = write(folder.resolve(".app.txt.x7Yq"), content + "more\n");
            Files.move(copy, log, StandardCopyOption.REPLACE_EXISTING);
            assertThat(run.drainValues()).containsExactly("more");
            try (ConnectorRun again = start(ConnectorRun.offsetsOf(first))) {
                assertThat(again.drainValues()).containsExactly("more");
            }
        }
    }

    @Test
    void takesANewFileForNewThoughItHasKeyAndContentOfADeletedOne() throws IOException {
        Path file = write(folder.resolve("0.txt"), "{\"status\":\"ok\"}\n");
        try (ConnectorRun run = start(NO_OFFSETS)) {
            assertThat(run.drain()).hasSize(1);
            for (int i = 1; i < 20; i++) {
                Files.delete(file); // most file systems give its inode to the next one
                file = write(folder.resolve(i + ".txt"), "{\"status\":\"ok\"}\n");
                assertThat(run.drain()).as("file %d", i).hasSize(1);
            }
        }
    }

    @Test
    void readsAFileThatHasTwoNamesUnderBoth() throws IOException {
        write(log, "1\n");
        try (ConnectorRun run = start(NO_OFFSETS)) {
            assertThat(run.drainValues()).containsExactly("1");
            Files.createLink(folder.resolve("b.txt"), log);
            assertThat(run.drainValues()).containsExactly("1");
            append(log, "2\n");
            assertThat(run.drainValues()).containsExactly("2", "2");
        }
    }

    @Test
    void saysInTheLogWhatBecameOfFiles() throws IOException {
        needsKeys();
        write(log, "one\n");
        Path cut = write(folder.resolve("cut.txt"), "a secret\n");
        Path gone = write(folder.resolve("gone.txt"), "two\n");
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try (ConnectorRun run = start(NO_OFFSETS)) {
            run.drain();
            Path rotated = move(log, "app.txt.1");
            write(log, "three\n");
            write(cut, "four\n");
            Files.move(write(folder.resolve("other"), "five\n"), gone, StandardCopyOption.REPLACE_EXISTING);
            assertThat(run.drainValues()).containsExactlyInAnyOrder("three", "four", "five");
            assertThat(said.toString(StandardCharsets.UTF_8))
                    .contains("Another file took the name " + log + ". The earlier one is " + rotated + " now")
                    .contains("The file " + cut + " was cut or replaced: it has 5 bytes, which are not those that were"
                            + " read up to byte 9. It is read from its start")
                    .contains("Another file took the name " + gone + " and is read from its start")
                    .doesNotContain("secret");
            assertThat(run.rejected).isEmpty();
        } finally {
            System.setErr(before);
        }
    }

    @Test
    void goesOnFromOffsetsThatSayNothingOfTheFile() throws IOException {
        write(log, "one\ntwo\nthree\n");
        Map<String, Object> offset = Map.of("position", 4L, "line", 1L);
        try (ConnectorRun run = start(Map.of(Map.of("file", log.toString()), offset))) {
            List<SourceRecord> rest = run.drain();
            assertThat(ConnectorRun.values(rest)).containsExactly("two", "three");
            assertThat(rest.get(0).sourceOffset().get("file.head")).isNotNull();
        }
        write(log, "1\n");
        try (ConnectorRun run = start(Map.of(Map.of("file", log.toString()), offset))) {
            assertThat(run.drainValues()).containsExactly("1");
        }
    }

    @Test
    void storesWhatShowsThatItIsTheSameFile() throws IOException {
        write(log, "one\n" + "x".repeat(20_000) + "\nlast\n");
        try (ConnectorRun run = start(NO_OFFSETS)) {
            List<SourceRecord> records = run.drain();
            assertThat(records.get(0).sourceOffset().get("file.head"))
                    .as("SHA-256 of \"one\\n\", its first 8 bytes")
                    .isEqualTo("4:2c8b08da5ce60398");
            assertThat(String.valueOf(records.get(1).sourceOffset().get("file.head")))
                    .startsWith("16384:");
            assertThat(records.get(2).sourceOffset().get("file.head"))
                    .isEqualTo(records.get(1).sourceOffset().get("file.head"));
            needsKeys();
            assertThat(records)
                    .extracting(record -> record.sourceOffset().get("file.key"))
                    .doesNotContainNull();
        }
    }

    private ConnectorRun start(Map<Map<String, ?>, Map<String, ?>> offsets) {
        return start(offsets, Map.of());
    }

    private ConnectorRun start(Map<Map<String, ?>, Map<String, ?>> offsets, Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of("path", folder.toString()));
        properties.putAll(more);
        return ConnectorRun.start(new LineFormat.Connector(), properties, offsets, 1, 0);
    }

    private Path move(Path file, String to) throws IOException {
        Path target = folder.resolve(to);
        Files.createDirectories(target.getParent());
        return Files.move(file, target);
    }

    private static Path write(Path file, String content) throws IOException {
        return Files.writeString(file, content, StandardCharsets.US_ASCII);
    }

    private static void append(Path file, String content) throws IOException {
        Files.writeString(file, content, StandardCharsets.US_ASCII, StandardOpenOption.APPEND);
    }
}
