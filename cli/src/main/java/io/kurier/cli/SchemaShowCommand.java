// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kurier.Printable;
import io.kurier.cli.schema.KnownSchema;
import io.kurier.cli.schema.SchemaStore;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kurier schema show}: the text of a schema. */
@Command(
        name = "show",
        description = "Prints the text of a schema, and on standard error its identity: subject, version, id, GUID,"
                + " references and rules.")
final class SchemaShowCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "SCHEMA", description = "SUBJECT, SUBJECT:VERSION, an id, a GUID or a file.")
    private String schema = "";

    @Mixin
    private SchemaOptions options = new SchemaOptions();

    @Option(names = "--json", description = "Print one JSON object instead, with the identity and the text.")
    private boolean json;

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        return options.run(command, (registry, folder) -> {
            if (registry != null && folder != null) {
                throw new ParameterException(command, "--folder: the registry is named already; keep one of the two");
            }
            return show(command, SchemaStore.find(schema, registry == null ? folder : registry));
        });
    }

    private int show(CommandLine command, KnownSchema found) {
        if (json) {
            ObjectNode object = SchemaListCommand.object(found);
            object.put("text", found.document().text());
            found.references()
                    .forEach(reference -> object.withArray("references")
                            .addObject()
                            .put("name", reference.name())
                            .put("subject", reference.subject())
                            .put("version", reference.version()));
            found.rules()
                    .forEach(rule -> object.withArray("rules")
                            .addObject()
                            .put("name", rule.name())
                            .put("kind", rule.kind())
                            .put("mode", rule.mode())
                            .put("type", rule.type())
                            .put("disabled", rule.isDisabled()));
            command.getOut().println(object);
        } else {
            command.getErr().println("kurier: " + Printable.of(identity(found)));
            command.getOut().println(Printable.lines(found.document().pretty().stripTrailing()));
        }
        return 0;
    }

    private static String identity(KnownSchema found) {
        StringBuilder text = new StringBuilder(found.document().place())
                .append(": ")
                .append(found.document().format());
        if (found.id() != 0) {
            text.append(", id ").append(found.id());
        }
        if (found.guid() != null) {
            text.append(", GUID ").append(found.guid());
        }
        if (!found.references().isEmpty()) {
            text.append(found.references().stream()
                    .map(reference ->
                            reference.name() + " (" + reference.subject() + " version " + reference.version() + ")")
                    .collect(Collectors.joining(", ", "; refers to ", "")));
        }
        if (!found.rules().isEmpty()) {
            text.append(found.rules().stream()
                    .map(rule -> rule.name() + " (" + rule.type() + ", " + rule.mode()
                            + (rule.isDisabled() ? ", disabled" : "") + ")")
                    .collect(Collectors.joining(", ", "; has the rules ", "")));
        }
        return text.toString();
    }
}
