// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.broker.LocalBroker;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.utils.AppInfoParser;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kurier broker}: a Kafka broker on this machine until Ctrl-C. */
@Command(name = "broker", description = "Runs a Kafka broker on 127.0.0.1 until Ctrl-C.")
final class BrokerCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--port", defaultValue = "9092", description = "The port to listen on (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where to keep the data; without it they are deleted at the end.")
    private @Nullable Path directory;

    @Override
    public Integer call() throws InterruptedException {
        LocalBroker.Builder builder = LocalBroker.builder().port(port);
        if (directory != null) {
            builder.directory(directory);
        }
        CountDownLatch ended = new CountDownLatch(1);
        try (LocalBroker broker = LocalBrokers.start(builder)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                broker.close();
                ended.countDown();
            }));
            PrintWriter out =
                    java.util.Objects.requireNonNull(spec).commandLine().getOut();
            out.println("Kafka " + AppInfoParser.getVersion() + " at " + broker.bootstrapServers() + ", data in "
                    + broker.directory() + (directory == null ? " (deleted at the end)" : "") + "; Ctrl-C ends it");
            ended.await();
        }
        return 0;
    }
}
