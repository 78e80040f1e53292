// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.broker.LocalBroker;
import io.kurier.cli.demo.Demo;
import io.kurier.cli.demo.DemoData;
import io.kurier.cli.demo.DemoInput;
import io.kurier.cli.demo.DemoResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
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
            description = "A broker to use; without it one is started in this process.")
    private @Nullable String bootstrap;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "A folder to publish; without it the demo publishes data that comes with Kurier.")
    private @Nullable Path from;

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (from != null && !Files.isReadable(from)) {
            throw new CommandFailure(
                    Main.USAGE,
                    "--from " + from + ": " + (Files.exists(from) ? "not readable" : "no such folder"),
                    null);
        }
        if (from != null) {
            return demonstrate(from);
        }
        try (DemoData data = DemoData.unpack()) {
            return demonstrate(data.folder());
        }
    }

    private int demonstrate(Path folder) throws IOException, InterruptedException {
        DemoInput input = DemoInput.of(folder);
        if (bootstrap != null) {
            return demonstrate(input, bootstrap);
        }
        err().println("starting a Kafka broker in this process");
        try (LocalBroker broker = LocalBrokers.start(LocalBroker.builder())) {
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close)); // for Ctrl-C; a second close does nothing
            return demonstrate(input, broker.bootstrapServers());
        }
    }

    private int demonstrate(DemoInput input, String address) throws InterruptedException {
        DemoResult result;
        try (Progress progress = new Progress("publishing", input.bytes())) {
            result = new Demo(address, input, progress::add).run();
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        DemoOutput output = new DemoOutput(result);
        if (json) {
            out.println(output.json());
        } else {
            output.table(out);
        }
        output.complaints(err());
        return result.ok() ? 0 : Main.DIFFERS;
    }

    private PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }
}
