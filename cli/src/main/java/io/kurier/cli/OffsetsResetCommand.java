// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.Printable;
import io.kurier.cli.offsets.OffsetsDocument;
import io.kurier.cli.offsets.OffsetsInputException;
import io.kurier.plugins.host.internal.offsets.OffsetBackingStore;
import io.kurier.plugins.host.internal.offsets.OffsetKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kurier offsets reset}: a connector reads its source again. */
@Command(
        name = "reset",
        description = {
            "Forgets the source offsets of a connector, or that of one source partition: the connector reads these from"
                    + " the beginning when it starts again.",
            "kurier offsets export keeps them, for an import later."
        })
final class OffsetsResetCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private OffsetsOptions options = new OffsetsOptions();

    @Option(names = "--connector", paramLabel = "NAME", required = true, description = "The connector.")
    private String connector = "";

    @Option(
            names = "--partition",
            paramLabel = "JSON",
            description = "Forget this source partition only, as kurier offsets show prints it, such as"
                    + " '{\"file\":\"/var/log/a.log\"}'.")
    private @Nullable String partition;

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        OffsetKey one = partition == null ? null : key(command, partition);
        try (OffsetBackingStore store = options.store(command)) {
            options.peek(store); // the store must exist; opening it would create it
            Set<OffsetKey> found =
                    OffsetsOptions.of(connector, options.open(store)).keySet();
            if (one != null && !found.contains(one)) {
                throw new CommandFailure(
                        ExitCode.DIFFERS,
                        "--partition " + Printable.brief(String.valueOf(partition))
                                + ": there is no source offset of it; kurier offsets show lists those that there are",
                        null);
            }
            Map<OffsetKey, @Nullable Map<String, ?>> forget = new HashMap<>();
            (one == null ? found : Set.of(one)).forEach(key -> forget.put(key, null));
            options.write(store, forget);
            command.getOut().println(Sizes.count(forget.size()) + " forgotten");
        }
        return 0;
    }

    private OffsetKey key(CommandLine command, String json) {
        try {
            return OffsetsDocument.key(connector, json);
        } catch (OffsetsInputException e) {
            throw new ParameterException(command, "--partition: " + e.getMessage(), e);
        }
    }
}
