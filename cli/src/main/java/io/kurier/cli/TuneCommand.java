// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.Printable;
import io.kurier.StartException;
import io.kurier.cli.cluster.ClusterKeys;
import io.kurier.cli.tune.Sample;
import io.kurier.cli.tune.TemporaryTopic;
import io.kurier.cli.tune.TuneException;
import io.kurier.cli.tune.TuneOptions;
import io.kurier.cli.tune.TuneResult;
import io.kurier.cli.tune.Tuner;
import io.kurier.cli.tune.Variant;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kurier tune}: measures which profile and compression suit a sample on a cluster. */
@Command(
        name = "tune",
        description = "Publishes a sample to a temporary topic with each profile and compression in turns, and"
                + " recommends one by what it has measured. The topic is deleted at the end.")
final class TuneCommand implements Callable<Integer> {
    private static final Set<String> COMPRESSIONS = Set.of("none", "gzip", "snappy", "lz4", "zstd");
    private static final double LEAST_SECONDS = 0.01;
    private static final double MOST_SECONDS = 60;
    private static final int MOST_ROUNDS = 100;
    private static final long MEGA = 1_000_000;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            converter = BrokerAddress.Converter.class,
            description = "A broker of the cluster.")
    private @Nullable BrokerAddress bootstrap;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Take the keys of the connection from this properties file (bootstrap.servers, security, sasl,"
                            + " ssl), and plugin.path, config.providers and keys of serializers.")
    private @Nullable Path config;

    @Option(
            names = "--topic",
            paramLabel = "T",
            description = "Make the temporary topic like this one: its partitions, replication factor,"
                    + " min.insync.replicas and max.message.bytes. Without it: six partitions.")
    private @Nullable String topic;

    @Option(
            names = "--sample",
            paramLabel = "FILE",
            required = true,
            description = "The records: each line is one for text and json, the whole file for bytes and media.")
    private Path file = Path.of("");

    @Option(
            names = "--serializer",
            paramLabel = "NAME",
            description = "text, json, bytes or media (default: by the file's extension).")
    private @Nullable String serializer;

    @Option(
            names = "--compression",
            paramLabel = "TYPE",
            split = ",",
            defaultValue = "none,lz4,zstd",
            description = "The compressions to try: none, gzip, snappy, lz4, zstd (default: ${DEFAULT-VALUE}).")
    private List<String> compressions = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "0.5",
            description = "How long a turn publishes as fast as it can, and as long at a steady rate (default:"
                    + " ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Turns of each, after one that is not counted (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--mb",
            paramLabel = "N",
            defaultValue = "50",
            description = "The most megabytes that a turn publishes (default: ${DEFAULT-VALUE}).")
    private int megabytes;

    @Option(names = "--seed", paramLabel = "N", description = "Repeats the order of the turns of an earlier run.")
    private long seed = System.nanoTime() % MEGA;

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        checkOptions();
        try {
            Sample sample = Sample.read(file, serializer);
            ClusterKeys cluster = ClusterKeys.of(config, bootstrap == null ? null : bootstrap.toString());
            if (bootstrap != null) {
                bootstrap.probe();
            }
            return tune(sample, cluster);
        } catch (TuneException e) {
            throw new CommandFailure(
                    e.isOfInput() ? ExitCode.USAGE : ExitCode.DIFFERS, String.valueOf(e.getMessage()), e);
        }
    }

    private int tune(Sample sample, ClusterKeys cluster) throws InterruptedException {
        TuneOptions options = new TuneOptions(
                Variant.of(List.copyOf(compressions)),
                rounds,
                Duration.ofNanos(Math.round(seconds * 1e9)),
                megabytes * MEGA,
                seed);
        TemporaryTopic temporary = TemporaryTopic.like(
                topic, cluster, sample, complaint -> err().println("kurier: " + Printable.of(complaint)));
        try (temporary) {
            announce(temporary, sample, options);
            create(temporary);
            TuneResult result = new Tuner(temporary, sample, options, this::showRound).run();
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            TuneOutput output = new TuneOutput(result, temporary, sample, options);
            if (json) {
                out.println(output.json());
            } else {
                output.print(out);
            }
        }
        return temporary.isLeft() ? ExitCode.DIFFERS : 0;
    }

    private void create(TemporaryTopic temporary) {
        try {
            temporary.create();
        } catch (StartException e) {
            throw new StartException(
                    e.problems().stream()
                            .map(problem -> problem.contains(temporary.name())
                                    ? problem + " tune needs the rights to create, write and delete such a topic."
                                    : problem)
                            .toList(),
                    e);
        }
    }

    /** Says what will be done, before it is done. */
    private void announce(TemporaryTopic temporary, Sample sample, TuneOptions options) {
        String settings = temporary.declared().entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(" "));
        err().println("creating the topic " + temporary.name() + " (" + Printable.of(settings)
                + "), which is deleted at the end");
        err().println("publishing " + sample.file() + " as " + sample.serializer() + " ("
                + Sizes.count(sample.values().size()) + (sample.values().size() == 1 ? " record, " : " records, ")
                + Sizes.of(sample.bytes()) + ") with "
                + options.variants().size() + " combinations of profile and compression, for some "
                + Sizes.of(options.total()) + " and the starts of "
                + Sizes.count(options.turns()) + " publishers, at most " + Sizes.of(options.totalBytes())
                + " before compression and replication; Ctrl-C ends it");
    }

    private void showRound(int round) {
        err().println(round == 0 ? "warming up" : "round " + round + " of " + rounds);
    }

    private void checkOptions() {
        Map<String, Boolean> problems = Map.of(
                "--seconds " + seconds + ": it is from 0.01 to 60",
                !(seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS),
                "--rounds " + rounds + ": it is from 1 to " + MOST_ROUNDS,
                rounds < 1 || rounds > MOST_ROUNDS,
                "--mb " + megabytes + ": it is at least 1",
                megabytes < 1,
                "--compression " + Printable.of(String.join(",", compressions)) + ": each is one of "
                        + String.join(", ", new TreeSet<>(COMPRESSIONS)),
                compressions.isEmpty() || !COMPRESSIONS.containsAll(compressions));
        problems.forEach((problem, isThere) -> {
            if (isThere) {
                throw new ParameterException(Objects.requireNonNull(spec).commandLine(), problem);
            }
        });
    }

    private PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }
}
