// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ends the command from outside, in a process of its own: {@code destroy} is SIGTERM. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM")
class ShutdownTest {
    private static final int ENDED_BY_SIGTERM = 128 + 15;
    private static final long MOST_SECONDS = 60;

    @TempDir
    private Path temporary;

    @Test
    void aDemoInTheMiddleOfItsStartCleansUp() throws Exception {
        Process demo = start("demo");
        try {
            assertThat(demo.errorReader().readLine()).isEqualTo("starting a Kafka broker in this process");
            assertEndsWithoutAWord(demo);
        } finally {
            demo.destroyForcibly();
        }
    }

    @Test
    void aBrokerStopsAndCleansUp() throws Exception {
        Process broker = start("broker", "--port", "0");
        try {
            String first = broker.inputReader().readLine();
            assertThat(first).contains(" (deleted at the end)");
            assertThat(broker.inputReader().readLine()).contains("--no-auto-create");
            assertThat(partitions(address(first), 60_000)).isEqualTo(1);
            assertEndsWithoutAWord(broker);
        } finally {
            broker.destroyForcibly();
        }
    }

    @Test
    void aBrokerCreatesNoTopicWhereItIsNotToDoSo() throws Exception {
        Process broker = start("broker", "--port", "0", "--no-auto-create");
        try {
            String address = address(broker.inputReader().readLine());
            assertThatThrownBy(() -> partitions(address, 2_000))
                    .isInstanceOf(TimeoutException.class)
                    .hasRootCauseInstanceOf(UnknownTopicOrPartitionException.class);
            assertThat(broker.inputReader().ready()).isFalse();
            assertEndsWithoutAWord(broker);
        } finally {
            broker.destroyForcibly();
        }
    }

    private static String address(String firstLine) {
        return firstLine.replaceAll(".* at (\\S+), .*", "$1");
    }

    /** Of a topic that only a client of Kafka's names. */
    private static int partitions(String address, int maxBlockMs) {
        Map<String, Object> keys = Map.of("bootstrap.servers", address, "max.block.ms", maxBlockMs);
        ByteArraySerializer bytes = new ByteArraySerializer();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(keys, bytes, bytes)) {
            return producer.partitionsFor("made-by-its-name").size();
        }
    }

    private void assertEndsWithoutAWord(Process process) throws Exception {
        assertThat(temporary).isNotEmptyDirectory();
        process.toHandle().destroy(); // unlike Process.destroy it leaves the streams open
        assertThat(process.errorReader().lines()).isEmpty();
        assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
        assertThat(temporary).isEmptyDirectory();
    }

    private Process start(String... args) throws IOException {
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-D" + Shutdown.LIMIT + "=" + MOST_SECONDS,
                "-XX:-UsePerfData",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
        return new ProcessBuilder(Stream.concat(java.stream(), Stream.of(args)).toList()).start();
    }
}
