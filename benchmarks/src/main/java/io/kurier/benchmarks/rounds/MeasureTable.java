// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.rounds;

import io.kurier.benchmarks.Statistics;
import io.kurier.benchmarks.results.Figures;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Prints one measure of all rows: medians over the turns, their smallest and largest, and the ratio to the baseline. */
public final class MeasureTable {
    private final PrintStream out;
    private final List<String> order;
    private final Figures figures;

    /**
     * Creates a table.
     *
     * @param order the names of the rows; the first is the baseline
     * @param figures receives what is printed
     */
    public MeasureTable(PrintStream out, List<String> order, Figures figures) {
        this.out = out;
        this.order = order;
        this.figures = figures;
    }

    /**
     * Prints a measure, and adds it to the figures.
     *
     * @param what the title, and the figures' table
     * @param unit the unit, and the figures' measure
     * @param digits how many digits there are behind the point
     * @param turns the turns of each row
     * @param value returns a turn's value
     */
    public <T> void print(String what, String unit, int digits, Map<String, List<T>> turns, ToDoubleFunction<T> value) {
        int width = Math.max(16, what.length());
        out.printf(
                Locale.ROOT,
                "%n%-" + width + "s %16s %10s %10s %17s %10s %10s%n",
                what,
                "median " + unit,
                "smallest",
                "largest",
                "ratio of medians",
                "smallest",
                "largest");
        String number = "%,10." + digits + "f";
        String line = "%-" + width + "s %,16." + digits + "f " + number + " " + number + " %17.3f %10.3f %10.3f%n";
        for (String row : order) {
            List<Double> values = values(row, turns, value);
            Statistics.Ratio ratio = Statistics.ratio(values, values(order.get(0), turns, value));
            figures.add(what, row, unit, values);
            figures.add(what, row, unit, order.get(0), ratio);
            out.printf(
                    Locale.ROOT,
                    line,
                    row,
                    Statistics.median(values),
                    values.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                    values.stream().mapToDouble(Double::doubleValue).max().orElseThrow(),
                    ratio.ofMedians(),
                    ratio.smallest(),
                    ratio.largest());
        }
    }

    /**
     * Returns the values of a row, turn by turn.
     *
     * @throws IllegalArgumentException if the row has no turns
     */
    public static <T> List<Double> values(String row, Map<String, List<T>> turns, ToDoubleFunction<T> value) {
        List<T> found = turns.get(row);
        if (found == null) {
            throw new IllegalArgumentException(row + " has not run");
        }
        return found.stream().map(value::applyAsDouble).toList();
    }
}
