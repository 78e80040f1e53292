// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.benchmarks.results.Figure;
import io.kurier.benchmarks.results.Figures;
import io.kurier.broker.LocalBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The run of many JVMs, with one of each client. */
class StartupSmokeTest {

    @Test
    void everyClientStartsTwice(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("figures.jsonl");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try (LocalBroker broker = LocalBroker.start()) {
            int exit = new CommandLine(new StartupBenchmark(out))
                    .execute(broker.bootstrapServers(), "--smoke", "--out", file.toString());
            assertThat(exit).isZero();
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsSubsequence(
                        "first client",
                        "KafkaProducer ",
                        "KafkaTemplate ",
                        "Publisher ",
                        "second client",
                        "KafkaProducer ",
                        "KafkaTemplate ",
                        "Publisher ");
        assertThat(Figures.read(file))
                .filteredOn(figure -> figure.measure().equals("ms"))
                .hasSize(6)
                .extracting(Figure::value)
                .allSatisfy(milliseconds -> assertThat(milliseconds).isPositive());
    }

    @Test
    void aClientThatDoesNotStartEndsTheRunWithItsOutput() {
        assertThatThrownBy(() -> StartupTurn.of(Starting.RAW, "nowhere", List.of("first", "second")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a turn ended with 1")
                .hasMessageContaining("Invalid url in bootstrap.servers");
    }
}
