// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.Printable;
import io.kurier.cli.schema.SchemaDocument;
import io.kurier.cli.schema.SchemaOutline;
import io.kurier.cli.schema.SchemaStore;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kurier schema diff}: what differs between two schemas. */
@Command(
        name = "diff",
        description = {
            "Prints what the second schema has (+), lacks (-) and has otherwise (~) than the first: fields, types,"
                    + " defaults.",
            "Each is named as SUBJECT, SUBJECT:VERSION, an id, a GUID or a file. The order and the documentation are"
                    + " not compared. Ends with 1 if something differs."
        })
final class SchemaDiffCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FIRST", description = "The first schema.")
    private String first = "";

    @Parameters(index = "1", paramLabel = "SECOND", description = "The second schema.")
    private String second = "";

    @Mixin
    private SchemaOptions options = new SchemaOptions();

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        return options.run(command, (registry, folder) -> {
            if (registry != null && folder != null) {
                throw new ParameterException(command, "--folder: the registry is named already; keep one of the two");
            }
            SchemaStore store = registry == null ? folder : registry;
            SchemaDocument one = SchemaStore.find(first, store).document();
            SchemaDocument other = SchemaStore.find(second, store).document();
            return diff(command.getOut(), one, other);
        });
    }

    private static int diff(PrintWriter out, SchemaDocument one, SchemaDocument other) {
        List<String> difference = SchemaOutline.difference(one, other);
        if (difference.isEmpty()) {
            out.println(
                    one.text().strip().equals(other.text().strip())
                            ? "equal"
                            : "equal apart from order, documentation and properties");
            return 0;
        }
        difference.forEach(line -> out.println(Printable.of(line)));
        return ExitCode.DIFFERS;
    }
}
