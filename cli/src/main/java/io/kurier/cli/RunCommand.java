// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.cli.run.ConnectorConfig;
import io.kurier.cli.run.ConnectorRun;
import io.kurier.cli.run.RunResult;
import io.kurier.core.internal.config.PropertiesFile;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.internal.start.Extensions;
import io.kurier.core.internal.start.KafkaConnection;
import io.kurier.plugins.host.OffsetStorageException;
import io.kurier.plugins.host.internal.properties.ConnectorFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kurier run}: runs source connectors until it is stopped. */
@Command(
        name = "run",
        description = {
            "Runs source connectors of Kafka Connect, whose properties files need no cluster, until Ctrl-C or SIGTERM.",
            "Their topics are declared by topic and topic.creation.*; the publisher has the keys of --config. At the end"
                    + " the records under way are acknowledged and the source offsets stored, and the next run"
                    + " continues there. A second Ctrl-C does not wait for that."
        })
final class RunCommand implements Callable<Integer> {
    private static final String BOOTSTRAP = "bootstrap.servers";
    private static final String APPLICATION_ID = "application.id";
    private static final String EXACTLY_ONCE = "exactly.once.support";
    private static final String MANAGEMENT = "topics.management";
    private static final String PLUGIN_PATH = "plugin.path";

    /** Between two changes of a line on a terminal. */
    private static final Duration LIVE = Duration.ofSeconds(1);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            converter = BrokerAddress.Converter.class,
            description = "A broker of the cluster. Topics that do not exist are created, unless --config has"
                    + " topics.management.")
    private @Nullable BrokerAddress bootstrap;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "The publisher's configuration. It may declare topics of connectors too, with the same values.")
    private @Nullable Path config;

    @Mixin
    private RunOffsets offsets = new RunOffsets();

    @Option(
            names = "--plugin-path",
            paramLabel = "FOLDERS",
            description = "Find plugins in these folders, instead of those of plugin.path in --config; commas separate"
                    + " them.")
    private @Nullable String pluginPath;

    @Option(names = "--drain", description = "End when all input is read and its records are stored.")
    private boolean drain;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "Print a line of each connector so often where standard error is no terminal (default:"
                    + " ${DEFAULT-VALUE}).")
    private int interval;

    @Option(names = "--json", description = "Print one JSON object a line on standard output instead.")
    private boolean json;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "The properties file of each connector.")
    private List<Path> files = List.of();

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        if (interval < 1) {
            throw new ParameterException(command, "--interval " + interval + ": it is at least 1");
        }
        offsets.check(command);
        ConnectorFiles connectors = ConnectorFiles.read(files);
        List<Setting> settings = settings(connectors);
        ConnectorConfig.Checked checked = ConnectorConfig.check(connectors, settings, List.of());
        Shutdown.awaitCleanEnd(
                ConnectorRun.MOST_STOPPING.plus(ConnectorRun.MOST_CLOSING).multipliedBy(2));
        RunView view = view(command);
        RunResult result = run(view, connectors, settings, start(checked));
        view.ended(result);
        StandardOutput.failIfNotWritten(command.getOut());
        return result.isComplete() ? 0 : ExitCode.DIFFERS;
    }

    private List<Setting> settings(ConnectorFiles connectors) {
        List<Setting> settings = new ArrayList<>();
        try {
            settings.addAll(config == null ? List.of() : PropertiesFile.read(config));
        } catch (StartException e) {
            throw withProblemsOf(connectors, e.problems());
        }
        if (bootstrap != null) {
            replace(settings, new Setting(BOOTSTRAP, bootstrap.toString(), "--bootstrap"));
            if (settings.stream().noneMatch(setting -> setting.key().equals(MANAGEMENT))) {
                settings.add(new Setting(MANAGEMENT, "create", "--bootstrap"));
            }
        } else if (config == null) {
            throw withProblemsOf(
                    connectors,
                    List.of("no cluster is named; name a broker by --bootstrap HOST:PORT, or a file with "
                            + "bootstrap.servers by --config"));
        }
        if (pluginPath != null) {
            replace(settings, new Setting(PLUGIN_PATH, pluginPath, "--plugin-path"));
        }
        boolean exactlyOnce = connectors.properties().stream()
                .anyMatch(each -> "required"
                        .equalsIgnoreCase(each.getOrDefault(EXACTLY_ONCE, "").strip()));
        if (exactlyOnce && settings.stream().noneMatch(setting -> setting.key().equals(APPLICATION_ID))) {
            settings.add(new Setting(APPLICATION_ID, "kurier-run", EXACTLY_ONCE));
        }
        return settings;
    }

    private static StartException withProblemsOf(ConnectorFiles connectors, List<String> more) {
        List<String> problems = new ArrayList<>(connectors.problems());
        problems.addAll(more);
        return new StartException(problems, null);
    }

    private static void replace(List<Setting> settings, Setting by) {
        settings.removeIf(setting -> setting.key().equals(by.key()));
        settings.add(by);
    }

    private Publisher start(ConnectorConfig.Checked checked) {
        if (bootstrap != null) {
            try {
                bootstrap.probe();
            } catch (CommandFailure e) {
                checked.plan().close();
                throw e;
            }
        }
        return checked.plan().start(new KafkaConnection(), Extensions.NONE);
    }

    private RunResult run(RunView view, ConnectorFiles connectors, List<Setting> settings, Publisher publisher) {
        boolean live = view instanceof RunLiveLines;
        ConnectorRun.Options options = new ConnectorRun.Options(
                connectors.properties(),
                ConnectorConfig.pluginPath(settings),
                drain,
                offsets.shown(),
                live ? LIVE : Duration.ofSeconds(interval));
        try {
            return new ConnectorRun(options, offsets.storage(settings), view).run(publisher);
        } catch (OffsetStorageException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private RunView view(CommandLine command) {
        if (json) {
            return new RunJson(command.getOut());
        }
        return Progress.isOnTerminal()
                ? new RunLiveLines(command.getOut(), command.getErr())
                : new RunLines(command.getOut(), command.getErr());
    }
}
