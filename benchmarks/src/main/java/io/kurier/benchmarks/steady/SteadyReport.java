// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.steady;

import io.kurier.benchmarks.Statistics;
import io.kurier.benchmarks.results.Figures;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Prints percentiles: medians over the turns, their smallest and largest, and the ratio to the baseline. */
final class SteadyReport {
    private static final double MICROS = 1_000;

    private final PrintStream out;
    private final List<String> order;
    private final Figures figures;

    /**
     * Creates a report.
     *
     * @param order the names of the clients; the first is the baseline
     * @param figures receives what is printed
     */
    SteadyReport(PrintStream out, List<String> order, Figures figures) {
        this.out = out;
        this.order = order;
        this.figures = figures;
    }

    void print(Map<String, List<RoundResult>> turns) {
        print("p50", "us", turns, percentile(50));
        print("p99", "us", turns, percentile(99));
        print("p99.9", "us", turns, percentile(99.9));
        print("max", "us", turns, turn -> turn.latency().getMaxValue() / MICROS);
        print("CPU a record", "ns", turns, RoundResult::cpuNanos);
        out.printf(
                Locale.ROOT,
                "sent after the moment due, p99 of all: %s us%n",
                order.stream()
                        .map(client -> String.format(
                                Locale.ROOT,
                                "%s %,.0f",
                                client,
                                Statistics.median(
                                        of(client, turns, turn -> turn.late().getValueAtPercentile(99) / MICROS))))
                        .toList());
    }

    private static ToDoubleFunction<RoundResult> percentile(double percentile) {
        return turn -> turn.latency().getValueAtPercentile(percentile) / MICROS;
    }

    private void print(
            String what, String unit, Map<String, List<RoundResult>> turns, ToDoubleFunction<RoundResult> value) {
        out.printf(
                Locale.ROOT,
                "%n%-16s %10s %10s %10s %17s %10s %10s%n",
                what,
                "median " + unit,
                "smallest",
                "largest",
                "ratio of medians",
                "smallest",
                "largest");
        for (String client : order) {
            List<Double> values = of(client, turns, value);
            Statistics.Ratio ratio = Statistics.ratio(values, of(order.get(0), turns, value));
            figures.add(what, client, unit, values);
            figures.add(what, client, unit, order.get(0), ratio);
            out.printf(
                    Locale.ROOT,
                    "%-16s %,10.0f %,10.0f %,10.0f %17.3f %10.3f %10.3f%n",
                    client,
                    Statistics.median(values),
                    values.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                    values.stream().mapToDouble(Double::doubleValue).max().orElseThrow(),
                    ratio.ofMedians(),
                    ratio.smallest(),
                    ratio.largest());
        }
    }

    private static List<Double> of(
            String client, Map<String, List<RoundResult>> turns, ToDoubleFunction<RoundResult> value) {
        List<RoundResult> found = turns.get(client);
        if (found == null) {
            throw new IllegalArgumentException(client + " has not run");
        }
        return found.stream().map(turn -> value.applyAsDouble(turn)).toList();
    }
}
