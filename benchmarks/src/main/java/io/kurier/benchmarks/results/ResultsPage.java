// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.results;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** The page of results: a section for each run of all benchmarks, the newest first, with a row for each aim. */
public final class ResultsPage {
    private static final String REASONS = "reasons.properties";
    private static final String SECTION = "\n## ";
    private static final String HEAD = """
            # Results

            Made by `benchmarks/run all`; [README.md](README.md) describes the runs. Each row is an aim. Smallest and largest
            are those of a round. A missed aim has its reason. The newest run is the first one, and the chart shows it: how
            far each value is from its aim, which is the line in the middle.

            ![How far each value is from its aim](results.svg)
            """;

    private ResultsPage() {}

    /** Makes the page: with the file of figures, {@code RESULTS.md}, which may exist, and the file of the chart. */
    public static void main(String[] args) throws IOException {
        write(Figures.read(Path.of(args[0])), Path.of(args[1]), Path.of(args[2]), System.out);
    }

    /**
     * Adds a section to the page, and replaces the chart.
     *
     * @param page keeps its earlier sections
     * @param out receives a line for each missed aim without a reason
     */
    static void write(List<Figure> figures, Path page, Path chart, PrintStream out) throws IOException {
        if (figures.isEmpty()) {
            throw new IllegalArgumentException("no run has added a figure");
        }
        String before = Files.exists(page) ? Files.readString(page) : "";
        int first = before.indexOf(SECTION);
        String earlier = first < 0 ? "" : before.substring(first);
        Files.writeString(page, HEAD + section(figures, reasons(), out) + earlier);
        Files.writeString(chart, Chart.of(Aims.all(), figures));
    }

    private static String section(List<Figure> figures, Properties reasons, PrintStream out) {
        Figure last = figures.get(figures.size() - 1);
        StringBuilder text = new StringBuilder(SECTION)
                .append(last.date())
                .append(", ")
                .append(last.machine())
                .append("\n\n| what | aim | measured | smallest | largest | | command | machine | date | reason |\n")
                .append("|---|---|---|---|---|---|---|---|---|---|\n");
        for (Aim aim : Aims.all()) {
            Optional<Figure> found = aim.find(figures);
            text.append("| ").append(aim.what()).append(" | ").append(aim.limitInWords());
            if (found.isEmpty()) {
                text.append(" | | | | not measured | | | | |\n");
                continue;
            }
            Figure figure = found.get();
            boolean met = aim.isMet(figure.value());
            String reason = met ? "" : reasons.getProperty(aim.id(), "");
            if (!met && reason.isEmpty()) {
                out.println("missed, without a reason in " + REASONS + ": " + aim.id());
            }
            text.append(String.join(
                    " | ",
                    "",
                    aim.number(figure.value()),
                    aim.number(figure.smallest()),
                    aim.number(figure.largest()),
                    met ? "met" : "**missed**",
                    "`" + figure.command() + "`",
                    figure.machine(),
                    figure.date(),
                    reason));
            text.append(" |\n");
        }
        return text.toString();
    }

    /** Returns the reasons of missed aims by the aims' ids. */
    static Properties reasons() throws IOException {
        Properties reasons = new Properties();
        try (InputStream file = Objects.requireNonNull(ResultsPage.class.getResourceAsStream(REASONS))) {
            reasons.load(file);
        }
        return reasons;
    }
}
