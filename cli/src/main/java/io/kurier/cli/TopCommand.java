// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.StartException;
import io.kurier.cli.top.ClusterSource;
import io.kurier.cli.top.JmxSource;
import io.kurier.cli.top.TopException;
import io.kurier.cli.top.TopSample;
import io.kurier.cli.top.TopSource;
import io.kurier.core.internal.config.ConfigReader;
import io.kurier.core.internal.config.Problems;
import io.kurier.core.internal.config.PropertiesFile;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kurier top}: a live table of topics, from a running publisher or from a cluster. */
@Command(
        name = "top",
        description = {
            "Shows the topics that are published to, again at each interval, until Ctrl-C.",
            "With --jmx they are those of the publishers in a JVM: stored messages and their bytes per second, the time to"
                    + " the acknowledgment, messages in flight, rejected, not stored and unknown since the start, and the"
                    + " buffers of producers.",
            "With --config or --bootstrap they are those of the cluster: records and bytes per second of all"
                    + " publishers."
        })
final class TopCommand implements Callable<Integer> {
    private static final String BOOTSTRAP = "bootstrap.servers";
    private static final Duration MOST_ENDING = Duration.ofSeconds(8);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--jmx",
            paramLabel = "HOST:PORT",
            converter = BrokerAddress.Converter.class,
            description = "The JMX port of the JVM of a publisher (com.sun.management.jmxremote.port).")
    private @Nullable BrokerAddress jmx;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            converter = BrokerAddress.Converter.class,
            description = "A broker of the cluster.")
    private @Nullable BrokerAddress bootstrap;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The properties file of a publisher: its cluster, and the topics that it declares. Without"
                    + " declared topics all are shown.")
    private @Nullable Path config;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            converter = TopInterval.class,
            defaultValue = "1s",
            description = "The time between two samples, such as 500ms, 1s or 5m (default: ${DEFAULT-VALUE}).")
    private Duration interval = Duration.ofSeconds(1);

    @Option(names = "--count", paramLabel = "N", description = "End after so many tables (default: at Ctrl-C).")
    private long count = Long.MAX_VALUE;

    @Option(
            names = "--plain",
            description =
                    "Print each table below the last one on standard output, which is done too where standard error"
                            + " is no terminal.")
    private boolean plain;

    @Option(names = "--json", description = "Print one JSON object a line on standard output instead.")
    private boolean json;

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        if (count < 1) {
            throw new ParameterException(command, "--count " + count + ": it is at least 1");
        }
        if ((jmx == null) == (config == null && bootstrap == null)) {
            throw new ParameterException(
                    command,
                    "either a JVM by --jmx HOST:PORT, or a cluster by --config FILE or --bootstrap HOST:PORT is needed");
        }
        Shutdown.awaitCleanEnd(MOST_ENDING);
        try (TopSource source = source()) {
            run(source, output(command));
            StandardOutput.failIfNotWritten(command.getOut());
        } catch (TopException e) {
            throw new CommandFailure(
                    e.isOfStart() ? ExitCode.USAGE : ExitCode.DIFFERS, String.valueOf(e.getMessage()), e);
        } catch (StartException e) {
            if (!Thread.interrupted()) {
                throw e;
            }
        } catch (InterruptedException e) {
            return 0; // Ctrl-C is how it is meant to end
        }
        return 0;
    }

    private TopSource source() throws InterruptedException {
        if (jmx != null) {
            return JmxSource.connect(jmx.host(), jmx.port());
        }
        PublisherConfig publisher = publisher();
        if (bootstrap != null) {
            bootstrap.probe();
        }
        return ClusterSource.connect(publisher);
    }

    private PublisherConfig publisher() {
        List<Setting> settings = new ArrayList<>(config == null ? List.of() : PropertiesFile.read(config));
        if (bootstrap != null) {
            settings.removeIf(setting -> setting.key().equals(BOOTSTRAP));
            settings.add(new Setting(BOOTSTRAP, bootstrap.toString(), "--bootstrap"));
        }
        Problems problems = new Problems();
        PublisherConfig read = ConfigReader.read(settings, List.of(), problems);
        problems.throwIfAny();
        return read;
    }

    private TopOutput output(CommandLine command) {
        if (json) {
            return TopOutput.json(command.getOut());
        }
        return plain || !Progress.isOnTerminal() ? TopOutput.plain(command.getOut()) : TopOutput.live(command.getErr());
    }

    private void run(TopSource source, TopOutput output) throws InterruptedException {
        TopSample earlier = source.read();
        for (long shown = 0; shown < count; shown++) {
            TimeUnit.NANOSECONDS.sleep(interval.toNanos());
            TopSample later = source.read();
            output.show(Instant.now(), earlier, later);
            earlier = later;
        }
    }
}
