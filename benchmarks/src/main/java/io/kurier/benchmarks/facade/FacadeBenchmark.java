// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.facade;

import io.kurier.benchmarks.MeasuredBroker;
import io.kurier.benchmarks.ProducerSettings;
import io.kurier.benchmarks.Topics;
import io.kurier.benchmarks.Values;
import io.kurier.benchmarks.clients.Clients;
import io.kurier.benchmarks.rounds.Flood;
import io.kurier.benchmarks.rounds.RoundsOptions;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A flood of records by all candidates in turns, in this JVM, against a broker in another. */
@Command(name = "benchmarks/run facade", sortOptions = false)
public final class FacadeBenchmark implements Callable<Integer> {
    private static final int MOST_RECORDS = 1_000_000;
    private static final int MOST_BYTES = 200_000_000;
    private static final int SMOKE_RECORDS = 2_000;

    private final PrintStream out;

    @Parameters(index = "0", arity = "0..1", hidden = true)
    private String bootstrap = "";

    @Mixin
    private RoundsOptions options = new RoundsOptions();

    @Option(names = "--size", paramLabel = "BYTES", description = "A size of values; can be repeated (100, 1000).")
    private List<Integer> sizes = List.of(100, 1_000);

    @Option(names = "--help", usageHelp = true, description = "Prints this.")
    private boolean help;

    FacadeBenchmark(PrintStream out) {
        this.out = out;
    }

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new FacadeBenchmark(System.out)).execute(args));
    }

    @Override
    public Integer call() {
        try (MeasuredBroker broker = MeasuredBroker.start(out, bootstrap);
                Topics topics = new Topics(broker.bootstrapServers());
                Clients<byte[]> plain = Clients.ofBytes(broker.bootstrapServers(), topics, "%s");
                Clients<byte[]> counting = Clients.ofBytes(broker.bootstrapServers(), topics, "%s-dependent")) {
            counting.add(Clients.inBulk(broker.bootstrapServers(), topics, "kurier-bulk"));
            options.begin(out, ProducerSettings.inWords());
            List<Flood<byte[]>> candidates = Stream.concat(
                            plain.all().stream().map(client -> new Flood<>(client, false)),
                            counting.all().stream().map(client -> new Flood<>(client, true)))
                    .toList();
            for (int size : sizes) {
                int records = options.smoke() ? SMOKE_RECORDS : Math.min(MOST_RECORDS, MOST_BYTES / size);
                String title = String.format(Locale.ROOT, "%,d B, %,d records a turn", size, records);
                options.table(out, title, candidates, topics, Values.ofSize(size), records);
            }
        }
        return 0;
    }
}
