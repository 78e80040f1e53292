// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.StructProto;
import io.kurier.broker.LocalBroker;
import io.kurier.cli.demo.DemoData;
import io.kurier.testkit.WithKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithKafka
class DemoCommandTest {
    @TempDir
    private Path folder;

    private String bootstrap;

    @BeforeEach
    void useTheSharedBroker(LocalBroker broker) {
        bootstrap = broker.bootstrapServers();
    }

    @Test
    void publishesItsOwnDataInATableLikeTheGoldenOne() throws Exception {
        CommandRun run = CommandRun.of("demo", "--bootstrap", bootstrap);
        assertThat(run.err()).isEmpty();
        // The time differs from run to run, and with it the width of its column. Kafka's client chooses by chance where
        // records without a key go, and not always all partitions.
        String shape = run.out()
                .replaceAll(" +(?:time|[0-9,.]+ s)( +(?:rejected|0)  )", " TIME$1")
                .replaceAll("[1-3] TIME", "P TIME");
        assertThat(shape).isEqualTo(CommandRun.golden("table.txt"));
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void startsABrokerOfItsOwnAndLeavesNothingBehind() throws Exception {
        Path input = Files.createDirectory(folder.resolve("input"));
        Files.writeString(input.resolve("a.txt"), "one\ntwo\n");
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Path errors = folder.resolve("errors");
        ProcessBuilder demo = CommandProcess.of("-Xmx512m", "demo", "--from", input.toString());
        List<String> command = new ArrayList<>(demo.command());
        command.add(1, "-Djava.io.tmpdir=" + temporary); // other tests have folders in the common one
        command.add(1, "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
        Process process = demo.command(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile())
                .start();
        assertThat(process.waitFor()).isZero();
        assertThat(errors).hasContent("starting a Kafka broker in this process");
        assertThat(kuriersFolders(temporary)).isEmpty();
    }

    @Test
    void printsOneJsonObjectOfThisShape() throws Exception {
        Files.writeString(folder.resolve("a.txt"), "one\n");
        Files.writeString(folder.resolve("b.jsonl"), "{\"a\":1}\n");
        Files.writeString(folder.resolve("c.md"), "# other\n");
        CommandRun run = CommandRun.of("demo", "--json", "--bootstrap", bootstrap, "--from", folder.toString());
        assertThat(run.out().lines()).hasSize(1);
        assertThat(run.out().replaceAll("(?<=\"partitions\":\\{\")[012]", "P"))
                .isEqualToIgnoringNewLines("{\"ok\":true,\"formats\":["
                        + "{\"format\":\"text\",\"topic\":\"kurier-demo-text\",\"files\":1,\"records\":1,\"bytes\":3,"
                        + "\"rejected\":0,\"verified\":true,\"partitions\":{\"P\":1}},"
                        + "{\"format\":\"json\",\"topic\":\"kurier-demo-json\",\"files\":1,\"records\":1,\"bytes\":7,"
                        + "\"rejected\":0,\"verified\":true,\"partitions\":{\"P\":1}},"
                        + "{\"format\":\"avro\",\"topic\":\"kurier-demo-avro\",\"files\":0,\"records\":0,\"bytes\":0,"
                        + "\"rejected\":0,\"verified\":true,\"partitions\":{}},"
                        + "{\"format\":\"protobuf\",\"topic\":\"kurier-demo-protobuf\",\"files\":0,\"records\":0,"
                        + "\"bytes\":0,\"rejected\":0,\"verified\":true,\"partitions\":{}},"
                        + "{\"format\":\"media\",\"topic\":\"kurier-demo-media\",\"files\":1,\"records\":1,\"bytes\":8,"
                        + "\"rejected\":0,\"verified\":true,\"partitions\":{\"P\":1}}],"
                        + "\"skipped\":0,\"rejections\":[],\"differences\":[]}");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void namesEachBadRecordAndPublishesTheRest() throws Exception {
        Files.write(folder.resolve("latin.txt"), new byte[] {'a', '\n', (byte) 0xE9, '\n', 'b', '\n'});
        Files.writeString(folder.resolve("bad.jsonl"), "{\"a\":1}\n{bad\n{\"a\":2}\n");
        Files.writeString(folder.resolve("cut.json"), "[{\"a\":1},\n{\"a\":");
        Files.createSymbolicLink(folder.resolve("lost.log"), folder.resolve("nowhere"));

        JsonNode result = demo(ExitCode.DIFFERS);
        assertThat(result.get("ok").booleanValue()).isFalse();
        assertThat(rejections(result))
                .containsExactlyInAnyOrder(
                        "latin.txt, line 2", "bad.jsonl, line 2", "cut.json, line 2, column 6", "lost.log");
        assertThat(result.get("differences")).isEmpty();
        assertThat(format(result, "text").get("records").longValue()).isEqualTo(2);
        assertThat(format(result, "json").get("records").longValue()).isEqualTo(3);
        assertThat(result.get("formats")).allMatch(row -> row.get("verified").booleanValue());
    }

    @Test
    void saysOnStandardErrorWhatItRefused() throws Exception {
        Files.writeString(folder.resolve("bad.jsonl"), "{secret\n");
        CommandRun run = CommandRun.of("demo", "--bootstrap", bootstrap, "--from", folder.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERS);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("rejected: bad.jsonl, line 1: ")
                .doesNotContain("secret");
    }

    @Test
    void showsANameOfAFileWithoutItsEffect() throws Exception {
        Files.writeString(folder.resolve("bad\nrejected: none\u001b[2J\u202e.jsonl"), "{secret\n");
        CommandRun run = CommandRun.of("demo", "--bootstrap", bootstrap, "--from", folder.toString());
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("rejected: bad\\nrejected: none\\u001b[2J\\u202e.jsonl, line 1: ")
                .doesNotContain("\u001b", "\u202e");
    }

    @Test
    void publishesEmptyFilesOtherLettersAndFoldersInFolders() throws Exception {
        Files.createFile(folder.resolve("empty.txt"));
        Files.createFile(folder.resolve("empty.json"));
        Files.createFile(folder.resolve("empty.jsonl"));
        Path inner = Files.createDirectories(folder.resolve("a folder.txt").resolve("Ünter ☃"));
        Files.writeString(inner.resolve("größe und maß.LOG"), "eins\nzwei");
        JsonNode result = demo(0);
        assertThat(format(result, "text").get("files").intValue()).isEqualTo(2);
        assertThat(format(result, "text").get("records").longValue()).isEqualTo(2);
        assertThat(format(result, "json").get("files").intValue()).isEqualTo(2);
    }

    @Test
    void countsAFolderThatEveryConnectorRefusesOnce() throws Exception {
        Files.writeString(folder.resolve("a.txt"), "one\n");
        Files.createSymbolicLink(folder.resolve("loop"), folder);

        JsonNode result = demo(ExitCode.DIFFERS);

        assertThat(rejections(result)).containsExactly("loop");
        assertThat(result.get("formats"))
                .map(row -> row.get("rejected").longValue())
                .containsExactlyInAnyOrder(0L, 0L, 0L, 0L, 1L);
    }

    @Test
    void namesAFileThatItMayNotRead() throws Exception {
        Path file = Files.writeString(folder.resolve("private.txt"), "one\n");
        Files.writeString(folder.resolve("public.txt"), "two\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "this user may read everything");
        JsonNode result = demo(ExitCode.DIFFERS);
        assertThat(rejections(result)).containsExactly("private.txt");
        assertThat(format(result, "text").get("records").longValue()).isEqualTo(1);
    }

    @Test
    void saysThatAFolderHoldsNothingToPublish() throws Exception {
        Files.write(folder.resolve("alone.desc"), new byte[] {1});
        CommandRun run = CommandRun.of("demo", "--bootstrap", bootstrap, "--from", folder.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.errLines()).containsExactly("kurier: there is no file to publish in " + folder);
        assertThat(run.out()).endsWith("skipped, .desc files without a .pb beside them: 1\n");
    }

    @Test
    void namesDamagedFilesOfAllFormatsAndPublishesTheRest() throws Exception {
        Path data = DemoData.unpack(folder.resolve("data"));
        byte[] avro = Files.readAllBytes(data.resolve("temperatures.avro"));
        byte[] protobuf = Files.readAllBytes(data.resolve("payments.pb"));
        byte[] descriptors = Files.readAllBytes(data.resolve("payments.desc"));
        Files.write(folder.resolve("cut.avro"), Arrays.copyOf(avro, avro.length - 100));
        avro[avro.length / 2] ^= 0x10;
        Files.write(folder.resolve("flipped.avro"), avro);
        Files.write(folder.resolve("no.avro"), protobuf);
        Files.write(folder.resolve("cut.pb"), Arrays.copyOf(protobuf, protobuf.length - 5));
        Files.write(folder.resolve("cut.desc"), descriptors);
        Files.write(folder.resolve("without.pb"), protobuf);
        Files.write(folder.resolve("other.pb"), protobuf);
        Files.write(
                folder.resolve("other.desc"),
                FileDescriptorSet.newBuilder()
                        .addFile(StructProto.getDescriptor().toProto())
                        .build()
                        .toByteArray());
        Files.createFile(folder.resolve("empty.png"));

        JsonNode result = demo(ExitCode.DIFFERS);

        assertThat(rejections(result).stream()
                        .map(named -> named.split(",", 2)[0])
                        .distinct())
                .containsExactlyInAnyOrder("cut.avro", "flipped.avro", "no.avro", "cut.pb", "without.pb", "other.pb");
        assertThat(result.get("differences")).isEmpty();
        assertThat(result.get("formats")).allMatch(row -> row.get("verified").booleanValue());
        assertThat(format(result, "avro").get("records").longValue()).isBetween(1_200L, 3_600L);
        assertThat(format(result, "protobuf").get("records").longValue()).isEqualTo(800 + 799);
        assertThat(format(result, "media").get("records").longValue()).isEqualTo(4);
    }

    @Test
    void publishesAFileWholeAlthoughItGrowsMeanwhile() throws Exception {
        byte[] block = new byte[100_000];
        Path film = Files.write(folder.resolve("film.mp4"), block);
        CountDownLatch over = new CountDownLatch(1);
        Thread writer = new Thread(() -> {
            try {
                for (int time = 0; time < 12; time++) {
                    Files.write(film, block, StandardOpenOption.APPEND);
                    if (over.await(200, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        writer.start();
        try {
            JsonNode result = demo(0);
            assertThat(format(result, "media").get("records").longValue()).isEqualTo(1);
            assertThat(format(result, "media").get("bytes").longValue()).isEqualTo(Files.size(film));
        } finally {
            over.countDown();
            writer.join();
        }
    }

    @Test
    void namesAFileOnceThatHasManyWrongRecordsAndTheOthersToo() throws Exception {
        Files.writeString(folder.resolve("a.jsonl"), "{wrong\n".repeat(500));
        Files.writeString(folder.resolve("b.jsonl"), "{wrong\n");
        CommandRun run = CommandRun.of("demo", "--bootstrap", bootstrap, "--from", folder.toString());
        assertThat(run.errLines())
                .hasSize(5)
                .contains("rejected: a.jsonl: and 497 more; --json names them")
                .last()
                .asString()
                .startsWith("rejected: b.jsonl, line 1: ");
    }

    @Test
    void namesAFileThatIsWrittenToAllTheTime() throws Exception {
        Path film = Files.write(folder.resolve("film.mp4"), new byte[10]);
        AtomicBoolean over = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            try {
                while (!over.get()) {
                    Files.write(film, new byte[1], StandardOpenOption.APPEND);
                    Thread.onSpinWait();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.start();
        try {
            JsonNode result = demo(ExitCode.DIFFERS);
            assertThat(rejections(result)).containsExactly("film.mp4");
            assertThat(result.get("differences")).isEmpty();
            assertThat(format(result, "media").get("verified").booleanValue()).isTrue();
        } finally {
            over.set(true);
            writer.join();
        }
    }

    @Test
    void endsAlthoughSomebodyWritesToAFileAllTheTime() throws Exception {
        Path file = Files.writeString(folder.resolve("live.log"), "one\ntwo\nhalf a line");
        AtomicBoolean over = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            try {
                while (!over.get()) {
                    Files.writeString(file, " goes on\nand then half a line", StandardOpenOption.APPEND);
                    Thread.onSpinWait();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.start();
        try {
            JsonNode result = demo(0);
            assertThat(format(result, "text").get("records").longValue()).isGreaterThanOrEqualTo(3);
            assertThat(format(result, "text").get("files").intValue()).isEqualTo(1);
        } finally {
            over.set(true);
            writer.join();
        }
    }

    @Test
    void canBeRepeatedOnOneBroker() throws Exception {
        Files.writeString(folder.resolve("a.csv"), "1\n2\n3\n");
        for (int time = 1; time <= 3; time++) {
            assertThat(format(demo(0), "text").get("records").longValue())
                    .as("time %d", time)
                    .isEqualTo(3);
        }
    }

    private JsonNode demo(int exitCode) throws IOException {
        CommandRun run = CommandRun.of("demo", "--json", "--bootstrap", bootstrap, "--from", folder.toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        return new ObjectMapper().readTree(run.out());
    }

    private static JsonNode format(JsonNode result, String word) {
        return StreamSupport.stream(result.get("formats").spliterator(), false)
                .filter(row -> row.get("format").textValue().equals(word))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> rejections(JsonNode result) {
        return StreamSupport.stream(result.get("rejections").spliterator(), false)
                .peek(rejection ->
                        assertThat(rejection.get("reason").textValue()).isNotBlank())
                .map(rejection -> Stream.of(rejection.get("file"), rejection.get("position"))
                        .map(JsonNode::textValue)
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(", ")))
                .toList();
    }

    private static List<Path> kuriersFolders(Path temporary) throws IOException {
        try (Stream<Path> all = Files.list(temporary)) {
            return all.filter(path -> path.getFileName().toString().startsWith("kurier-"))
                    .toList();
        }
    }
}
