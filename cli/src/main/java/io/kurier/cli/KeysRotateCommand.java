// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.Printable;
import io.kurier.guards.internal.KeysetFile;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kurier keys rotate}: a new key in a keyset. */
@Command(
        name = "rotate",
        description = {
            "Adds a key to a keyset and makes it the primary one, with which new data are written. Older keys stay, so"
                    + " that older data can be read.",
            "Readers need the new key before it is used: run it with --prepare, give the file to the readers, then run"
                    + " it without, which makes the prepared key the primary one. Running publishers read the changed"
                    + " file by themselves."
        })
final class KeysRotateCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private KeysetCommandOptions keyset = new KeysetCommandOptions();

    @Option(names = "--prepare", description = "Add the key for readers only; the primary one stays.")
    private boolean prepare;

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        int id = KeysetCommandOptions.run(() -> new KeysetFile(keyset.file()).rotate(!prepare));
        command.getOut()
                .println(Printable.of(keyset.file().toString()) + ": key " + KeysetCommandOptions.shown(id)
                        + (prepare ? " is there for readers" : " is the primary one"));
        return 0;
    }
}
