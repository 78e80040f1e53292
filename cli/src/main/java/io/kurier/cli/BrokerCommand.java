// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.Printable;
import io.kurier.broker.LocalBroker;
import io.kurier.core.internal.start.KafkaVersion;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kurier broker}: a Kafka broker on this machine until Ctrl-C. */
@Command(name = "broker", description = "Runs a Kafka broker on 127.0.0.1 until Ctrl-C.")
final class BrokerCommand implements Callable<Integer> {
    private static final int HIGHEST_PORT = 65_535;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "9092",
            description = "The port to listen on; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where to keep the data; without it they are deleted at the end.")
    private @Nullable Path directory;

    @Option(
            names = "--auto-create",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Create a topic when a client first names it, with one partition (default: ${DEFAULT-VALUE}).")
    private boolean autoCreate;

    @Override
    public Integer call() throws InterruptedException {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        if (port < 0 || port > HIGHEST_PORT) {
            throw new ParameterException(command, "--port " + port + ": a port is from 0 to " + HIGHEST_PORT);
        }
        if (directory != null) {
            return run(command, directory, "");
        }
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            return run(command, folder.resolve("broker"), " (deleted at the end)");
        }
    }

    private int run(CommandLine command, Path folder, String afterwards) throws InterruptedException {
        try (LocalBroker broker = LocalBrokers.start(LocalBroker.builder()
                .port(port)
                .directory(folder)
                .property("auto.create.topics.enable", Boolean.toString(autoCreate)))) {
            command.getOut()
                    .println("Kafka " + KafkaVersion.found() + " at " + broker.bootstrapServers() + ", data in "
                            + Printable.of(broker.directory().toString()) + afterwards + "; Ctrl-C ends it");
            if (autoCreate) {
                command.getOut().println("A topic is created when a client first names it; --no-auto-create ends that");
            }
            new CountDownLatch(1).await(); // Ctrl-C interrupts it, see Shutdown
        }
        return 0;
    }
}
