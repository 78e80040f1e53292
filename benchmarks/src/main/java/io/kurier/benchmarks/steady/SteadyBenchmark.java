// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.steady;

import io.kurier.benchmarks.Link;
import io.kurier.benchmarks.Machine;
import io.kurier.benchmarks.MeasuredBroker;
import io.kurier.benchmarks.ProducerSettings;
import io.kurier.benchmarks.Topics;
import io.kurier.benchmarks.Values;
import io.kurier.benchmarks.clients.Client;
import io.kurier.benchmarks.clients.Clients;
import io.kurier.benchmarks.results.Figures;
import io.kurier.benchmarks.rounds.Rounds;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the time from when a record is due to its acknowledgment, at a steady rate, by all clients in turns. */
@Command(name = "benchmarks/run steady", sortOptions = false)
public final class SteadyBenchmark implements Callable<Integer> {
    private final PrintStream out;

    @Parameters(index = "0", arity = "0..1", hidden = true)
    private String bootstrap = "";

    @Option(names = "--rate", paramLabel = "N", description = "Records a second (${DEFAULT-VALUE}).")
    private int rate = 5_000;

    @Option(names = "--size", paramLabel = "BYTES", description = "The size of values (${DEFAULT-VALUE}).")
    private int size = 1_000;

    @Option(names = "--seconds", paramLabel = "N", description = "How long a turn takes (${DEFAULT-VALUE}).")
    private int seconds = 8;

    @Option(names = "--rounds", paramLabel = "N", description = "Measured turns of each (${DEFAULT-VALUE}).")
    private int rounds = 9;

    @Option(names = "--warm-up", paramLabel = "N", description = "Turns of each before those (${DEFAULT-VALUE}).")
    private int warmUp = 2;

    @Option(names = "--seed", paramLabel = "N", description = "Repeats the orders of an earlier run.")
    private long seed = System.nanoTime() % 1_000_000;

    @Option(names = "--smoke", description = "Shows that it runs, with one turn of one second.")
    private boolean smoke;

    @Option(names = "--out", paramLabel = "FILE", description = Figures.OPTION)
    private @Nullable Path file;

    @Option(names = "--help", usageHelp = true, description = "Prints this.")
    private boolean help;

    SteadyBenchmark(PrintStream out) {
        this.out = out;
    }

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new SteadyBenchmark(System.out)).execute(args));
    }

    @Override
    public Integer call() {
        if (smoke) {
            seconds = 1;
            rounds = 1;
            warmUp = 0;
        }
        try (MeasuredBroker broker = MeasuredBroker.start(out, bootstrap);
                Topics topics = new Topics(broker.bootstrapServers());
                Clients<byte[]> clients = Clients.ofBytes(broker.bootstrapServers(), topics, "steady-%s")) {
            out.println(Machine.inWords());
            out.println(Link.inWords());
            out.println(ProducerSettings.inWords());
            out.printf(
                    "%d records/s of %d B, %d s a turn, %d rounds after %d of warm-up, orders of --seed %d%n",
                    rate, size, seconds, rounds, warmUp, seed);
            Map<String, List<RoundResult>> turns = run(clients.all(), topics);
            new SteadyReport(out, clients.all().stream().map(Client::name).toList(), Figures.to(file, "steady"))
                    .print(turns);
        }
        return 0;
    }

    private Map<String, List<RoundResult>> run(List<Client<byte[]>> clients, Topics topics) {
        byte[][] values = Values.ofSize(size);
        Pace pace = new Pace(rate, rate * seconds);
        return Rounds.inTurns(
                clients,
                Client::name,
                client -> RoundResult.of(client, values, pace, topics),
                new Random(seed),
                warmUp,
                rounds);
    }
}
