// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.broker.LocalBroker;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.io.BufferedWriter;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The commands as processes, whose standard input and output are pipes. */
@WithKafka
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "shells and signals of Unix")
class PipeTest {
    private static final long MOST_SECONDS = 120;

    @TempDir
    private Path folder;

    private String bootstrap;
    private TestTopics topics;

    @BeforeEach
    void connect(LocalBroker broker, TestTopics shared) {
        bootstrap = "--bootstrap=" + broker.bootstrapServers();
        topics = shared;
    }

    /** Records of any bytes, and a blob of several records. */
    @Test
    void aTopicIsCopied() throws Exception {
        String topic = topics.create("original", 3);
        sendRandomRecords(topic, 3, 2_000);
        byte[] film = new byte[2_000_000];
        new Random(2).nextBytes(film);
        Path file = Files.write(folder.resolve("film.mp4"), film);
        assertThat(CommandRun.of("publish", bootstrap, "--topic=" + topic, "--serializer=media", file.toString())
                        .exitCode())
                .isZero();
        String copy = topics.unusedName("copy");

        List<Process> processes = ProcessBuilder.startPipeline(List.of(
                CommandProcess.of("-Xmx256m", "read", bootstrap, "--topic=" + topic, "--json"),
                CommandProcess.of("-Xmx256m", "publish", bootstrap, "--topic=" + copy, "--create=3", "--records")));
        assertThat(output(processes.get(1)))
                .isEqualTo(Sizes.count(topics.readAll(topic).size()) + " stored, 0 failed\n");
        assertThat(processes).allMatch(process -> process.exitValue() == 0);

        assertThat(described(topics.readAll(copy))).isEqualTo(described(topics.readAll(topic)));
        assertThat(CommandRun.of("read", bootstrap, "--topic=" + copy, "--serializer=media", "--max=5000")
                        .out())
                .contains("{\"name\":\"film.mp4\",\"size\":2000000,");
    }

    @Test
    void decodedRecordsOfAFormatAreCopiedToo() throws Exception {
        Path schema = Files.writeString(
                folder.resolve("a.avsc"),
                "{\"type\":\"record\",\"name\":\"A\",\"fields\":[{\"name\":\"u\",\"type\":[\"null\",\"int\",\"bytes\"]}]}");
        Path lines = Files.writeString(
                folder.resolve("a.jsonl"), "{\"u\":1}\n{\"u\":null}\n{\"u\":{\"bytes\":{\"base64\":\"/w==\"}}}\n");
        String topic = topics.create("avro", 1);
        String copy = topics.create("avro-copy", 1);
        String[] format = {"--serializer=avro", "--set=schema=" + schema};
        CommandRun published =
                CommandRun.of("publish", bootstrap, "--topic=" + topic, format[0], format[1], lines.toString());
        assertThat(published.out()).isEqualTo("3 stored, 0 failed\n");
        List<Process> processes = ProcessBuilder.startPipeline(List.of(
                CommandProcess.of("-Xmx256m", "read", bootstrap, "--topic=" + topic, "--json", format[0], format[1]),
                CommandProcess.of(
                        "-Xmx256m", "publish", bootstrap, "--topic=" + copy, "--records", format[0], format[1])));
        assertThat(output(processes.get(1))).isEqualTo("3 stored, 0 failed\n");
        assertThat(described(topics.readAll(copy))).isEqualTo(described(topics.readAll(topic)));
    }

    @Test
    void manyLinesNeedLittleMemory() throws Exception {
        String topic = topics.unusedName("many");
        Path file = folder.resolve("many.jsonl");
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (int i = 0; i < 100_000; i++) {
                writer.write("{\"id\":" + i + ",\"note\":\"" + "x".repeat(i % 300) + "\"}\n");
            }
            writer.write("\"" + "x".repeat(20_000_000) + "\"\n{}\n");
        }
        ProcessBuilder publish = CommandProcess.of(
                "-Xmx64m",
                "publish",
                bootstrap,
                "--topic=" + topic,
                "--create=2",
                "--serializer=json",
                "--key-field=id");
        Process publishing = publish.redirectInput(file.toFile()).start();
        assertThat(output(publishing)).isEqualTo("100,000 stored, 2 failed\n");
        assertThat(publishing.errorReader().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .matches("failed: standard input, line 100001: the line has more than \\d+ bytes; a"
                                        + " larger heap, by KURIER_JAVA_OPTS=-Xmx4g, allows up to 67108864"),
                        line -> assertThat(line)
                                .isEqualTo("failed: standard input, line 100002: it has no field id, or null in it, and"
                                        + " --key-field takes the key from there"));

        Process reading = CommandProcess.of(
                        "-Xmx64m", "read", bootstrap, "--topic=" + topic, "--json", "--serializer=json")
                .start();
        assertThat(reading.inputReader().lines().count()).isEqualTo(100_000);
        assertThat(reading.waitFor()).isZero();
    }

    @Test
    void aReaderThatHasEnoughEndsItQuietly() throws Exception {
        String topic = topics.create("head", 1);
        sendRandomRecords(topic, 1, 20_000);
        Process reading = CommandProcess.of("-Xmx256m", "read", bootstrap, "--topic=" + topic)
                .start();
        assertThat(reading.inputReader().readLine()).startsWith("0\t0\t");
        reading.getInputStream().close();
        assertThat(reading.errorReader().lines()).isEmpty();
        assertThat(reading.waitFor()).isZero();
    }

    @Test
    void aFullDiskIsAnError() throws Exception {
        Path full = Path.of("/dev/full");
        if (!Files.exists(full)) {
            return;
        }
        String topic = topics.create("full", 1);
        sendRandomRecords(topic, 1, 10);
        Process reading = CommandProcess.of("-Xmx256m", "read", bootstrap, "--topic=" + topic)
                .redirectOutput(full.toFile())
                .start();
        assertThat(reading.errorReader().readLine()).startsWith("kurier: standard output cannot be written: ");
        assertThat(reading.waitFor()).isEqualTo(ExitCode.DIFFERS);
    }

    @Test
    void textIsUtf8WhateverTheLocaleIs() throws Exception {
        String topic = topics.create("locale", 1);
        ProcessBuilder publish =
                CommandProcess.of("-Xmx256m", "publish", bootstrap, "--topic=" + topic, "--serializer=text", "-");
        publish.environment().put("LC_ALL", "C");
        Process publishing = publish.start();
        try (OutputStream in = publishing.getOutputStream()) {
            in.write("Grüße aus 東京\n".getBytes(UTF_8));
        }
        assertThat(output(publishing)).isEqualTo("1 stored, 0 failed\n");
        ProcessBuilder read = CommandProcess.of("-Xmx256m", "read", bootstrap, "--topic=" + topic);
        read.environment().put("LC_ALL", "C");
        assertThat(output(read.start())).endsWith("\tGrüße aus 東京\n");
    }

    @Test
    void anInterruptedPublicationSaysHowManyAreStored() throws Exception {
        String topic = topics.create("interrupted", 1);
        Process publishing = CommandProcess.of(
                        "-Xmx256m", "publish", bootstrap, "--topic=" + topic, "--serializer=text")
                .start();
        OutputStream in = publishing.getOutputStream();
        in.write("a\nb\nc\nhalf a line".getBytes(UTF_8));
        in.flush();
        await().atMost(MOST_SECONDS, TimeUnit.SECONDS)
                .until(() -> topics.readAll(topic).size() == 3);
        publishing.toHandle().destroy(); // SIGTERM, and it goes on waiting for input
        assertThat(output(publishing)).isEqualTo("interrupted: 3 stored, 0 failed\n");
        assertThat(publishing.errorReader().lines()).isEmpty();
    }

    private void sendRandomRecords(String topic, int partitions, int number) {
        Random random = new Random(18);
        long now = System.currentTimeMillis(); // a broker deletes old records, and refuses those of the future
        ByteArraySerializer bytes = new ByteArraySerializer();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap.substring(bootstrap.indexOf('=') + 1)), bytes, bytes)) {
            for (int i = 0; i < number; i++) {
                byte[] key = random.nextInt(4) == 0 ? null : randomBytes(random);
                byte[] value = random.nextInt(4) == 0 ? null : randomBytes(random);
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                        topic, random.nextInt(partitions), now - random.nextInt(3_600_000), key, value);
                for (int h = random.nextInt(3); h > 0; h--) {
                    record.headers().add("ü" + random.nextInt(2), random.nextBoolean() ? null : randomBytes(random));
                }
                producer.send(record);
            }
        }
    }

    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return random.nextBoolean() ? bytes : new String(bytes, UTF_8).getBytes(UTF_8);
    }

    /** Everything but the offset's gaps; an equal topic has an equal list. */
    private static List<String> described(List<ConsumerRecord<byte[], byte[]>> records) {
        List<String> all = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            StringBuilder headers = new StringBuilder();
            record.headers()
                    .forEach(header ->
                            headers.append(header.key()).append('=').append(java.util.Arrays.toString(header.value())));
            all.add(record.partition() + " " + record.timestamp() + " " + java.util.Arrays.toString(record.key()) + " "
                    + java.util.Arrays.toString(record.value()) + " " + headers);
        }
        return all;
    }

    private static String output(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
