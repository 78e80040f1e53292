// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.partitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.benchmarks.results.Figure;
import io.kurier.benchmarks.results.Figures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The run with a slow leader, with a turn of each candidate. */
class PartitionersSmokeTest {

    @Test
    void everyCandidateIsInTheTablesOfEachConditionAndTheKeysAreMeasured(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("figures.jsonl");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

        int exit = new CommandLine(new PartitionersBenchmark(out)).execute("--smoke", "--out", file.toString());

        String report = printed.toString(StandardCharsets.UTF_8);
        assertThat(exit).as(report).isZero();
        assertThat(report).contains("--seed");
        List<Figure> figures = Figures.read(file);
        for (String condition :
                List.of("all leaders equal", "one leader behind 8,000,000 B/s", "one leader 50 ms away")) {
            assertThat(rows("flood, " + condition, "records/s", figures))
                    .containsExactly("KafkaProducer", "Publisher", "round-robin", "least-loaded");
        }
        assertThat(rows("steady p99, one leader behind 200,000 B/s", "us", figures))
                .containsExactly("KafkaProducer", "Publisher", "round-robin", "least-loaded");
        assertThat(rows("largest of 12 partitions, Zipf(1.1)", "%", figures)).containsExactly("murmur2", "spread");
        assertThat(rows("keys moved, 12 to 13 partitions", "%", figures)).containsExactly("murmur2", "rendezvous");
    }

    private static List<String> rows(String table, String measure, List<Figure> figures) {
        return figures.stream()
                .filter(figure ->
                        figure.table().equals(table) && figure.measure().equals(measure))
                .map(Figure::row)
                .toList();
    }
}
