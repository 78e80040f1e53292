// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.Printable;
import io.kurier.cli.cluster.ClusterKeys;
import io.kurier.cli.cluster.FramingKeys;
import io.kurier.cli.cluster.NamedSerializer;
import io.kurier.cli.cluster.TopicOptions;
import io.kurier.cli.read.ReadException;
import io.kurier.cli.read.RecordOpener;
import io.kurier.cli.read.RecordPrinter;
import io.kurier.cli.read.StartPosition;
import io.kurier.cli.read.TopicReader;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.topics.ClusterTopics;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code kurier read}: the records of a topic. */
@Command(
        name = "read",
        description = {
            "Prints the committed records of a topic, a line for each.",
            "The columns are partition, offset, timestamp, headers, key and decoded value, with tabs between them. Bytes"
                    + " that are not text in UTF-8 are base64:..., and characters that a terminal obeys are escapes."
                    + " Reading ends at the end that the topic had at the start. No consumer group is used."
        })
final class ReadCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--topic", paramLabel = "T", required = true, description = "The topic to read.")
    private String topic = "";

    @Option(
            names = "--from",
            paramLabel = "POSITION",
            converter = PositionConverter.class,
            description = "Where to begin: earliest (the default), latest, an offset, or a time, which is the first"
                    + " record of that timestamp or later: ISO-8601, or milliseconds since the epoch, a number of 13"
                    + " digits or more. offset:N is an offset of any length.")
    private StartPosition from = StartPosition.EARLIEST;

    @Option(names = "--partition", paramLabel = "P", description = "Read this partition only.")
    private @Nullable Integer partition;

    @Option(
            names = "--serializer",
            paramLabel = "NAME",
            defaultValue = "bytes",
            description = "The serializer that wrote the values: text, bytes, json, avro, protobuf, media, or any that"
                    + " kurier doctor lists (default: ${DEFAULT-VALUE}). Of media, name, size, type and SHA-256 of each"
                    + " blob are printed, and no content.")
    private String serializer = "";

    @Mixin
    private SerializerOptions keys = new SerializerOptions();

    @Mixin
    private OpenOptions open = new OpenOptions();

    @Option(
            names = "--max",
            paramLabel = "N",
            description = "End after N records; a blob is one, whatever the number of its chunks.")
    private @Nullable Long most;

    @Option(names = "--follow", description = "Read on at the end, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = "--json",
            description = "Print a JSON object for each record instead: topic, partition, offset, timestamp, key,"
                    + " value, headers. kurier publish --records reads them. Bytes that are not text are {\"base64\":"
                    + " \"...\"}; a value that cannot be decoded has the reason as error.")
    private boolean json;

    static final class PositionConverter implements ITypeConverter<StartPosition> {
        @Override
        public StartPosition convert(String text) {
            try {
                return StartPosition.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + Printable.brief(text) + "': " + e.getMessage());
            }
        }
    }

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        long limit = most == null ? Long.MAX_VALUE : most;
        if (limit < 1) {
            throw new ParameterException(command, "--max " + limit + ": it is at least 1");
        }
        TopicOptions given = new TopicOptions(topic, serializer, keys.keys(command));
        ClusterKeys clusterKeys = cluster.keys();
        TopicOptions options = FramingKeys.placed(clusterKeys, given, "detect");
        try (RecordOpener opener = open.opener(command);
                NamedSerializer named = NamedSerializer.of(clusterKeys, options);
                Deserializer<?> deserializer = named.deserializer()) {
            List<Integer> partitions = partitions(named.config());
            RecordPrinter printer = new RecordPrinter(opener, deserializer, json, limit, command.getOut(), this::note);
            try (TopicReader reader = new TopicReader(named.config(), topic)) {
                reader.read(partitions, from, follow, printer);
            } finally {
                command.getOut().flush();
            }
            StandardOutput.failIfNotWritten(command.getOut());
            printer.noteUnfinished();
            return printer.undecoded() == 0 ? 0 : ExitCode.DIFFERS;
        } catch (ReadException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private List<Integer> partitions(PublisherConfig config) {
        List<Integer> all = ClusterTopics.partitions(config, topic);
        if (partition == null) {
            return all;
        }
        if (!all.contains(partition)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--partition " + partition + ": the topic " + topic + " has the partitions 0 to "
                            + (all.size() - 1),
                    null);
        }
        return List.of(partition);
    }

    private void note(String sentence) {
        Objects.requireNonNull(spec).commandLine().getErr().println("kurier: " + Printable.of(sentence));
    }
}
