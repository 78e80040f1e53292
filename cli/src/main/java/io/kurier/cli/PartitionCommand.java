// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.cli.partition.Comparison;
import io.kurier.cli.partition.Histogram;
import io.kurier.cli.partition.HotKeys;
import io.kurier.cli.partition.KeyException;
import io.kurier.cli.partition.KeyLines;
import io.kurier.cli.partition.NamedPartitioner;
import io.kurier.cli.partition.NamedPartitioners;
import io.kurier.cli.partition.NamedPartitioners.Choice;
import io.kurier.cli.partition.Placement;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kurier partition}: which keys go to which partitions. */
@Command(
        name = "partition",
        description = {
            "Prints the partition of each key of standard input, or how evenly keys are spread, or how many move.",
            "A line of the input is a key, in UTF-8; an empty line is the empty key. A line of the output is a partition,"
                    + " a tab and the key as it was read. Keys that the partitioner leaves to Kafka go where Kafka's"
                    + " producer sends them. No cluster is contacted. With --stats and --compare every line counts, also"
                    + " one that has come before."
        })
final class PartitionCommand implements Callable<Integer> {
    private static final int MOST_PARTITIONS = 1_000_000;
    private static final double WHOLE = 100;

    /** How many lines are printed before it is checked that the reader of the pipe is still there. */
    private static final int LINES_UNCHECKED = 4_096;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--partitioner",
            paramLabel = "NAME",
            defaultValue = "murmur2",
            description =
                    "The partitioner: any that kurier doctor lists (default: ${DEFAULT-VALUE}, which is Kafka's).")
    private String partitioner = "";

    @Option(
            names = "--partitions",
            paramLabel = "N",
            required = true,
            description = "The number of partitions of the topic.")
    private int partitions;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Set a key of the partitioner, or of whichever of the two has it; kurier keys lists them. May"
                    + " be repeated.")
    private List<String> set = new ArrayList<>();

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            defaultValue = "topic",
            description = "What the topic of the records is called, for a partitioner that looks at it (default:"
                    + " ${DEFAULT-VALUE}).")
    private String topic = "";

    @Option(
            names = "--stats",
            description = "Print a histogram instead, the largest share, a chi-square test against an even spread, and"
                    + " the hot keys. A hot key is not shown; its name is 16 hexadecimal digits, the first 8 bytes of"
                    + " the SHA-256 of its bytes.")
    private boolean stats;

    @Option(
            names = "--hot-share",
            paramLabel = "PERCENT",
            description = "A key is hot that is more than so many percent of all lines (default: 5).")
    private @Nullable Double hotShare;

    @Option(
            names = "--compare",
            paramLabel = "NAME",
            description = "Print instead how many keys move if this partitioner takes the place of --partitioner.")
    private @Nullable String compare;

    @Option(
            names = "--to-partitions",
            paramLabel = "M",
            description = "Print instead how many keys move if the topic gets M partitions; with --compare, if the"
                    + " partitioner changes too.")
    private @Nullable Integer toPartitions;

    @Option(names = "--json", description = "Print one JSON object instead; for --stats, --compare, --to-partitions.")
    private boolean json;

    @Mixin
    private PluginFolders folders = new PluginFolders();

    /** What happens with each key. */
    private interface Step {
        /** Takes a key; returns whether it wants another one. */
        boolean take(KeyLines.Key key, long number) throws KeyException;
    }

    @Override
    public Integer call() throws IOException {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        boolean compares = compare != null || toPartitions != null;
        check(command, compares);
        List<Choice> choices = new ArrayList<>(List.of(new Choice(partitioner, "--partitioner")));
        if (compares) {
            choices.add(compare == null ? choices.get(0) : new Choice(compare, "--compare"));
        }
        try (NamedPartitioners named = NamedPartitioners.of(
                folders.path(), topic, choices, SerializerOptions.assigned(set, "null.key=hash", command))) {
            List<NamedPartitioner> all = named.all();
            Placement placement = new Placement(all.get(0), partitions);
            PrintWriter out = command.getOut();
            if (compares) {
                compare(placement, new Placement(all.get(1), toPartitions == null ? partitions : toPartitions), out);
            } else if (stats) {
                count(placement, out);
            } else {
                print(placement, out);
            }
            out.flush();
            StandardOutput.failIfNotWritten(out);
            return 0;
        }
    }

    private void check(CommandLine command, boolean compares) {
        checkCount(command, "--partitions", partitions);
        if (toPartitions != null) {
            checkCount(command, "--to-partitions", toPartitions);
            if (compare == null && toPartitions == partitions) {
                throw new ParameterException(
                        command,
                        "--to-partitions " + toPartitions + ": --partitions is the same, so no key can move; name"
                                + " another number, or another partitioner by --compare");
            }
        }
        if (stats && compares) {
            throw new ParameterException(
                    command,
                    "--stats: it is not printed together with --compare or --to-partitions; run the command once for"
                            + " each");
        }
        if (hotShare != null && !stats) {
            throw new ParameterException(command, "--hot-share: it belongs to --stats");
        }
        if (hotShare != null && !(hotShare >= HotKeys.SMALLEST_SHARE * WHOLE && hotShare < WHOLE)) {
            throw new ParameterException(
                    command,
                    "--hot-share " + hotShare + ": it is from " + Math.round(HotKeys.SMALLEST_SHARE * WHOLE)
                            + " to less than 100");
        }
        if (json && !stats && !compares) {
            throw new ParameterException(command, "--json: it belongs to --stats, --compare or --to-partitions");
        }
    }

    private static void checkCount(CommandLine command, String option, int count) {
        if (count < 1 || count > MOST_PARTITIONS) {
            throw new ParameterException(
                    command, option + " " + count + ": it is from 1 to " + Sizes.count(MOST_PARTITIONS));
        }
    }

    private void print(Placement placement, PrintWriter out) throws IOException {
        try {
            each(
                    (key, number) -> {
                        out.write(placement.partition(key) + "\t" + key.text() + "\n");
                        return number % LINES_UNCHECKED != 0 || !out.checkError(); // which flushes
                    },
                    out);
        } finally {
            out.flush();
        }
    }

    private void count(Placement placement, PrintWriter out) throws IOException {
        Histogram histogram = new Histogram(partitions);
        HotKeys hot = new HotKeys();
        each(
                (key, number) -> {
                    histogram.add(placement.partition(key));
                    hot.add(key.bytes());
                    return true;
                },
                out);
        double share = hotShare == null ? HotKeys.USUAL_SHARE : hotShare / WHOLE;
        HistogramOutput output = new HistogramOutput(placement, histogram, hot, share);
        if (json) {
            out.println(output.json());
        } else {
            output.print(out);
        }
    }

    private void compare(Placement from, Placement to, PrintWriter out) throws IOException {
        Comparison comparison = new Comparison(from.partitions(), to.partitions());
        each(
                (key, number) -> {
                    comparison.add(from.partition(key), to.partition(key));
                    return true;
                },
                out);
        ComparisonOutput output = new ComparisonOutput(from, to, comparison);
        if (json) {
            out.println(output.json());
        } else {
            output.print(out);
        }
    }

    /** Reads the keys; what was printed is flushed before it waits for more, and that shows whether the pipe is still read. */
    private static void each(Step step, PrintWriter out) throws IOException {
        AtomicBoolean unread = new AtomicBoolean();
        try (KeyLines keys = new KeyLines(System.in, () -> unread.compareAndSet(false, out.checkError()))) {
            try {
                KeyLines.Key key = keys.next();
                while (key != null && !unread.get() && step.take(key, keys.number())) {
                    key = keys.next();
                }
            } catch (KeyException e) {
                throw new CommandFailure(
                        ExitCode.DIFFERS, "standard input, line " + keys.number() + ": " + e.getMessage(), e);
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                throw new CommandFailure(ExitCode.DIFFERS, "standard input cannot be read: " + e, e);
            }
        }
    }
}
