// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.connect;

import io.kurier.benchmarks.Statistics;
import io.kurier.benchmarks.results.Figures;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Prints what the imports of one input took: medians over the turns, their smallest and largest. */
final class ImportReport {
    private final PrintStream out;
    private final Figures figures;

    ImportReport(PrintStream out, Figures figures) {
        this.out = out;
        this.figures = figures;
    }

    /**
     * Prints a table, and adds its figures, each with the ratios to the other rows.
     *
     * @param input what was imported
     * @param rows who imported it, in the order of the table
     * @param turns the turns of each, round by round
     */
    void print(Input input, List<String> rows, Map<String, List<Turn>> turns) {
        String unit = input.kind().unit();
        String one = unit.substring(0, unit.length() - 1);
        out.printf(
                Locale.ROOT,
                "%n%-46s %11s %11s %11s %14s %7s %14s %9s %9s %14s%n",
                input.title(),
                unit + "/s",
                "smallest",
                "largest",
                "with start-up",
                "MB/s",
                "CPU us a " + one,
                "smallest",
                "largest",
                "with start-up");
        for (String row : rows) {
            List<Double> rates = values(row, turns, Turn::rate);
            List<Double> cpu = values(row, turns, Turn::cpuMicros);
            out.printf(
                    Locale.ROOT,
                    "%-46s %,11.0f %,11.0f %,11.0f %,14.0f %,7.0f %14.2f %9.2f %9.2f %14.2f%n",
                    row,
                    Statistics.median(rates),
                    smallest(rates),
                    largest(rates),
                    Statistics.median(values(row, turns, Turn::rateWithStart)),
                    Statistics.median(values(row, turns, Turn::bytesPerSecond)) / 1e6,
                    Statistics.median(cpu),
                    smallest(cpu),
                    largest(cpu),
                    Statistics.median(values(row, turns, Turn::cpuMicrosWithStart)));
            figures.add(input.title(), row, unit + "/s", rates);
            figures.add(input.title(), row, "CPU us", cpu);
            for (String other : rows) {
                figures.add(
                        input.title(), row, "rate", other, Statistics.ratio(rates, values(other, turns, Turn::rate)));
                figures.add(
                        input.title(), row, "CPU", other, Statistics.ratio(cpu, values(other, turns, Turn::cpuMicros)));
            }
        }
    }

    private static List<Double> values(String row, Map<String, List<Turn>> turns, ToDoubleFunction<Turn> value) {
        return of(row, turns).stream().map(value::applyAsDouble).toList();
    }

    private static List<Turn> of(String row, Map<String, List<Turn>> turns) {
        List<Turn> found = turns.get(row);
        if (found == null) {
            throw new IllegalArgumentException(row + " has not run");
        }
        return found;
    }

    private static double smallest(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    private static double largest(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
