// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.steady;

import io.kurier.benchmarks.Statistics;
import io.kurier.benchmarks.results.Figures;
import io.kurier.benchmarks.rounds.MeasureTable;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints percentiles, and how late the sender was. */
final class SteadyReport {
    private static final double MICROS = 1_000;

    private final PrintStream out;
    private final List<String> order;
    private final MeasureTable table;

    /**
     * Creates a report.
     *
     * @param order the names of the clients; the first is the baseline
     * @param figures receives what is printed
     */
    SteadyReport(PrintStream out, List<String> order, Figures figures) {
        this.out = out;
        this.order = order;
        this.table = new MeasureTable(out, order, figures);
    }

    void print(Map<String, List<RoundResult>> turns) {
        table.print("p50", "us", 0, turns, turn -> turn.micros(50));
        table.print("p99", "us", 0, turns, turn -> turn.micros(99));
        table.print("p99.9", "us", 0, turns, turn -> turn.micros(99.9));
        table.print("max", "us", 0, turns, turn -> turn.latency().getMaxValue() / MICROS);
        table.print("CPU a record", "ns", 0, turns, RoundResult::cpuNanos);
        out.printf(
                Locale.ROOT,
                "sent after the moment due, p99 of all: %s us%n",
                order.stream()
                        .map(client -> String.format(
                                Locale.ROOT,
                                "%s %,.0f",
                                client,
                                Statistics.median(MeasureTable.values(
                                        client, turns, turn -> turn.late().getValueAtPercentile(99) / MICROS))))
                        .toList());
    }
}
