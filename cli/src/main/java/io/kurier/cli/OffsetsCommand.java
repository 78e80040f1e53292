// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kurier offsets}: the commands for stored source offsets. */
@Command(
        name = "offsets",
        description = {
            "Shows, exports, imports and resets the source offsets of connectors, in the file of a host or in an offset"
                    + " topic of a host or of Kafka Connect.",
            "A connector that runs stores its next offset over what is imported or reset: stop it first. The file of a"
                    + " running host is refused."
        },
        subcommands = {
            OffsetsShowCommand.class,
            OffsetsExportCommand.class,
            OffsetsImportCommand.class,
            OffsetsResetCommand.class
        })
final class OffsetsCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "name what to do: show, export, import or reset");
    }
}
