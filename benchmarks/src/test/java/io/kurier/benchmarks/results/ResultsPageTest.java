// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A missed aim stays visible, and so do earlier runs. */
class ResultsPageTest {
    private static final String TABLE = "100 B, 1,000,000 records a turn";

    @TempDir
    private Path folder;

    @Test
    void everyAimIsARowWhetherItIsMetOrMissedOrNotMeasured() throws IOException {
        String page = write(
                figure("facade", TABLE, "Publisher", "rate / KafkaProducer", 0.97, "2026-02-03"),
                figure("facade", TABLE, "Publisher", "rate / KafkaTemplate", 0.91, "2026-02-03"),
                figure("startup", "second client", "Publisher", "ms", 49.6, "2026-02-03"));

        assertThat(page.lines().filter(line -> line.startsWith("| ")))
                .hasSize(Aims.all().size() + 1);
        assertThat(page)
                .contains(
                        "## 2026-02-03, a processor",
                        "| facade, 100 B: rate to that of KafkaProducer | at least 0.95 | 0.97 | 0.87 | 1.07 | met |"
                                + " `benchmarks/run facade` | a processor | 2026-02-03 |  |",
                        "| at least 1.00 | 0.91 | 0.81 | 1.01 | **missed** |",
                        "| at most 50 ms | 50 ms | 50 ms | 50 ms | met |",
                        "| not measured |");
    }

    @Test
    void theNewestRunIsTheFirstAndEarlierOnesStay() throws IOException {
        write(figure("facade", TABLE, "Publisher", "rate / KafkaProducer", 0.91, "2026-02-03"));
        String page = write(figure("facade", TABLE, "Publisher", "rate / KafkaProducer", 0.99, "2026-02-04"));

        assertThat(page).containsSubsequence("# Results", "## 2026-02-04", "| 0.99 |", "## 2026-02-03", "| 0.91 |");
        assertThat(page).containsOnlyOnce("# Results\n");
    }

    @Test
    void theChartIsXmlThatNamesEveryAim() throws Exception {
        write(figure("facade", TABLE, "Publisher", "rate / KafkaProducer", 0.97, "2026-02-03"));
        String chart = Files.readString(folder.resolve("results.svg"));

        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(chart.getBytes(StandardCharsets.UTF_8)));
        assertThat(chart).contains("prefers-color-scheme: dark", "class=\"met\"", "0.97 (at least 0.95)");
        assertThat(Aims.all()).allSatisfy(aim -> assertThat(chart).contains(aim.what()));
    }

    @Test
    void everyReasonIsThatOfAnAimAndFitsACell() throws IOException {
        List<String> ids = Aims.all().stream().map(Aim::id).toList();

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ResultsPage.reasons().stringPropertyNames()).isSubsetOf(ids);
        assertThat(ResultsPage.reasons().values())
                .allSatisfy(reason -> assertThat((String) reason).doesNotContain("|"));
    }

    @Test
    void aPageWithoutFiguresIsRefused() {
        assertThatThrownBy(() -> write()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void figuresAreReadAsTheyWereWritten() throws IOException {
        Path file = folder.resolve("figures.jsonl");
        Figures.to(file, "facade").add("100 B", "Publisher", "rate", List.of(3.0, 1.0, 2.0));
        Figures.to(file, "facade").add("100 B", "Publisher", "CPU", List.of(Double.NaN));
        Figures.to(null, "facade").add("100 B", "Publisher", "rate", List.of(4.0));

        assertThat(Figures.read(file)).singleElement().satisfies(figure -> {
            assertThat(figure.run()).isEqualTo("facade");
            assertThat(figure.row()).isEqualTo("Publisher");
            assertThat(figure.value()).isEqualTo(2.0);
            assertThat(figure.smallest()).isEqualTo(1.0);
            assertThat(figure.largest()).isEqualTo(3.0);
            assertThat(figure.command()).isEqualTo("benchmarks/run facade");
        });
    }

    private String write(Figure... figures) throws IOException {
        Path page = folder.resolve("RESULTS.md");
        ResultsPage.write(
                List.of(figures),
                page,
                folder.resolve("results.svg"),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        return Files.readString(page);
    }

    private static Figure figure(String run, String table, String row, String measure, double value, String date) {
        return new Figure(
                run,
                table,
                row,
                measure,
                value,
                value - 0.1,
                value + 0.1,
                "benchmarks/run " + run,
                "a processor",
                date);
    }
}
