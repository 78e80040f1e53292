// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.Printable;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import io.kurier.core.KurierBuilder;
import io.kurier.core.config.ResolvedKey;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
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
        description = "Checks a configuration without contacting a broker: prints all that is wrong with it, or every"
                + " key with its value and where that comes from, secrets hidden.")
final class CheckCommand implements Callable<Integer> {
    private static final String UNDECLARED = "no topic with that alias is declared";

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "The properties file; each further one replaces keys of those before it, as override does.")
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
        Topic<?, ?>[] declared = topics.stream()
                .map(alias -> Topic.of(alias, Object.class, Object.class))
                .toArray(Topic<?, ?>[]::new);
        List<ResolvedKey> keys;
        try {
            KurierBuilder described = Kurier.builder().properties(files.get(0)).topics(declared);
            files.stream().skip(1).forEach(described::override);
            keys = described.check();
        } catch (StartException e) {
            if (json) {
                command.getOut().println(json("problems", e.problems(), false));
            } else {
                command.getErr().println("kurier: " + Printable.lines(String.valueOf(e.getMessage())));
                if (topics.isEmpty() && e.problems().stream().anyMatch(problem -> problem.contains(UNDECLARED))) {
                    command.getErr().println("kurier: a topic that only code declares can be named with --topics");
                }
            }
            return ExitCode.USAGE;
        }
        if (json) {
            command.getOut().println(json("keys", keys, true));
        } else {
            new CheckOutput(command.getOut()).print(keys);
            if (topics.isEmpty()) {
                command.getOut().println();
                command.getOut().println("# a topic that only code declares is not here; name it with --topics");
            }
        }
        return 0;
    }

    private static String json(String name, List<?> list, boolean ok) throws JsonProcessingException {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("ok", ok);
        root.put(name, list);
        return new ObjectMapper().writeValueAsString(root);
    }
}
