// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.Printable;
import io.kurier.cli.plan.CapacityPlan;
import io.kurier.cli.plan.Load;
import io.kurier.cli.plan.PlanException;
import io.kurier.cli.plan.Quantity;
import io.kurier.cli.tune.Sample;
import io.kurier.cli.tune.TuneException;
import io.kurier.core.internal.config.Profile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kurier plan}: what a rate needs, by a model and without a cluster. */
@Command(
        name = "plan",
        description = {
            "Calculates what a rate of records needs: bytes on the wire and on disk, requests, partitions, memory.",
            "No cluster is contacted. Each line has its formula, and says where it is an estimate; docs/capacity.md"
                    + " derives them."
        })
final class PlanCommand implements Callable<Integer> {
    private static final int MOST_PARTITIONS = 1_000_000;
    private static final int MOST_BROKERS = 10_000;
    private static final int MOST_PUBLISHERS = 1_000_000_000;
    private static final int MOST_VALUE_BYTES = 1_000_000_000;
    private static final int MOST_KEY_BYTES = 1_000_000;
    private static final int MOST_REPLICAS = 100;
    private static final int SMALLEST_SEGMENT = 14;
    private static final String AUTO = "auto";
    private static final String NONE = "none";
    private static final String EVEN = "even";
    private static final String RANDOM = "random";

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--rate",
            paramLabel = "RATE",
            required = true,
            description = "What all publishers publish together: 5000/s, 90/min, 100000/h, 1000000/d.")
    private String rate = "";

    @Option(
            names = "--records",
            paramLabel = "N",
            description = "Plan the disk for so many, instead of for the retention.")
    private @Nullable Long records;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            description = "The size of a value: 100B, 1KB (1000 bytes), 1KiB (1024). Compression is not assumed.")
    private @Nullable String size;

    @Option(
            names = "--sample",
            paramLabel = "FILE",
            description = "Real values, instead of --size: each line is one for text and json, the whole file for bytes"
                    + " and media. Compression is measured on them.")
    private @Nullable Path sample;

    @Option(
            names = "--serializer",
            paramLabel = "NAME",
            description = "text, json, bytes or media, for --sample (default: by the file's extension).")
    private @Nullable String serializer;

    @Option(
            names = "--keys",
            paramLabel = "BYTES|none",
            defaultValue = NONE,
            description = "The size of the keys, each another one; none lets the producer fill one partition's batch"
                    + " after the other (default: ${DEFAULT-VALUE}).")
    private String keys = "";

    @Option(
            names = "--arrivals",
            paramLabel = "even|random",
            defaultValue = EVEN,
            description =
                    "When the records of a publisher come: even, at the same distances, so that the fewest share a"
                            + " batch; random, as those of many sources do (default: ${DEFAULT-VALUE}).")
    private String arrivals = "";

    @Option(
            names = "--publishers",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many publishers share the rate evenly (default: ${DEFAULT-VALUE}).")
    private int publishers;

    @Option(
            names = "--partitions",
            paramLabel = "N|auto",
            defaultValue = AUTO,
            description = "The partitions of the topic; auto: as many as the rate needs by --partition-rate (default:"
                    + " ${DEFAULT-VALUE}).")
    private String partitions = "";

    @Option(
            names = "--partition-rate",
            paramLabel = "SIZE",
            defaultValue = "10MB",
            description = "The bytes a second meant for one partition, for auto (default: ${DEFAULT-VALUE}).")
    private String partitionRate = "";

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "3",
            description = "The replication factor (default: ${DEFAULT-VALUE}).")
    private int replicas;

    @Option(
            names = "--brokers",
            paramLabel = "N",
            description = "The brokers that have the partitions (default: as many as --replicas).")
    private @Nullable Integer brokers;

    @Option(
            names = "--retention",
            paramLabel = "TIME",
            defaultValue = "7d",
            description = "How long records are kept: 90min, 12h, 7d (default: ${DEFAULT-VALUE}).")
    private String retention = "";

    @Option(
            names = "--segment",
            paramLabel = "SIZE",
            defaultValue = "1GiB",
            description = "The topic's segment.bytes (default: ${DEFAULT-VALUE}).")
    private String segment = "";

    @Option(
            names = "--round-trip",
            paramLabel = "TIME",
            defaultValue = "2ms",
            description = "From a request to its response, with the acknowledgments of the replicas (default:"
                    + " ${DEFAULT-VALUE}).")
    private String roundTrip = "";

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = "balanced",
            description = "latency, balanced, throughput or durable (default: ${DEFAULT-VALUE}).")
    private String profile = "";

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Set a key as in kurier.properties, such as producer.linger.ms=20. May be repeated.")
    private List<String> set = new ArrayList<>();

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    @Override
    public Integer call() {
        CapacityPlan plan;
        try {
            plan = plan();
        } catch (TuneException | PlanException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PlanOutput output = new PlanOutput(plan);
        if (json) {
            out.println(output.json());
        } else {
            output.print(out);
            PrintWriter err = spec.commandLine().getErr();
            plan.warnings().forEach(warning -> err.println("kurier: " + warning));
        }
        return 0;
    }

    private CapacityPlan plan() {
        String valueSize = size;
        Path file = sample;
        if ((valueSize == null) == (file == null)) {
            throw wrong(
                    "either --size or --sample is needed, and not both: --size 1KB for values of that size, --sample"
                            + " FILE for real ones");
        }
        if (file == null && serializer != null) {
            throw wrong("--serializer says how --sample is read, and a --size is that of values after their serializer;"
                    + " leave it out, or give a sample");
        }
        Map<String, String> config = config();
        Load load = load();
        Integer keyBytes = keyBytes();
        if (valueSize != null) {
            long bytes = read("--size", valueSize, Quantity::bytes);
            check(bytes <= MOST_VALUE_BYTES, "--size " + valueSize + ": it is at most 1GB");
            return CapacityPlan.of(load, (int) bytes, keyBytes, config);
        }
        return CapacityPlan.of(load, Sample.read(Objects.requireNonNull(file), serializer), keyBytes, config);
    }

    private Load load() {
        int brokerCount = brokers == null ? replicas : brokers;
        check(replicas >= 1 && replicas <= MOST_REPLICAS, "--replicas " + replicas + ": it is from 1 to 100");
        check(
                brokerCount >= replicas && brokerCount <= MOST_BROKERS,
                "--brokers " + brokerCount + ": it is from " + replicas + ", the number of --replicas, to "
                        + MOST_BROKERS);
        check(
                publishers >= 1 && publishers <= MOST_PUBLISHERS,
                "--publishers " + publishers + ": it is from 1 to " + MOST_PUBLISHERS);
        check(
                arrivals.equals(EVEN) || arrivals.equals(RANDOM),
                "--arrivals " + Printable.brief(arrivals) + ": it is even or random");
        check(records == null || records >= 1, "--records " + records + ": it is at least 1");
        long partitionBytes = read("--partition-rate", partitionRate, Quantity::bytes);
        check(partitionBytes >= 1, "--partition-rate " + partitionRate + ": it is at least 1B");
        long segmentBytes = read("--segment", segment, Quantity::bytes);
        check(
                segmentBytes >= SMALLEST_SEGMENT && segmentBytes <= Integer.MAX_VALUE,
                "--segment " + segment + ": it is from 14B to 2147483647B, as segment.bytes is");
        return new Load(
                read("--rate", rate, Quantity::rate),
                records,
                publishers,
                keyBytes() != null,
                arrivals.equals(EVEN),
                partitions.equals(AUTO) ? null : partitionCount(),
                partitionBytes,
                brokerCount,
                replicas,
                read("--retention", retention, Quantity::time),
                segmentBytes,
                read("--round-trip", roundTrip, Quantity::time));
    }

    private int partitionCount() {
        String problem = "--partitions " + Printable.brief(partitions) + ": it is auto, or a number from 1 to "
                + MOST_PARTITIONS;
        int count;
        try {
            count = Integer.parseInt(partitions);
        } catch (NumberFormatException e) {
            throw wrong(problem);
        }
        check(count >= 1 && count <= MOST_PARTITIONS, problem);
        return count;
    }

    private @Nullable Integer keyBytes() {
        if (keys.equals(NONE)) {
            return null;
        }
        String problem = "--keys " + Printable.brief(keys) + ": it is none, or a size from 0B to 1MB";
        long bytes = read("--keys", keys.matches("\\d+") ? keys + "B" : keys, text -> {
            try {
                return Quantity.bytes(text);
            } catch (IllegalArgumentException e) {
                throw wrong(problem);
            }
        });
        check(bytes <= MOST_KEY_BYTES, problem);
        return (int) bytes;
    }

    private Map<String, String> config() {
        List<String> names = Stream.of(Profile.values())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
        check(
                names.contains(profile),
                "--profile " + Printable.brief(profile) + ": it is one of "
                        + names.stream().sorted().collect(Collectors.joining(", ")));
        Map<String, String> config = new LinkedHashMap<>(SerializerOptions.assigned(
                set, "producer.linger.ms=20", Objects.requireNonNull(spec).commandLine()));
        check(!config.containsKey("profile"), "--set profile: the profile is set by --profile");
        config.put("profile", profile);
        return config;
    }

    private <T> T read(String option, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw wrong(option + ": " + Printable.of(String.valueOf(e.getMessage())));
        }
    }

    private void check(boolean isRight, String problem) {
        if (!isRight) {
            throw wrong(problem);
        }
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), problem);
    }
}
