// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.callers;

import io.kurier.benchmarks.MeasuredBroker;
import io.kurier.benchmarks.ProducerSettings;
import io.kurier.benchmarks.Topics;
import io.kurier.benchmarks.Values;
import io.kurier.benchmarks.VirtualThreads;
import io.kurier.benchmarks.clients.Clients;
import io.kurier.benchmarks.rounds.RoundsOptions;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A flood of records by many threads, through one client at a time, against a broker in another process. */
@Command(name = "benchmarks/run callers", sortOptions = false)
public final class CallersBenchmark implements Callable<Integer> {
    private static final int RECORDS = 1_000_000;
    private static final int SMOKE_RECORDS = 2_000;

    private final PrintStream out;

    @Parameters(index = "0", arity = "0..1", hidden = true)
    private String bootstrap = "";

    @Mixin
    private RoundsOptions options = new RoundsOptions();

    @Option(names = "--threads", paramLabel = "N", description = "A number of threads; can be repeated (4, 16, 64).")
    private List<Integer> numbers = List.of(4, 16, 64);

    @Option(names = "--size", paramLabel = "BYTES", description = "The size of values (${DEFAULT-VALUE}).")
    private int size = 100;

    @Option(names = "--help", usageHelp = true, description = "Prints this.")
    private boolean help;

    CallersBenchmark(PrintStream out) {
        this.out = out;
    }

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new CallersBenchmark(System.out)).execute(args));
    }

    @Override
    public Integer call() {
        try (MeasuredBroker broker = MeasuredBroker.start(out, bootstrap);
                Topics topics = new Topics(broker.bootstrapServers());
                Clients<byte[]> clients = Clients.ofBytes(broker.bootstrapServers(), topics, "callers-%s")) {
            options.begin(out, ProducerSettings.inWords());
            for (int threads : numbers) {
                table("platform", threads, Executors.newFixedThreadPool(threads), clients, topics);
            }
            for (int threads : numbers) {
                Optional<ExecutorService> virtual = VirtualThreads.executor();
                if (virtual.isEmpty()) {
                    out.printf(
                            "%nvirtual threads: not measured, JDK %d has none; they came with 21%n",
                            Runtime.version().feature());
                    break;
                }
                table("virtual", threads, virtual.get(), clients, topics);
            }
        }
        return 0;
    }

    private void table(String kind, int threads, ExecutorService executor, Clients<byte[]> clients, Topics topics) {
        try {
            options.table(
                    out,
                    String.format(Locale.ROOT, "%,d B, %d %s threads", size, threads, kind),
                    clients.all().stream()
                            .map(client -> new Callers<>(client, threads, executor))
                            .toList(),
                    topics,
                    Values.ofSize(size),
                    options.smoke() ? SMOKE_RECORDS : RECORDS);
        } finally {
            executor.shutdown();
        }
    }
}
