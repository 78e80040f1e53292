// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.StartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileDeadLettersTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder = Path.of("");

    private Path file() {
        return folder.resolve("dead.jsonl");
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (String line : Files.readAllLines(file())) {
            all.add(JSON.readTree(line));
        }
        return all;
    }

    @Test
    void writesALineOfJsonForEachBeforeItsStageCompletes() throws Exception {
        try (FileDeadLetters letters = FileDeadLetters.open(file())) {
            letters.accept(Letters.withValue("a\nb")).join();
            assertThat(lines()).hasSize(1);
            JsonNode line = lines().get(0);
            assertThat(Instant.parse(line.get("time").asText())).isBeforeOrEqualTo(Instant.now());
            assertThat(line.get("connector.name").asText()).isEqualTo("csv");
            assertThat(line.get("task.id").asText()).isEqualTo("3");
            assertThat(line.get("stage").asText()).isEqualTo("VALUE_CONVERTER");
            assertThat(line.get("class.name").asText()).isEqualTo(Letters.class.getName());
            assertThat(line.get("exception.class.name").asText()).isEqualTo(IllegalStateException.class.getName());
            assertThat(line.get("exception.message").asText()).isEqualTo("no number: x");
            assertThat(line.get("exception.stacktrace").asText())
                    .contains("it is Friday", "at " + Letters.class.getName());
            assertThat(line.get("topic").asText()).isEqualTo("orders");
            assertThat(line.get("source").asText()).isEqualTo("{\"file\":\"/in/a.csv\"}");
            assertThat(line.get("position").asText()).isEqualTo("{\"position\":17}");
            assertThat(line.get("key").asText()).isEqualTo("key");
            assertThat(line.get("value").asText()).isEqualTo("a\nb");
            assertThat(line.get("headers")).hasToString("[{\"name\":\"trace\",\"value\":\"t1\"}]");
        }
    }

    @Test
    void writesBytesThatAreNoTextInBase64() throws Exception {
        try (FileDeadLetters letters = FileDeadLetters.open(file())) {
            letters.accept(DeadLetter.refused("csv", 0, "/in/a.csv", "line 7", "no text", new byte[] {-1, 0}))
                    .join();
        }
        JsonNode line = lines().get(0);
        assertThat(line.get("value.base64").asText()).isEqualTo("/wA=");
        assertThat(line.has("value")).isFalse();
        assertThat(line.get("stage").asText()).isEqualTo("TASK_POLL");
        assertThat(line.get("exception.message").asText()).isEqualTo("no text");
        assertThat(line.has("exception.class.name")).isFalse();
    }

    @Test
    void storesAllThatIsAcceptedFromSeveralThreadsInOrderOfEach() throws Exception {
        String filler = "x".repeat(10_000); // beyond the bound of what waits in memory
        try (FileDeadLetters letters = FileDeadLetters.open(file())) {
            List<Thread> threads = IntStream.range(0, 3)
                    .mapToObj(thread ->
                            new Thread(() -> IntStream.range(0, 1_000).forEach(i -> {
                                CompletableFuture<Void> unused =
                                        letters.accept(Letters.withValue(thread + " " + i + " " + filler));
                            })))
                    .toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        List<String> values = lines().stream()
                .map(line -> line.get("value").asText().replace(filler, "").strip())
                .toList();
        assertThat(values).hasSize(3_000);
        for (int thread = 0; thread < 3; thread++) {
            String prefix = thread + " ";
            assertThat(values.stream().filter(value -> value.startsWith(prefix)))
                    .isEqualTo(
                            IntStream.range(0, 1_000).mapToObj(i -> prefix + i).toList());
        }
    }

    @Test
    void createsTheFileForItsOwnerOnly() throws Exception {
        FileDeadLetters.open(file()).close();
        assertThat(Files.getPosixFilePermissions(file()))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void appendsToWhatIsThereAndEndsALineThatACrashHasCut() throws Exception {
        Files.writeString(file(), "{\"a\":1}\n{\"b\":");
        try (FileDeadLetters letters = FileDeadLetters.open(file())) {
            letters.accept(Letters.withValue("v")).join();
        }
        List<String> lines = Files.readAllLines(file());
        assertThat(lines).hasSize(3).startsWith("{\"a\":1}", "{\"b\":");
        assertThat(JSON.readTree(lines.get(2)).get("value").asText()).isEqualTo("v");
    }

    @Test
    void refusesAFileThatAnotherHostWritesTo() {
        FileDeadLetters first = FileDeadLetters.open(file());
        assertThatThrownBy(() -> FileDeadLetters.open(file()))
                .isInstanceOf(StartException.class)
                .hasMessage("errors.deadletterqueue.file: " + file()
                        + " cannot be used: another host writes to it. Give each host a file of its own.");
        first.close();
        FileDeadLetters.open(file()).close();
    }

    @Test
    void refusesAFileInAFolderThatDoesNotExist() {
        assertThatThrownBy(() -> FileDeadLetters.open(folder.resolve("nowhere/dead.jsonl")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("Check the folder and its permissions");
    }

    @Test
    void storesWhatAnInterruptedTaskHasPassedOn() throws Exception {
        try (FileDeadLetters letters = FileDeadLetters.open(file())) {
            Thread.currentThread().interrupt();
            CompletableFuture<Void> first = letters.accept(Letters.withValue("v"));
            assertThat(Thread.interrupted()).isTrue();
            first.join();
            letters.accept(Letters.withValue("w")).join();
        }
        assertThat(lines()).extracting(line -> line.get("value").asText()).containsExactly("v", "w");
    }

    @Test
    void failsWhatIsAcceptedAfterTheClose() {
        FileDeadLetters letters = FileDeadLetters.open(file());
        letters.close();
        letters.close();
        assertThat(letters.accept(Letters.withValue("v"))).isCompletedExceptionally();
    }

    @Test
    void describesExceptionsThatCannotDescribeThemselves() throws Exception {
        try (FileDeadLetters letters = FileDeadLetters.open(file())) {
            letters.accept(Letters.of("v", new Letters.Hostile())).join();
        }
        JsonNode line = lines().get(0);
        assertThat(line.get("exception.class.name").asText()).isEqualTo(Letters.Hostile.class.getName());
        assertThat(line.get("exception.stacktrace").asText()).contains("whose message cannot be read");
    }

    @Test
    void writesTextInAnyCharacters() throws Exception {
        try (FileDeadLetters letters = FileDeadLetters.open(file())) {
            letters.accept(Letters.withValue("grün \u2028 \uD83D\uDE00 \"")).join();
        }
        assertThat(lines().get(0).get("value").asText()).isEqualTo("grün \u2028 \uD83D\uDE00 \"");
        assertThat(Files.readString(file(), StandardCharsets.UTF_8)).endsWith("}\n");
    }
}
