// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.media;

import io.kurier.benchmarks.Statistics;
import io.kurier.benchmarks.results.Figures;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Prints the medians of the turns of one task, and the ratios to the baseline. */
final class MediaReport {
    private final PrintStream out;
    private final Figures figures;

    MediaReport(PrintStream out, Figures figures) {
        this.out = out;
        this.figures = figures;
    }

    /**
     * Prints a table, and adds its figures.
     *
     * @param title the content
     * @param task what all of its rows did
     * @param rows the first one is the baseline
     * @param turns the measurements of each, round by round
     */
    void print(
            String title, MediaTurn.Task task, List<MediaTurn.Who> rows, Map<MediaTurn.Who, List<Measurement>> turns) {
        out.printf(
                Locale.ROOT,
                "%n%-32s %9s %17s %9s %9s %10s %17s %9s %9s %14s%n",
                title,
                "MB/s",
                "ratio of medians",
                "smallest",
                "largest",
                "CPU s/GiB",
                "ratio of medians",
                "smallest",
                "largest",
                "peak heap MiB");
        for (MediaTurn.Who row : rows) {
            List<Measurement> baseline = of(rows.get(0), turns);
            print(row.row(task), of(row, turns), baseline);
            add(title, row.row(task), rows.get(0).row(task), of(row, turns), baseline);
        }
    }

    private void print(String row, List<Measurement> turns, List<Measurement> baseline) {
        Statistics.Ratio rate = ratio(turns, baseline, Measurement::megabytesPerSecond);
        Statistics.Ratio cpu = ratio(turns, baseline, Measurement::cpuSecondsPerGibibyte);
        out.printf(
                Locale.ROOT,
                "%-32s %,9.0f %17.3f %9.3f %9.3f %10.2f %17.3f %9.3f %9.3f %14.0f%n",
                row,
                Statistics.median(values(turns, Measurement::megabytesPerSecond)),
                rate.ofMedians(),
                rate.smallest(),
                rate.largest(),
                Statistics.median(values(turns, Measurement::cpuSecondsPerGibibyte)),
                cpu.ofMedians(),
                cpu.smallest(),
                cpu.largest(),
                values(turns, Measurement::peakHeapMebibytes).stream()
                        .mapToDouble(Double::doubleValue)
                        .max()
                        .orElse(0));
    }

    private void add(String title, String row, String other, List<Measurement> turns, List<Measurement> baseline) {
        figures.add(title, row, "rate", other, ratio(turns, baseline, Measurement::megabytesPerSecond));
        figures.add(title, row, "CPU", other, ratio(turns, baseline, Measurement::cpuSecondsPerGibibyte));
        figures.add(title, row, "MB/s", values(turns, Measurement::megabytesPerSecond));
    }

    private static List<Measurement> of(MediaTurn.Who row, Map<MediaTurn.Who, List<Measurement>> turns) {
        List<Measurement> found = turns.get(row);
        if (found == null) {
            throw new IllegalArgumentException(row + " has not run");
        }
        return found;
    }

    private static Statistics.Ratio ratio(
            List<Measurement> turns, List<Measurement> baseline, ToDoubleFunction<Measurement> value) {
        return Statistics.ratio(values(turns, value), values(baseline, value));
    }

    private static List<Double> values(List<Measurement> turns, ToDoubleFunction<Measurement> value) {
        return turns.stream().map(value::applyAsDouble).toList();
    }
}
