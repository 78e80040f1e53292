// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.results;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints the aims of one run beside their values, for a run that is not part of the page of all runs. */
public final class RunAims {
    private RunAims() {}

    /**
     * Prints a table.
     *
     * @param run the name of the run
     * @param figures its figures; of those with the same name the last one counts
     */
    public static void print(PrintStream out, String run, List<Figure> figures) {
        out.printf("%n%-56s %16s %10s %10s %10s%n", "aim", "", "measured", "smallest", "largest");
        for (Aim aim : Aims.all()) {
            if (!aim.run().equals(run)) {
                continue;
            }
            Optional<Figure> found = aim.find(figures);
            if (found.isEmpty()) {
                out.printf("%-56s %16s %10s%n", aim.what(), aim.limitInWords(), "not measured");
                continue;
            }
            Figure figure = found.get();
            out.printf(
                    Locale.ROOT,
                    "%-56s %16s %10s %10s %10s %s%n",
                    aim.what(),
                    aim.limitInWords(),
                    aim.number(figure.value()),
                    aim.number(figure.smallest()),
                    aim.number(figure.largest()),
                    aim.isMet(figure.value()) ? "met" : "missed");
        }
    }
}
