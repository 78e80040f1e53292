// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.Printable;
import io.kurier.cli.lines.InterruptibleInput;
import io.kurier.cli.offsets.OffsetsDocument;
import io.kurier.cli.offsets.OffsetsInputException;
import io.kurier.cli.offsets.WorkerOffsetsFile;
import io.kurier.plugins.host.internal.offsets.OffsetBackingStore;
import io.kurier.plugins.host.internal.offsets.OffsetKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kurier offsets import}: offsets of another storage or of a Connect worker. */
@Command(
        name = "import",
        description = {
            "Stores source offsets that it reads: JSON as kurier offsets export prints it or as Connect's REST API"
                    + " returns it (curl URL/connectors/NAME/offsets), or the file of Connect's standalone worker"
                    + " (offset.storage.file.filename).",
            "Other offsets that are stored stay. An offset of null forgets its source partition. A file or topic that"
                    + " does not exist is created."
        })
final class OffsetsImportCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "INPUT",
            arity = "0..1",
            defaultValue = STANDARD_INPUT,
            description = "The file to read; - is standard input (default: ${DEFAULT-VALUE}).")
    private String input = STANDARD_INPUT;

    @Mixin
    private OffsetsOptions options = new OffsetsOptions();

    @Option(
            names = "--connector",
            paramLabel = "NAME",
            description = "Import those of this connector only. The JSON of the REST API needs it, which has no name.")
    private @Nullable String connector;

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        try (OffsetBackingStore store = options.store(command)) {
            Map<OffsetKey, @Nullable Map<String, ?>> read = read();
            options.open(store);
            options.write(store, read);
            long forgotten = read.values().stream().filter(Objects::isNull).count();
            command.getOut()
                    .println(
                            Sizes.count(read.size() - forgotten) + " stored, " + Sizes.count(forgotten) + " forgotten");
        }
        return 0;
    }

    private Map<OffsetKey, @Nullable Map<String, ?>> read() {
        String name = input.equals(STANDARD_INPUT) ? "standard input" : Printable.brief(input);
        byte[] content;
        try (InputStream in = input.equals(STANDARD_INPUT)
                ? new InterruptibleInput(System.in)
                : Files.newInputStream(Path.of(input))) {
            content = in.readAllBytes();
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, name + ": it cannot be read: " + e, e);
        }
        try {
            return WorkerOffsetsFile.isOne(content)
                    ? WorkerOffsetsFile.parse(content, connector)
                    : OffsetsDocument.parse(content, connector);
        } catch (OffsetsInputException e) {
            throw new CommandFailure(ExitCode.DIFFERS, name + ": " + e.getMessage(), e);
        }
    }
}
