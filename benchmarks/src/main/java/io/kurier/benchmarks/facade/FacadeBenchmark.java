// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.facade;

import io.kurier.benchmarks.Machine;
import io.kurier.benchmarks.ProducerSettings;
import io.kurier.benchmarks.Topics;
import io.kurier.benchmarks.Values;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A flood of records by all candidates in turns, in this JVM, against a broker in another. */
@Command(name = "benchmarks/run facade", sortOptions = false)
public final class FacadeBenchmark implements Callable<Integer> {
    private static final int MOST_RECORDS = 1_000_000;
    private static final int MOST_BYTES = 200_000_000;
    private static final int SMOKE_RECORDS = 2_000;

    private final PrintStream out;

    @Parameters(index = "0", hidden = true)
    private String bootstrap = "";

    @Option(names = "--rounds", paramLabel = "N", description = "Measured rounds a size (${DEFAULT-VALUE}).")
    private int rounds = 15;

    @Option(names = "--warm-up", paramLabel = "N", description = "Rounds before those (${DEFAULT-VALUE}).")
    private int warmUp = 8;

    @Option(names = "--size", paramLabel = "BYTES", description = "A size of values; can be repeated (100, 1000).")
    private List<Integer> sizes = List.of(100, 1_000);

    @Option(names = "--seed", paramLabel = "N", description = "Repeats the orders of an earlier run.")
    private long seed = System.nanoTime() % 1_000_000;

    @Option(names = "--smoke", description = "Shows that it runs, with a round of few records.")
    private boolean smoke;

    @Option(names = "--turns", description = "Prints every turn's rate too.")
    private boolean everyTurn;

    FacadeBenchmark(PrintStream out) {
        this.out = out;
    }

    /** Runs it. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new FacadeBenchmark(System.out)).execute(args));
    }

    @Override
    public Integer call() {
        if (smoke) {
            rounds = 1;
            warmUp = 0;
        }
        out.println(Machine.inWords());
        out.println(ProducerSettings.inWords());
        out.printf("%d rounds after %d of warm-up, orders of --seed %d%n", rounds, warmUp, seed);
        try (Topics topics = new Topics(bootstrap);
                Candidates candidates = Candidates.start(bootstrap, topics)) {
            List<Candidate> all = candidates.all();
            Rounds turns = new Rounds(all, topics, new Random(seed));
            for (int size : sizes) {
                int records = smoke ? SMOKE_RECORDS : Math.min(MOST_RECORDS, MOST_BYTES / size);
                Map<Candidate.Label, List<Rounds.Turn>> results =
                        turns.run(Values.ofSize(size), records, warmUp, rounds);
                Report report =
                        new Report(out, all.stream().map(Candidate::label).toList());
                report.print(size, records, results);
                if (everyTurn) {
                    report.printTurns(results);
                }
            }
        }
        return 0;
    }
}
