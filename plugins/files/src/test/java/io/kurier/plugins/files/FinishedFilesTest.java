// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FinishedFilesTest {

    @TempDir
    Path folder;

    private Path in;
    private Path done;

    @BeforeEach
    void makeAFolderToRead() throws IOException {
        in = Files.createDirectory(folder.resolve("in"));
        done = folder.resolve("done");
    }

    @Test
    void leavesFilesUnlessToldOtherwise() throws IOException {
        Path file = write("a.txt", "one\n");
        try (ConnectorRun run = start(Map.of("finished.after.ms", "0"))) {
            run.drain();
            pollTimes(run, 10);
            assertThat(file).exists();
        }
    }

    @Test
    void movesAFileToTheSamePathBelowTheOtherFolder() throws IOException {
        Path file = write("sub/a.txt", "one\n");
        write("b.txt", "two\n");
        try (ConnectorRun run = start(move())) {
            assertThat(run.drainValues()).containsExactly("two", "one");
            pollUntil(run, () -> !Files.exists(file) && !Files.exists(in.resolve("b.txt")));
            assertThat(done.resolve("sub/a.txt")).hasContent("one");
            assertThat(done.resolve("b.txt")).hasContent("two");

            write("b.txt", "three\n");
            assertThat(run.drainValues()).containsExactly("three");
            pollUntil(run, () -> !Files.exists(in.resolve("b.txt")));
            assertThat(done.resolve("b.txt")).hasContent("two");
            assertThat(done.resolve("b.txt.1")).hasContent("three");
        }
    }

    @Test
    void doesNotReadTheFolderWithTheMovedFiles() throws IOException {
        Path file = write("a.txt", "one\n");
        Map<String, String> within = new HashMap<>(move());
        within.put("finished.folder", in.resolve("done").toString());
        try (ConnectorRun run = start(within)) {
            assertThat(run.drainValues()).containsExactly("one");
            pollUntil(run, () -> !Files.exists(file));
            assertThat(pollTimes(run, 10)).isEmpty();
        }
        try (ConnectorRun again = start(within)) {
            assertThat(again.drain()).isEmpty();
        }
    }

    @Test
    void deletesAFileOnlyWhenAllOfItsRecordsAreStored() throws Exception {
        Path file = write("a.txt", "one\ntwo\n");
        try (ConnectorRun run = start(Map.of("finished", "delete", "finished.after.ms", "0"))) {
            SourceTask task = run.task();
            List<SourceRecord> batch = task.poll();
            assertThat(batch).hasSize(2);
            pollTimes(run, 10);
            assertThat(file).exists();
            task.commitRecord(batch.get(1), ConnectorRun.storedIn(0));
            pollTimes(run, 10);
            assertThat(file).exists();
            Thread other = new Thread(() -> {
                try {
                    task.commitRecord(batch.get(0), null);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            other.start();
            other.join();
            pollUntil(run, () -> !Files.exists(file));
        }
    }

    @Test
    void aFileThatGrowsAgainIsReadOnBeforeItGoes() throws IOException {
        Path file = write("a.txt", "one\n");
        try (ConnectorRun run = start(Map.of("finished", "delete", "finished.after.ms", "3600000"))) {
            assertThat(run.drainValues()).containsExactly("one");
            Files.writeString(file, "two\n", StandardOpenOption.APPEND);
            assertThat(run.drainValues()).containsExactly("two");
            pollTimes(run, 10);
            assertThat(file).exists();
        }
    }

    @Test
    void aFileThatWasReadBeforeARestartIsFinishedAfterIt() throws IOException {
        Path file = write("a.txt", "one\n");
        List<SourceRecord> published;
        try (ConnectorRun run = start(Map.of())) {
            published = run.drain();
        }
        try (ConnectorRun run = ConnectorRun.start(
                new LineFormat.Connector(), properties(move()), ConnectorRun.offsetsOf(published), 1, 0)) {
            pollUntil(run, () -> !Files.exists(file));
            assertThat(done.resolve("a.txt")).hasContent("one");
        }
    }

    @Test
    void aFileThatCannotBeReadToItsEndStays() throws IOException {
        Path file = in.resolve("a.bin");
        Files.write(file, new byte[] {1, 'a', (byte) 254});
        Path refused = in.resolve("b.bin");
        Files.write(refused, new byte[] {1, 'b', (byte) 255});
        try (ConnectorRun run = ConnectorRun.start(
                new LengthFormat.Connector(), properties(Map.of("finished", "delete", "finished.after.ms", "0")))) {
            assertThat(run.drain()).hasSize(2);
            pollUntil(run, () -> !Files.exists(refused));
            pollTimes(run, 10);
            assertThat(file).exists();
        }
    }

    @Test
    void goesOnReadingWhereAFileCannotBeMoved() throws IOException {
        Path file = write("a.txt", "one\n");
        Files.writeString(done, "a file in the place of the folder");
        try (ConnectorRun run = start(move())) {
            assertThat(run.drainValues()).containsExactly("one");
            pollTimes(run, 10);
            assertThat(file).exists();
            write("b.txt", "two\n");
            assertThat(run.drainValues()).containsExactly("two");
            assertThat(run.rejected).isEmpty();
            Files.delete(done);
            pollUntil(run, () -> !Files.exists(file));
            assertThat(done.resolve("a.txt")).hasContent("one");
        }
    }

    @Test
    void copiesToAnotherFileSystem() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeThat(Files.isWritable(memory)).as("a second file system").isTrue();
        assumeThat(Files.getFileStore(memory).equals(Files.getFileStore(in)))
                .as("the same file system")
                .isFalse();
        Path target = Files.createTempDirectory(memory, "finished");
        Path file = write("a.txt", "one\n");
        Map<String, String> there = new HashMap<>(move());
        there.put("finished.folder", target.toString());
        try (ConnectorRun run = start(there)) {
            run.drain();
            pollUntil(run, () -> !Files.exists(file));
            assertThat(target.resolve("a.txt")).hasContent("one");
        } finally {
            Files.deleteIfExists(target.resolve("a.txt"));
            Files.delete(target);
        }
    }

    @Test
    void refusesKeysThatContradictEachOther() {
        assertThatThrownBy(() -> start(Map.of("finished", "move")).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is required by finished=move");
        assertThatThrownBy(() -> start(Map.of("finished.folder", "done")).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is not used with finished=leave");
    }

    private Map<String, String> move() {
        return Map.of("finished", "move", "finished.folder", done.toString(), "finished.after.ms", "0");
    }

    private ConnectorRun start(Map<String, String> more) {
        return ConnectorRun.start(new LineFormat.Connector(), properties(more));
    }

    private Map<String, String> properties(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of("path", in.toString()));
        properties.putAll(more);
        return properties;
    }

    private static List<SourceRecord> pollTimes(ConnectorRun run, int times) {
        List<SourceRecord> records = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            records.addAll(run.poll());
        }
        return records;
    }

    /** Polls until a condition holds; the time limit of the test ends it otherwise. */
    private static void pollUntil(ConnectorRun run, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            run.poll();
        }
    }

    private Path write(String name, String content) throws IOException {
        Path file = in.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content, StandardCharsets.US_ASCII);
    }
}
