// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.startup;

import io.kurier.benchmarks.Link;
import io.kurier.benchmarks.Machine;
import io.kurier.benchmarks.MeasuredBroker;
import io.kurier.benchmarks.ProducerSettings;
import io.kurier.benchmarks.Statistics;
import io.kurier.benchmarks.Topics;
import io.kurier.benchmarks.results.Figures;
import io.kurier.benchmarks.rounds.Rounds;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the time from the start of a JVM to the first acknowledgment, by all clients in turns. */
@Command(name = "benchmarks/run startup", sortOptions = false)
public final class StartupBenchmark implements Callable<Integer> {
    private static final List<String> TOPICS = List.of("startup-first", "startup-second");

    private final PrintStream out;

    @Parameters(index = "0", arity = "0..1", hidden = true)
    private String bootstrap = "";

    @Option(names = "--rounds", paramLabel = "N", description = "Measured JVMs of each (${DEFAULT-VALUE}).")
    private int rounds = 15;

    @Option(names = "--warm-up", paramLabel = "N", description = "JVMs of each before those (${DEFAULT-VALUE}).")
    private int warmUp = 2;

    @Option(names = "--seed", paramLabel = "N", description = "Repeats the orders of an earlier run.")
    private long seed = System.nanoTime() % 1_000_000;

    @Option(names = "--smoke", description = "Shows that it runs, with one JVM of each.")
    private boolean smoke;

    @Option(names = "--out", paramLabel = "FILE", description = Figures.OPTION)
    private @Nullable Path file;

    @Option(names = "--help", usageHelp = true, description = "Prints this.")
    private boolean help;

    StartupBenchmark(PrintStream out) {
        this.out = out;
    }

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new StartupBenchmark(System.out)).execute(args));
    }

    @Override
    public Integer call() {
        if (smoke) {
            rounds = 1;
            warmUp = 0;
        }
        try (MeasuredBroker broker = MeasuredBroker.start(out, bootstrap);
                Topics topics = new Topics(broker.bootstrapServers())) {
            out.println(Machine.inWords());
            out.println(Link.inWords());
            out.println(ProducerSettings.inWords());
            out.printf("%d JVMs of each after %d of warm-up, orders of --seed %d%n", rounds, warmUp, seed);
            topics.create(TOPICS);
            List<Starting> all = List.of(Starting.values());
            Map<Starting, List<StartupTurn>> turns = Rounds.inTurns(
                    all,
                    starting -> starting,
                    starting -> StartupTurn.of(starting, broker.bootstrapServers(), TOPICS),
                    new Random(seed),
                    warmUp,
                    rounds);
            Figures figures = Figures.to(file, "startup");
            print("first client", figures, turns, StartupTurn::first);
            print("second client", figures, turns, StartupTurn::second);
        }
        return 0;
    }

    private void print(
            String what, Figures figures, Map<Starting, List<StartupTurn>> turns, ToDoubleFunction<StartupTurn> value) {
        out.printf(Locale.ROOT, "%n%-24s %10s %10s %10s %10s%n", what, "median ms", "smallest", "largest", "above raw");
        List<Double> raw = of(Starting.RAW, turns, value);
        for (Starting starting : Starting.values()) {
            List<Double> values = of(starting, turns, value);
            double aboveRaw = Statistics.median(values) - Statistics.median(raw);
            out.printf(
                    Locale.ROOT,
                    "%-24s %,10.0f %,10.0f %,10.0f %,10.0f%n",
                    starting.row(),
                    Statistics.median(values),
                    values.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                    values.stream().mapToDouble(Double::doubleValue).max().orElseThrow(),
                    aboveRaw);
            figures.add(what, starting.row(), "ms", values);
            figures.add(what, starting.row(), "ms above KafkaProducer", aboveRaw, differences(values, raw));
        }
    }

    private static List<Double> differences(List<Double> values, List<Double> baseline) {
        List<Double> differences = new ArrayList<>();
        for (int round = 0; round < values.size(); round++) {
            differences.add(values.get(round) - baseline.get(round));
        }
        return differences;
    }

    private static List<Double> of(
            Starting starting, Map<Starting, List<StartupTurn>> turns, ToDoubleFunction<StartupTurn> value) {
        List<StartupTurn> found = turns.get(starting);
        if (found == null) {
            throw new IllegalArgumentException(starting + " has not run");
        }
        return found.stream().map(turn -> value.applyAsDouble(turn)).toList();
    }
}
