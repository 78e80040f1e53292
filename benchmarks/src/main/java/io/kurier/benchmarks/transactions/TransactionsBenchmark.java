// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.transactions;

import io.kurier.benchmarks.CommittedRecords;
import io.kurier.benchmarks.MeasuredBroker;
import io.kurier.benchmarks.ProducerSettings;
import io.kurier.benchmarks.Topics;
import io.kurier.benchmarks.Values;
import io.kurier.benchmarks.clients.Clients;
import io.kurier.benchmarks.rounds.Report;
import io.kurier.benchmarks.rounds.RoundsOptions;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Transactions by all candidates in turns, in this JVM, against a broker in another. */
@Command(name = "benchmarks/run transactions", sortOptions = false)
public final class TransactionsBenchmark implements Callable<Integer> {
    private static final int MOST_TRANSACTIONS = 400;

    /** The size that the topics keep, compressed, until their records are counted, in bytes. */
    private static final int MOST_BYTES = 100_000_000;

    private static final int SMOKE_TRANSACTIONS = 3;

    private final PrintStream out;

    @Parameters(index = "0", arity = "0..1", hidden = true)
    private String bootstrap = "";

    @Mixin
    private RoundsOptions options = new RoundsOptions();

    @Option(names = "--size", paramLabel = "BYTES", description = "A size of values; can be repeated (100, 1000).")
    private List<Integer> sizes = List.of(100, 1_000);

    @Option(names = "--records", paramLabel = "N", description = "Records a transaction; can be repeated (100, 1000).")
    private List<Integer> numbers = List.of(100, 1_000);

    @Option(names = "--help", usageHelp = true, description = "Prints this.")
    private boolean help;

    TransactionsBenchmark(PrintStream out) {
        this.out = out;
    }

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new TransactionsBenchmark(System.out)).execute(args));
    }

    @Override
    public Integer call() {
        try (MeasuredBroker broker = MeasuredBroker.start(out, bootstrap);
                Topics topics = new Topics(broker.bootstrapServers())) {
            options.begin(out, ProducerSettings.inWords());
            Map<Integer, Clients<byte[]>> clients = new LinkedHashMap<>();
            try {
                for (int each : numbers) {
                    clients.computeIfAbsent(
                            each,
                            first -> Clients.transactional(
                                    broker.bootstrapServers(), topics, "transactions-%s-" + first));
                }
                tables(clients, new CommittedRecords(broker.bootstrapServers(), topics));
            } finally {
                clients.values().forEach(Clients::close);
            }
        }
        return 0;
    }

    private void tables(Map<Integer, Clients<byte[]>> clients, CommittedRecords stored) {
        for (int size : sizes) {
            for (Map.Entry<Integer, Clients<byte[]>> entry : clients.entrySet()) {
                int each = entry.getKey();
                int transactions = options.smoke()
                        ? SMOKE_TRANSACTIONS
                        : Math.max(1, Math.min(MOST_TRANSACTIONS, MOST_BYTES / (each * size)));
                String title = String.format(Locale.ROOT, "%,d B, %,d transactions of %,d", size, transactions, each);
                options.table(
                        out,
                        title,
                        entry.getValue().all().stream()
                                .map(client -> new Transactions(client, each))
                                .toList(),
                        stored,
                        Values.ofSize(size),
                        transactions * each,
                        new Report.Column("transactions/s", turn -> turn.rate() / each));
            }
        }
    }
}
