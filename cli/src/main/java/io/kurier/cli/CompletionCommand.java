// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code kurier completion}: the script by which a shell completes the commands and options of this version. */
@Command(
        name = "completion",
        description = {
            "Prints a script by which bash and zsh complete the commands and options.",
            "For the shell that runs: source <(kurier completion)"
        })
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine kurier = Objects.requireNonNull(spec).root().commandLine();
        kurier.getOut().print(AutoComplete.bash(kurier.getCommandName(), kurier));
        kurier.getOut().flush();
        return 0;
    }
}
