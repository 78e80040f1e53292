// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.facade;

import io.kurier.benchmarks.Statistics;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints medians, and ratios to the baseline that does the same work. */
final class Report {
    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    /** Prints one size's rounds; the first candidate without and the first with a dependent are the baselines. */
    void print(int size, int records, List<Candidate.Label> order, Map<Candidate.Label, List<Rounds.Turn>> turns) {
        out.printf(
                Locale.ROOT,
                "%n%-32s %12s %17s %10s %9s %10s %10s%n",
                String.format(Locale.ROOT, "%,d B, %,d records a turn", size, records),
                "records/s",
                "ratio of medians",
                "smallest",
                "largest",
                "B/record",
                "above raw");
        for (boolean dependent : new boolean[] {false, true}) {
            List<Candidate.Label> rows = order.stream()
                    .filter(label -> label.dependent() == dependent)
                    .toList();
            for (Candidate.Label row : rows) {
                print(row, turnsOf(row, turns), turnsOf(rows.get(0), turns));
            }
        }
    }

    private void print(Candidate.Label label, List<Rounds.Turn> turns, List<Rounds.Turn> baseline) {
        Statistics.Ratio ratio = Statistics.ratio(rates(turns), rates(baseline));
        double bytes = Statistics.median(bytes(turns));
        out.printf(
                Locale.ROOT,
                "%-32s %,12.0f %17.3f %10.3f %9.3f %10.0f %10.0f%n",
                label.client() + (label.dependent() ? ", one dependent" : ""),
                Statistics.median(rates(turns)),
                ratio.ofMedians(),
                ratio.smallest(),
                ratio.largest(),
                bytes,
                bytes - Statistics.median(bytes(baseline)));
    }

    private static List<Rounds.Turn> turnsOf(Candidate.Label label, Map<Candidate.Label, List<Rounds.Turn>> turns) {
        List<Rounds.Turn> found = turns.get(label);
        if (found == null) {
            throw new IllegalArgumentException(label + " has not run");
        }
        return found;
    }

    private static List<Double> rates(List<Rounds.Turn> turns) {
        return turns.stream().map(Rounds.Turn::rate).toList();
    }

    private static List<Double> bytes(List<Rounds.Turn> turns) {
        return turns.stream().map(Rounds.Turn::bytes).toList();
    }
}
