// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.Printable;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.cli.run.ConnectorConfig;
import io.kurier.core.config.ResolvedKey;
import io.kurier.core.internal.config.DeclaredTopic;
import io.kurier.core.internal.config.PropertiesFile;
import io.kurier.core.internal.config.ResolvedKeys;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.internal.plugins.BoundPlugins;
import io.kurier.core.internal.plugins.ResolvedTopics;
import io.kurier.core.internal.start.Plan;
import io.kurier.plugins.host.internal.properties.ConnectorFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kurier check}: the problems of a configuration, or its effective values. */
@Command(
        name = "check",
        description = {
            "Checks a configuration without contacting a broker: prints all that is wrong with it, or every key with its"
                    + " value and where that comes from, secrets hidden.",
            "A file with connector.class is one of a connector. It is checked as kurier run does, together with the other"
                    + " files if there are any."
        })
final class CheckCommand implements Callable<Integer> {
    private static final String UNDECLARED = "no topic with that alias is declared";

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "The properties file; each further one replaces keys of those before it, as override does."
                    + " Files of connectors may be among them.")
    private List<Path> files = List.of();

    @Option(
            names = "--topics",
            paramLabel = "ALIAS",
            split = ",",
            description = "Aliases of topics that only the application's code declares; they cannot be known from the"
                    + " file.")
    private List<String> topics = List.of();

    @Option(names = "--json", description = "Print one JSON object instead.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        Checked checked;
        try {
            List<Path> ofConnectors =
                    files.stream().filter(CheckCommand::isOfConnector).toList();
            checked = ofConnectors.isEmpty() ? publisher() : with(ofConnectors);
        } catch (StartException e) {
            if (json) {
                command.getOut().println(json(false, Map.of("problems", e.problems())));
            } else {
                command.getErr().println("kurier: " + Printable.lines(String.valueOf(e.getMessage())));
                if (topics.isEmpty() && e.problems().stream().anyMatch(problem -> problem.contains(UNDECLARED))) {
                    command.getErr().println("kurier: a topic that only code declares can be named with --topics");
                }
            }
            return ExitCode.USAGE;
        }
        if (json) {
            Map<String, List<?>> content = new LinkedHashMap<>();
            content.put("keys", checked.keys());
            content.put("warnings", checked.warnings());
            command.getOut().println(json(true, content));
        } else {
            new CheckOutput(command.getOut()).print(checked.keys());
            if (!checked.warnings().isEmpty()) {
                command.getOut().println();
                checked.warnings().forEach(warning -> command.getOut().println("# warning: " + warning));
            }
            if (topics.isEmpty()) {
                command.getOut().println();
                command.getOut().println("# a topic that only code declares is not here; name it with --topics");
            }
        }
        return 0;
    }

    /** A file that cannot be read is reported as one of the publisher. */
    private static boolean isOfConnector(Path file) {
        try {
            return ConnectorFiles.areOfConnector(PropertiesFile.read(file));
        } catch (StartException e) {
            return false;
        }
    }

    /** The keys of a configuration without problems, and what a start warns of. */
    private record Checked(List<ResolvedKey> keys, List<String> warnings) {}

    private Checked publisher() {
        try (Plan plan = Plan.of(settings(files), declared(), BoundPlugins.NONE)) {
            List<ResolvedKey> keys = new ArrayList<>(ResolvedKeys.of(plan.config()));
            keys.addAll(ResolvedTopics.of(plan.config(), plan.plugins()));
            return new Checked(keys, plan.config().securityWarnings());
        }
    }

    private List<DeclaredTopic> declared() {
        return topics.stream()
                .map(alias -> DeclaredTopic.inCode(Topic.of(alias, Object.class, Object.class)))
                .toList();
    }

    /** Returns the settings of files, of which each replaces keys of those before it. */
    private static List<Setting> settings(List<Path> files) {
        List<Setting> settings = new ArrayList<>();
        for (Path file : files) {
            List<Setting> read = PropertiesFile.read(file);
            Set<String> replaced = read.stream().map(Setting::key).collect(Collectors.toSet());
            settings.removeIf(setting -> replaced.contains(setting.key()));
            settings.addAll(read);
        }
        return settings;
    }

    /** Checks connectors together with the publisher's files, or with any cluster if there are none. */
    private Checked with(List<Path> ofConnectors) {
        List<Setting> settings = settings(
                files.stream().filter(file -> !ofConnectors.contains(file)).toList());
        boolean alone = ofConnectors.size() == files.size();
        if (alone) {
            settings.add(new Setting("bootstrap.servers", "127.0.0.1:9092", "kurier check"));
        }
        ConnectorConfig.Checked checked =
                ConnectorConfig.check(ConnectorFiles.read(ofConnectors), settings, declared());
        try (Plan plan = checked.plan()) {
            List<ResolvedKey> keys = new ArrayList<>(checked.connectorKeys());
            if (!alone) {
                keys.addAll(ResolvedKeys.of(plan.config()));
            }
            keys.addAll(ResolvedTopics.of(plan.config(), plan.plugins()));
            return new Checked(keys, plan.config().securityWarnings());
        }
    }

    private static String json(boolean ok, Map<String, List<?>> content) throws JsonProcessingException {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("ok", ok);
        root.putAll(content);
        return new ObjectMapper().writeValueAsString(root);
    }
}
