// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.StartException;
import io.kurier.broker.LocalBroker;
import io.kurier.cli.demo.Demo;
import io.kurier.cli.demo.DemoData;
import io.kurier.cli.demo.DemoFailedException;
import io.kurier.cli.demo.DemoInput;
import io.kurier.cli.demo.DemoResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kurier demo}: publishes files, reads every record back and compares. */
@Command(
        name = "demo",
        description = "Publishes files to topics, reads every record back, and compares each with what was sent.")
final class DemoCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            converter = BrokerAddress.Converter.class,
            description = "A broker to use; without it one is started in this process.")
    private @Nullable BrokerAddress bootstrap;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description =
                    "A folder to publish, with the folders in it. Text: txt, log and csv files. JSON: json, jsonl and"
                            + " ndjson. Avro: avro. Protobuf: pb, with a desc file of the same name. Media: every other file."
                            + " Without it the demo publishes data that comes with Kurier.")
    private @Nullable Path from;

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (from != null) {
            checkFolder(from);
        }
        if (bootstrap != null) {
            bootstrap.probe();
        }
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            DemoInput input = DemoInput.of(from == null ? DemoData.unpack(folder.resolve("data")) : from);
            return bootstrap == null
                    ? demonstrateHere(input, folder.resolve("broker"))
                    : demonstrateAt(bootstrap, input);
        }
    }

    private static void checkFolder(Path folder) {
        String problem = null;
        if (folder.toString().isEmpty()) {
            problem = "the name is empty";
        } else if (!Files.exists(folder)) {
            problem = "there is no such folder";
        } else if (!Files.isDirectory(folder)) {
            problem = "it is no folder; name the one that holds the file";
        } else if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            problem = "this user may not read it";
        }
        if (problem != null) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--from" + (folder.toString().isEmpty() ? "" : " " + folder) + ": " + problem,
                    null);
        }
    }

    private int demonstrateHere(DemoInput input, Path data) throws InterruptedException {
        err().println("starting a Kafka broker in this process");
        try (LocalBroker broker = LocalBrokers.start(LocalBroker.builder().directory(data))) {
            return demonstrate(input, broker.bootstrapServers());
        }
    }

    private int demonstrateAt(BrokerAddress address, DemoInput input) throws InterruptedException {
        try {
            return demonstrate(input, address.toString());
        } catch (StartException e) {
            throw address.failure(
                    e.getCause() instanceof TimeoutException
                            ? List.of("something listens there, and it does not answer as a Kafka broker does")
                            : e.problems(),
                    e);
        }
    }

    private int demonstrate(DemoInput input, String address) throws InterruptedException {
        if (input.isEmpty()) {
            err().println("kurier: there is no file to publish in " + input.folder());
        }
        DemoResult result;
        try (ProgressBars progress = new ProgressBars(input.bytes())) {
            result = new Demo(address, input, progress).run();
        } catch (DemoFailedException e) {
            throw new CommandFailure(ExitCode.DIFFERS, String.valueOf(e.getMessage()), e);
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        DemoOutput output = new DemoOutput(result);
        if (json) {
            out.println(output.json());
        } else {
            output.table(out);
        }
        output.complaints(err());
        return result.ok() ? 0 : ExitCode.DIFFERS;
    }

    private PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }
}
