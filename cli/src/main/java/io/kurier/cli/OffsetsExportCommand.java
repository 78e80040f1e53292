// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.cli.offsets.OffsetsDocument;
import io.kurier.plugins.host.internal.offsets.OffsetBackingStore;
import io.kurier.plugins.host.internal.offsets.OffsetKey;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kurier offsets export}: what is stored, for another storage or a Connect cluster. */
@Command(
        name = "export",
        description = {
            "Prints stored source offsets as JSON, for kurier offsets import.",
            "With --connector it is the JSON that Connect's REST API takes: curl -X PATCH -H 'Content-Type:"
                    + " application/json' URL/connectors/NAME/offsets -d @FILE"
        })
final class OffsetsExportCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private OffsetsOptions options = new OffsetsOptions();

    @Option(
            names = "--connector",
            paramLabel = "NAME",
            description = "Export those of this connector only, without its name.")
    private @Nullable String connector;

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        try (OffsetBackingStore store = options.store(command)) {
            Map<OffsetKey, Map<String, Object>> all = options.peekAtRest(store);
            command.getOut()
                    .println(
                            connector == null
                                    ? OffsetsDocument.ofAll(all)
                                    : OffsetsDocument.ofOne(OffsetsOptions.of(connector, all)));
        }
        StandardOutput.failIfNotWritten(command.getOut());
        return 0;
    }
}
