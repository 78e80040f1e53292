// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kurier schema}: the commands for schemas. */
@Command(
        name = "schema",
        description = {
            "Lists, shows, registers, checks and compares schemas of a registry, of a folder or of files.",
            "A schema is named by its subject, with :VERSION if it is not the latest, its id, its GUID or its file. A"
                    + " name that is a file is taken as the file."
        },
        subcommands = {
            SchemaListCommand.class,
            SchemaShowCommand.class,
            SchemaRegisterCommand.class,
            SchemaCheckCommand.class,
            SchemaDiffCommand.class
        })
final class SchemaCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "name what to do: list, show, register, check or diff");
    }
}
