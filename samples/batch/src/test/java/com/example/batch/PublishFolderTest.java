// SPDX-License-Identifier: Apache-2.0
package com.example.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.LocalBroker;
import io.kurier.serializers.avro.AvroDeserializer;
import io.kurier.serializers.text.TextDeserializer;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@WithKafka
@Timeout(180)
class PublishFolderTest {
    private static final int FILES = 60;
    private static final int ORDERS = 10_000;
    private static final Pattern STORED = Pattern.compile("read, ([0-9,.]+) records");

    @TempDir
    private Path folder;

    private final LocalBroker broker;
    private final TestTopics topics;

    PublishFolderTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    @AfterEach
    void deleteTheTopic() {
        topics.delete("archived-orders");
    }

    @Test
    void continuesWhereItWasKilledAndPublishesEachOrderOnce() throws Exception {
        OrderFiles.write(folder.resolve("orders"), FILES, ORDERS);
        int all = FILES * ORDERS;
        Process killed = start();
        try (BufferedReader output = killed.inputReader()) {
            awaitProgress(output);
            killed.destroyForcibly();
            assertThat(killed.waitFor()).as("it was killed, and not done").isNotIn(0, 1);
        } finally {
            killed.destroyForcibly();
        }

        List<String> output = runToTheEnd(0);

        assertThat(output).last().asString().endsWith(" 0 parts left out");
        assertThat(stored(output.get(output.size() - 2)))
                .as("it has continued, and not begun again")
                .isLessThan(all);
        assertThat(orders())
                .isEqualTo(IntStream.rangeClosed(1, all)
                        .mapToObj(id -> "O-" + id)
                        .sorted()
                        .toList());
    }

    @Test
    void exitsWithAnErrorIfADamagedFileIsLeftOut() throws Exception {
        OrderFiles.write(folder.resolve("orders"), 3, 10);
        Path second = folder.resolve("orders").resolve("orders-002.avro");
        Files.writeString(second, "no Avro");

        List<String> output = runToTheEnd(1);

        assertThat(output).anySatisfy(line -> assertThat(line).startsWith("left out: " + second));
        assertThat(output).last().isEqualTo("done: 2 files with new records, 1 parts left out");
        assertThat(orders()).hasSize(20).contains("O-1", "O-30");
    }

    private void awaitProgress(BufferedReader output) throws Exception {
        StringBuilder said = new StringBuilder();
        String line;
        while ((line = output.readLine()) != null) {
            if (stored(line) > 0) {
                return;
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("it has ended early, and said: " + said);
    }

    private List<String> runToTheEnd(int exitCode) throws Exception {
        Process process = start();
        try (BufferedReader output = process.inputReader()) {
            List<String> lines = output.lines().toList();
            assertThat(process.waitFor()).as(String.join("\n", lines)).isEqualTo(exitCode);
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PublishFolder.class.getName(),
                        broker.bootstrapServers(),
                        folder.resolve("orders").toString())
                .redirectErrorStream(true)
                .start();
    }

    /** The number of records that a line says are stored; 0 if it says none. */
    private static int stored(String line) {
        Matcher matcher = STORED.matcher(line);
        return matcher.find() ? Integer.parseInt(matcher.group(1).replaceAll("\\D", "")) : 0;
    }

    /** The ids of the orders that a reader of committed records sees, sorted. */
    private List<String> orders() {
        List<String> ids = new ArrayList<>();
        topics.readAll("archived-orders", new TextDeserializer(), new AvroDeserializer<>(Order.class))
                .forEach(order -> ids.add(order.value().getId()));
        Collections.sort(ids);
        return ids;
    }
}
