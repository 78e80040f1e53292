// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.Printable;
import io.kurier.guards.internal.KeysetFile;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kurier keys public}: the public keys of a keyset. */
@Command(
        name = "public",
        description = "Writes the public keys of a keyset for signatures to another file, with which readers verify. It"
                + " has no secrets, and is replaced if it exists.")
final class KeysPublicCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private KeysetCommandOptions keyset = new KeysetCommandOptions();

    @Parameters(paramLabel = "PUBLIC", description = "The file to write.")
    private @Nullable Path to;

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        Path file = Objects.requireNonNull(to);
        KeysetCommandOptions.run(() -> {
            new KeysetFile(keyset.file()).writePublic(file);
            return file;
        });
        command.getOut().println(Printable.of(file.toString()) + ": the public keys");
        return 0;
    }
}
