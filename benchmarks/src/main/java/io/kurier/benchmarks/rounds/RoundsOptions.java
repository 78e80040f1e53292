// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.rounds;

import io.kurier.benchmarks.Link;
import io.kurier.benchmarks.Machine;
import io.kurier.benchmarks.StoredRecords;
import io.kurier.benchmarks.results.Figures;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The options that the runs share, for picocli: how many rounds and records; and the settings that follow from them.
 */
public final class RoundsOptions {
    @Option(names = "--rounds", paramLabel = "N", description = "Measured rounds a table (${DEFAULT-VALUE}).")
    private int rounds = 15;

    @Option(names = "--warm-up", paramLabel = "N", description = "Rounds before those (${DEFAULT-VALUE}).")
    private int warmUp = 8;

    @Option(names = "--seed", paramLabel = "N", description = "Repeats the orders of an earlier run.")
    private long seed = System.nanoTime() % 1_000_000;

    @Option(names = "--smoke", description = "Shows that it runs, with a round of few records.")
    private boolean smoke;

    @Option(names = "--turns", description = "Prints every turn's rate too.")
    private boolean everyTurn;

    @Option(names = "--out", paramLabel = "FILE", description = Figures.OPTION)
    private @Nullable Path file;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    private final Random random = new Random();

    /** Returns where the run adds its figures. */
    public Figures figures() {
        String name = Objects.requireNonNull(command).name();
        return Figures.to(file, name.substring(name.lastIndexOf(' ') + 1));
    }

    /** Returns what decides the orders, seeded by {@link #begin}. */
    public Random random() {
        return random;
    }

    /** Returns whether the run is only to show that it works. */
    public boolean smoke() {
        return smoke;
    }

    /**
     * Applies {@code --smoke}, seeds the orders, and prints the machine and the settings of the run.
     *
     * @param settings lines about the producers
     */
    public void begin(PrintStream out, String settings) {
        if (smoke) {
            rounds = 1;
            warmUp = 0;
        }
        random.setSeed(seed);
        out.println(Machine.inWords());
        out.println(Link.inWords());
        out.println(settings);
        out.printf("%d rounds after %d of warm-up, orders of --seed %d%n", rounds, warmUp, seed);
    }

    /**
     * Runs the rounds of one table and prints it.
     *
     * @param candidates in the order of the rows
     * @param stored the broker's own count
     * @param values the values that are sent in turn
     * @param more columns behind those that every report has
     */
    public <V> void table(
            PrintStream out,
            String title,
            List<? extends Candidate<V>> candidates,
            StoredRecords stored,
            V[] values,
            int records,
            Report.Column... more) {
        Map<Candidate.Label, List<Rounds.Turn>> turns =
                new Rounds<>(candidates, stored, random).run(values, records, warmUp, rounds);
        Report report =
                new Report(out, candidates.stream().map(Candidate::label).toList(), more);
        report.print(title, turns);
        report.add(figures(), title, turns);
        if (everyTurn) {
            report.printTurns(turns);
        }
    }
}
