// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.benchmarks.Link;
import io.kurier.benchmarks.Machine;
import io.kurier.benchmarks.Statistics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The file that a run adds its figures to, if it is given one. */
public final class Figures {
    /** The description of {@code --out}. */
    public static final String OPTION = "Adds the figures to a file, as lines of JSON.";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final @Nullable Path file;
    private final String run;

    private Figures(@Nullable Path file, String run) {
        this.file = file;
        this.run = run;
    }

    /**
     * Returns the figures of a run.
     *
     * @param file null if they are not wanted
     * @param run its name
     */
    public static Figures to(@Nullable Path file, String run) {
        return new Figures(file, Link.rate().isEmpty() ? run : run + " --link " + Link.rate());
    }

    /** Adds the median, the smallest and the largest of a row's values. */
    public void add(String table, String row, String measure, List<Double> values) {
        add(table, row, measure, Statistics.median(values), values);
    }

    /** Adds a value, and the smallest and the largest of the rounds. */
    public void add(String table, String row, String measure, double value, List<Double> rounds) {
        add(
                table,
                row,
                measure,
                value,
                rounds.stream().mapToDouble(Double::doubleValue).min().orElse(value),
                rounds.stream().mapToDouble(Double::doubleValue).max().orElse(value));
    }

    /** Adds the ratio of a row to another row. */
    public void add(String table, String row, String measure, String other, Statistics.Ratio ratio) {
        add(table, row, measure + " / " + other, ratio.ofMedians(), ratio.smallest(), ratio.largest());
    }

    private void add(String table, String row, String measure, double value, double smallest, double largest) {
        // a ratio of processor times is not a number if a smoke run takes none
        if (file == null || !Double.isFinite(value) || !Double.isFinite(smallest) || !Double.isFinite(largest)) {
            return;
        }
        Figure figure = new Figure(
                run,
                table,
                row,
                measure,
                value,
                smallest,
                largest,
                System.getProperty("benchmarks.command", "benchmarks/run " + run),
                Machine.name(),
                LocalDate.now(ZoneOffset.UTC).toString());
        try {
            Files.writeString(
                    file, JSON.writeValueAsString(figure) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the figures cannot be written to " + file, e);
        }
    }

    /**
     * Reads a file of figures.
     *
     * @throws IOException if it cannot be read or is not what runs write
     */
    public static List<Figure> read(Path file) throws IOException {
        List<Figure> figures = new ArrayList<>();
        try (Stream<String> lines = Files.lines(file)) {
            for (String line : (Iterable<String>) lines::iterator) {
                figures.add(JSON.readValue(line, Figure.class));
            }
        }
        return figures;
    }
}
