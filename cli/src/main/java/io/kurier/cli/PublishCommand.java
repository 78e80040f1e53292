// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.ArrayHeaders;
import io.kurier.Printable;
import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.cli.cluster.ClusterKeys;
import io.kurier.cli.cluster.FramingKeys;
import io.kurier.cli.cluster.NamedSerializer;
import io.kurier.cli.cluster.TopicOptions;
import io.kurier.cli.publish.Counts;
import io.kurier.cli.publish.Input;
import io.kurier.cli.publish.LineFormat;
import io.kurier.cli.publish.Publication;
import io.kurier.cli.publish.PublicationListener;
import io.kurier.cli.publish.ValueFormat;
import io.kurier.core.internal.config.DeclaredTopic;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.internal.start.Extensions;
import io.kurier.core.internal.start.KafkaConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kurier publish}: lines or files become records of a topic. */
@Command(
        name = "publish",
        description = {
            "Publishes each line of the input as a record of a topic, or each file as a blob.",
            "A line is a JSON value, which the serializer writes in its format; for text, bytes, numbers and uuid the"
                    + " value itself. With --serializer media each file is a blob, whose key is its name. A line that"
                    + " fails is named with its reason, and the rest goes on."
        })
final class PublishCommand implements Callable<Integer> {
    private static final String MEDIA = "media";
    private static final String BYTES = "bytes";
    private static final String BUFFER = "producer.buffer.memory";

    /** The part of the heap that records take which wait to be sent. */
    private static final int HEAP_PARTS = 8;

    private static final long MOST_BUFFER = 64L << 20;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--topic", paramLabel = "T", required = true, description = "The topic to publish to.")
    private String topic = "";

    @Option(
            names = "--create",
            paramLabel = "PARTITIONS",
            description = "Create the topic with so many partitions if it does not exist; without it a missing topic is"
                    + " an error.")
    private @Nullable Integer partitions;

    @Option(
            names = "--serializer",
            paramLabel = "NAME",
            description = "The serializer of the values: text, bytes, json, avro, protobuf, media, or any that kurier"
                    + " doctor lists. Required without --records, whose default is bytes.")
    private @Nullable String serializer;

    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description = "The schema of the values: the key schema of avro and json, descriptor of protobuf (with"
                    + " --set message=NAME where the file has several).")
    private @Nullable String schema;

    @Mixin
    private SerializerOptions keys = new SerializerOptions();

    @Option(
            names = "--key-field",
            paramLabel = "F",
            description = "Take the key from this field of each line's object: a text as it is, any other value as its"
                    + " JSON. The field stays in the value. A line without it fails.")
    private @Nullable String keyField;

    @Option(
            names = "--header",
            paramLabel = "KEY=VALUE",
            description = "Give each record this header, the value as text. May be repeated.")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = "--records",
            description = "Each line is the object of a record, as kurier read --json prints it: its key, value,"
                    + " headers, timestamp and partition are taken, topic and offset are not; without a partition the"
                    + " key decides. A value null is a tombstone. With the same serializer on both sides, or none,"
                    + " read and publish copy a topic.")
    private boolean records;

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "The files to publish; - or none is standard input.")
    private List<String> files = List.of();

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        TopicOptions given = options(command);
        List<Header> all = headers(command);
        List<Input> inputs = inputs();
        ClusterKeys clusterKeys = cluster.withProducer();
        TopicOptions options = FramingKeys.placed(clusterKeys, given, "confluent");
        ValueFormat values = values(command, clusterKeys, options);
        Topic<byte[], Object> declared = Topic.of(TopicOptions.ALIAS, byte[].class, Object.class);
        Publisher publisher = start(clusterKeys, options, declared);
        Counts counts;
        try (Progress progress = new Progress("publishing", bytes(inputs))) {
            Publication publication = new Publication(publisher, listener(progress, command));
            counts = options.serializer().equals(MEDIA)
                    ? publication.publishBlobs(inputs, declared, all)
                    : publication.publishLines(inputs, new LineFormat(declared, values, records, keyField, all));
            if (counts.isComplete()) {
                progress.complete();
            }
        }
        return report(command, counts);
    }

    private TopicOptions options(CommandLine command) {
        if (serializer == null && !records) {
            throw new ParameterException(
                    command, "Missing required option: '--serializer=NAME', such as --serializer=json");
        }
        String name = serializer == null ? BYTES : serializer;
        if (records && keyField != null) {
            throw new ParameterException(command, "--key-field: with --records the field key is the key");
        }
        if (records && name.equals(MEDIA)) {
            throw new ParameterException(
                    command,
                    "--records: the objects of blobs have no content; to copy a topic of blobs leave --serializer out"
                            + " on both sides");
        }
        if (partitions != null && partitions < 1) {
            throw new ParameterException(command, "--create " + partitions + ": it is at least 1");
        }
        Map<String, TopicOptions.Option> set = keys.keys(command);
        if (schema != null) {
            String key = name.equals("protobuf") ? "descriptor" : "schema";
            if (set.put(key, new TopicOptions.Option(schema, "--schema")) != null) {
                throw new ParameterException(command, "--schema: --set " + key + " sets it too");
            }
        }
        return new TopicOptions(topic, name, set);
    }

    private List<Header> headers(CommandLine command) {
        List<Header> all = new ArrayList<>();
        for (String text : headers) {
            int end = text.indexOf('=');
            if (end < 1) {
                throw new ParameterException(command, "--header: it has the form KEY=VALUE");
            }
            all.add(ArrayHeaders.header(
                    text.substring(0, end), text.substring(end + 1).getBytes(UTF_8)));
        }
        return all;
    }

    private List<Input> inputs() {
        List<Input> inputs = new ArrayList<>();
        for (String file : files.isEmpty() ? List.of("-") : files) {
            try {
                inputs.add(Input.of(file, System.in));
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
            }
        }
        return inputs;
    }

    private static long bytes(List<Input> inputs) {
        return inputs.stream().anyMatch(input -> input.bytes() < 0)
                ? -1
                : inputs.stream().mapToLong(Input::bytes).sum();
    }

    private ValueFormat values(CommandLine command, ClusterKeys clusterKeys, TopicOptions options) {
        Object declared = NamedSerializer.declaredSchema(clusterKeys, options);
        String needed = switch (options.serializer()) {
            case "avro" -> "name the schema by --schema FILE";
            case "protobuf" ->
                "name the descriptor set by --schema FILE, and the message by --set message=NAME if there are"
                        + " several";
            default -> "";
        };
        if (declared == null && !needed.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--serializer " + options.serializer() + " needs to know what the lines are: " + needed,
                    null);
        }
        ValueFormat values = ValueFormat.of(options.serializer(), declared);
        if (keyField != null && values.lines() != ValueFormat.Lines.JSON) {
            throw new ParameterException(
                    command,
                    "--key-field: a line for the serializer " + Printable.brief(options.serializer())
                            + " is not JSON and has no fields");
        }
        return values;
    }

    private Publisher start(ClusterKeys clusterKeys, TopicOptions options, Topic<byte[], Object> declared) {
        List<Setting> settings = new ArrayList<>(options.settings());
        settings.add(TopicOptions.setting("key.serializer", BYTES, "kurier publish"));
        if (partitions != null) {
            settings.add(new Setting("topics.management", "create", "--create"));
            settings.add(TopicOptions.setting("partitions", partitions.toString(), "--create"));
        }
        if (!clusterKeys.has(BUFFER)) {
            long buffer = Math.min(MOST_BUFFER, Runtime.getRuntime().maxMemory() / HEAP_PARTS);
            settings.add(new Setting(BUFFER, String.valueOf(buffer), "kurier publish"));
        }
        try {
            return clusterKeys
                    .plan(settings, DeclaredTopic.inCode(declared))
                    .start(new KafkaConnection(), Extensions.NONE);
        } catch (StartException e) {
            throw new StartException(
                    e.problems().stream()
                            .map(problem -> problem.replace("set topics.management=create", "use --create PARTITIONS"))
                            .toList(),
                    e);
        }
    }

    private static PublicationListener listener(Progress progress, CommandLine command) {
        return new PublicationListener() {
            @Override
            public void read(long bytes) {
                progress.add(bytes);
            }

            @Override
            public void failed(String place, String reason) {
                progress.println(
                        command.getErr(), "failed: " + place + ": " + Printable.of(reason.replaceAll("\\R\\s*", " ")));
            }
        };
    }

    private int report(CommandLine command, Counts counts) {
        if (counts.end() != null) {
            command.getErr().println("kurier: " + counts.end());
        }
        command.getOut()
                .println((counts.interrupted() ? "interrupted: " : "") + Sizes.count(counts.stored()) + " stored, "
                        + Sizes.count(counts.failed()) + " failed"
                        + (counts.unknown() == 0
                                ? ""
                                : ", " + Sizes.count(counts.unknown()) + " unknown, which may be stored"));
        if (counts.interrupted()) {
            return ExitCode.INTERRUPTED;
        }
        return counts.isComplete() ? 0 : ExitCode.DIFFERS;
    }
}
