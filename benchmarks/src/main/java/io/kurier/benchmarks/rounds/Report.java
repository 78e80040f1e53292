// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.rounds;

import io.kurier.benchmarks.Statistics;
import io.kurier.benchmarks.results.Figures;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Prints medians, and ratios to the baseline that does the same work. */
public final class Report {
    private final PrintStream out;
    private final List<Candidate.Label> order;
    private final List<Column> more;

    /**
     * A column of medians.
     *
     * @param heading at most 16 characters
     * @param value returns a turn's value
     */
    public record Column(String heading, ToDoubleFunction<Rounds.Turn> value) {}

    /**
     * Creates a report.
     *
     * @param order the rows; the first without and the first with a dependent are the baselines
     * @param more columns behind those that every report has
     */
    public Report(PrintStream out, List<Candidate.Label> order, Column... more) {
        this.out = out;
        this.order = order;
        this.more = List.of(more);
    }

    /**
     * Prints a table.
     *
     * @param title the settings that all of its rows have in common
     */
    public void print(String title, Map<Candidate.Label, List<Rounds.Turn>> turns) {
        out.printf(
                Locale.ROOT,
                "%n%-32s %12s %17s %10s %9s %10s %10s %10s %10s",
                title,
                "records/s",
                "ratio of medians",
                "smallest",
                "largest",
                "CPU ns",
                "to raw's",
                "B/record",
                "above raw");
        more.forEach(column -> out.printf(Locale.ROOT, " %16s", column.heading()));
        out.println();
        for (boolean dependent : new boolean[] {false, true}) {
            List<Candidate.Label> rows = order.stream()
                    .filter(label -> label.dependent() == dependent)
                    .toList();
            for (Candidate.Label row : rows) {
                print(row, turnsOf(row, turns), turnsOf(rows.get(0), turns));
            }
        }
    }

    /** Adds the figures of a table: rates, processor times and bytes, and their ratios to the other rows. */
    public void add(Figures figures, String title, Map<Candidate.Label, List<Rounds.Turn>> turns) {
        for (Candidate.Label row : order) {
            add(figures, title, row, "rate", Rounds.Turn::rate, turns);
            add(figures, title, row, "CPU", Rounds.Turn::cpuNanos, turns);
            add(figures, title, row, "allocated", Rounds.Turn::bytes, turns);
        }
    }

    private void add(
            Figures figures,
            String title,
            Candidate.Label row,
            String measure,
            ToDoubleFunction<Rounds.Turn> value,
            Map<Candidate.Label, List<Rounds.Turn>> turns) {
        List<Double> values = of(turnsOf(row, turns), value);
        figures.add(title, name(row), measure, values);
        for (Candidate.Label other : order) {
            if (other.dependent() == row.dependent() && !other.equals(row)) {
                figures.add(
                        title,
                        name(row),
                        measure,
                        name(other),
                        Statistics.ratio(values, of(turnsOf(other, turns), value)));
            }
        }
    }

    /** Prints the values behind the medians: every rate, in the order of the rounds. */
    public void printTurns(Map<Candidate.Label, List<Rounds.Turn>> turns) {
        for (Candidate.Label row : order) {
            StringBuilder line = new StringBuilder(name(row)).append(':');
            rates(turnsOf(row, turns)).forEach(rate -> line.append(String.format(Locale.ROOT, " %,.0f", rate)));
            out.println(line);
        }
    }

    private void print(Candidate.Label label, List<Rounds.Turn> turns, List<Rounds.Turn> baseline) {
        Statistics.Ratio ratio = Statistics.ratio(rates(turns), rates(baseline));
        double cpu = Statistics.median(of(turns, Rounds.Turn::cpuNanos));
        double bytes = Statistics.median(bytes(turns));
        out.printf(
                Locale.ROOT,
                "%-32s %,12.0f %17.3f %10.3f %9.3f %,10.0f %10.3f %10.0f %10.0f",
                name(label),
                Statistics.median(rates(turns)),
                ratio.ofMedians(),
                ratio.smallest(),
                ratio.largest(),
                cpu,
                cpu / Statistics.median(of(baseline, Rounds.Turn::cpuNanos)),
                bytes,
                bytes - Statistics.median(bytes(baseline)));
        more.forEach(column -> out.printf(Locale.ROOT, " %,16.0f", Statistics.median(of(turns, column.value()))));
        out.println();
    }

    private static List<Rounds.Turn> turnsOf(Candidate.Label label, Map<Candidate.Label, List<Rounds.Turn>> turns) {
        List<Rounds.Turn> found = turns.get(label);
        if (found == null) {
            throw new IllegalArgumentException(label + " has not run");
        }
        return found;
    }

    private static String name(Candidate.Label label) {
        return label.client() + (label.dependent() ? ", one dependent" : "");
    }

    private static List<Double> rates(List<Rounds.Turn> turns) {
        return of(turns, Rounds.Turn::rate);
    }

    private static List<Double> bytes(List<Rounds.Turn> turns) {
        return of(turns, Rounds.Turn::bytes);
    }

    private static List<Double> of(List<Rounds.Turn> turns, ToDoubleFunction<Rounds.Turn> value) {
        return turns.stream().map(value::applyAsDouble).toList();
    }
}
