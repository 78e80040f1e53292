// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.instrumentation;

import io.kurier.Topic;
import io.kurier.benchmarks.MeasuredBroker;
import io.kurier.benchmarks.ProducerSettings;
import io.kurier.benchmarks.Topics;
import io.kurier.benchmarks.Values;
import io.kurier.benchmarks.clients.Clients;
import io.kurier.benchmarks.clients.KurierClient;
import io.kurier.benchmarks.rounds.Flood;
import io.kurier.benchmarks.rounds.RoundsOptions;
import io.kurier.spi.Instrumentation;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A flood of records with and without metrics and spans, in turns, in this JVM, against a broker in another. */
@Command(name = "benchmarks/run instrumentation", sortOptions = false)
public final class InstrumentationBenchmark implements Callable<Integer> {
    private static final int RECORDS = 200_000;
    private static final int SMOKE_RECORDS = 2_000;
    private static final double SAMPLED = 0.01;

    private final PrintStream out;

    @Parameters(index = "0", arity = "0..1", hidden = true)
    private String bootstrap = "";

    @Mixin
    private RoundsOptions options = new RoundsOptions();

    @Option(names = "--size", paramLabel = "BYTES", description = "The size of values (${DEFAULT-VALUE}).")
    private int size = 1_000;

    @Option(names = "--help", usageHelp = true, description = "Prints this.")
    private boolean help;

    InstrumentationBenchmark(PrintStream out) {
        this.out = out;
    }

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new InstrumentationBenchmark(System.out)).execute(args));
    }

    @Override
    public Integer call() {
        try (Telemetry telemetry = new Telemetry();
                MeasuredBroker broker = MeasuredBroker.start(out, bootstrap);
                Topics topics = new Topics(broker.bootstrapServers());
                Clients<byte[]> clients = new Clients<>()) {
            clients.add(client(broker, topics, "plain", "Publisher"));
            clients.add(client(broker, topics, "meters", "Publisher, Micrometer", Telemetry.micrometer()));
            Sampler few = Sampler.parentBased(Sampler.traceIdRatioBased(SAMPLED));
            clients.add(client(broker, topics, "few", "Publisher, 1 % of spans", telemetry.spans(few)));
            clients.add(client(
                    broker,
                    topics,
                    "both-few",
                    "Publisher, Micrometer, 1 % of spans",
                    Telemetry.micrometer(),
                    telemetry.spans(few)));
            clients.add(client(broker, topics, "all", "Publisher, all spans", telemetry.spans(Sampler.alwaysOn())));
            clients.add(client(
                    broker,
                    topics,
                    "both-all",
                    "Publisher, Micrometer, all spans",
                    Telemetry.micrometer(),
                    telemetry.spans(Sampler.alwaysOn())));
            options.begin(out, ProducerSettings.inWords());
            List<Flood<byte[]>> candidates = clients.all().stream()
                    .map(client -> new Flood<>(client, false))
                    .toList();
            int records = options.smoke() ? SMOKE_RECORDS : RECORDS;
            String title = String.format(Locale.ROOT, "%,d B, %,d records a turn", size, records);
            options.table(out, title, candidates, topics, Values.ofSize(size), records);
        }
        return 0;
    }

    private static KurierClient<byte[], byte[]> client(
            MeasuredBroker broker, Topics topics, String topic, String name, Instrumentation... instrumentations) {
        topics.create(List.of(topic));
        return new KurierClient<>(
                name,
                Topic.of(topic, byte[].class, byte[].class),
                ProducerSettings.forKurier(broker.bootstrapServers(), topic),
                value -> null,
                instrumentations);
    }
}
