// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.broker.LocalBroker;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own, ended from outside: {@code destroy} is SIGTERM. */
@WithKafka
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM")
class RunProcessTest {
    private static final long MOST_SECONDS = 120;
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    @TempDir
    private Path folder;

    private LocalBroker broker;
    private TestTopics topics;
    private String topic;
    private Path input;

    @BeforeEach
    void connect(LocalBroker shared, TestTopics ofTest) throws IOException {
        broker = shared;
        topics = ofTest;
        topic = topics.unusedName("run");
        input = Files.writeString(folder.resolve("a.log"), "one\n");
        Files.writeString(folder.resolve("web.properties"), """
                name=web
                connector.class=TextSource
                path=%s
                topic=%s
                topic.creation.default.partitions=1
                scan.interval.ms=100
                """.formatted(input, topic));
    }

    @Test
    void endsWithZeroAtSigtermAndTheNextRunContinues() throws Exception {
        Process first = start(broker.bootstrapServers());
        try {
            assertThat(first.errorReader().readLine()).startsWith("running web; offsets are stored in kurier.offsets");
            awaitValues("one");
            stop(first);
            assertThat(first.inputReader().lines().toList().get(1)).startsWith("web");
            assertThat(first.exitValue()).isZero();
            assertThat(folder.resolve("kurier.offsets")).exists();
        } finally {
            first.destroyForcibly();
        }

        Files.writeString(input, "two\n", StandardOpenOption.APPEND);
        Process second = start(broker.bootstrapServers());
        try {
            awaitValues("one", "two");
            stop(second);
            assertThat(second.exitValue()).isZero();
        } finally {
            second.destroyForcibly();
        }
        awaitValues("one", "two");
    }

    @Test
    void printsALineOfEachConnectorInEveryIntervalWhereThereIsNoTerminal() throws Exception {
        Process process = start(broker.bootstrapServers());
        try {
            assertThat(process.errorReader().readLine()).startsWith("running web");
            assertThat(process.errorReader().readLine())
                    .matches("web: RUNNING, [0-9,]+ records/s, \\S+ k?B/s, [0-9,]+ records, lag \\S+ k?B, 0 errors.*|"
                            + "web: RUNNING, [0-9,]+ records/s, \\S+ k?B/s, [0-9,]+ records, 0 errors.*")
                    .doesNotContain("\033");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void redrawsALineOfEachConnectorOnATerminal() throws Exception {
        Process process = start(broker.bootstrapServers(), "-Dkurier.terminal=true", "-Dkurier.columns=40");
        try {
            List<String> lines = process.errorReader().lines().limit(4).toList();
            assertThat(lines.get(0)).startsWith("running web");
            assertThat(lines.get(1)).startsWith("\033[?7lweb  RUNNING  ").hasSizeLessThan(40 + "\033[?7l".length());
            assertThat(lines.get(2)).startsWith("\033[?7h\033[1F\033[J\033[?7lweb  RUNNING  ");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aSecondSignalEndsItAtOnce() throws Exception {
        try (LocalBroker own =
                LocalBroker.builder().directory(folder.resolve("broker")).start()) {
            Process process = start(own.bootstrapServers());
            try {
                assertThat(process.errorReader().readLine()).startsWith("running web");
                own.close(); // so that it waits for acknowledgments
                Files.writeString(input, "two\n", StandardOpenOption.APPEND);
                process.toHandle().destroy();
                await().atMost(Duration.ofSeconds(MOST_SECONDS)).until(() -> {
                    process.toHandle().destroy();
                    return !process.isAlive();
                });
                assertThat(process.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private void stop(Process process) throws InterruptedException {
        process.toHandle().destroy(); // unlike Process.destroy it leaves the streams open
        assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private void awaitValues(String... values) {
        await().atMost(Duration.ofSeconds(MOST_SECONDS))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                topics.readAll(topic).stream().map(record -> new String(record.value(), UTF_8)))
                        .containsExactly(values));
    }

    private Process start(String bootstrap, String... javaOptions) throws IOException {
        ProcessBuilder command = CommandProcess.of(
                "-Xmx256m",
                "run",
                "--bootstrap=" + bootstrap,
                "--interval=1",
                folder.resolve("web.properties").toString());
        List<String> words = new ArrayList<>(command.command());
        words.addAll(1, List.of(javaOptions));
        return command.command(words).directory(folder.toFile()).start();
    }
}
