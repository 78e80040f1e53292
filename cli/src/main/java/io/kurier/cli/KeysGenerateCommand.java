// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.Printable;
import io.kurier.guards.internal.KeyKind;
import io.kurier.guards.internal.KeysetFile;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code kurier keys generate}: a new keyset. */
@Command(
        name = "generate",
        description = {
            "Writes a new keyset with one key to a file, which only its owner may read (mode 0600). The file must not"
                    + " exist.",
            "Keep a copy where the file is kept safe: what was encrypted with a lost key cannot be read."
        })
final class KeysGenerateCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private KeysetCommandOptions keyset = new KeysetCommandOptions();

    @Option(
            names = "--for",
            paramLabel = "USE",
            defaultValue = "encryption",
            converter = UseConverter.class,
            description =
                    "What the keys are for: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). encryption wraps"
                            + " the data keys of the guard encrypt; record_keys encrypts the keys of records; signatures are"
                            + " those of the guard sign.")
    private KeyKind use = KeyKind.ENCRYPTION;

    static final class UseConverter implements ITypeConverter<KeyKind> {
        private static String name(KeyKind kind) {
            return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        @Override
        public KeyKind convert(String text) {
            return Arrays.stream(KeyKind.values())
                    .filter(kind -> name(kind).equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + Printable.brief(text) + "' is none of "
                            + Arrays.stream(KeyKind.values())
                                    .map(UseConverter::name)
                                    .collect(Collectors.joining(", "))));
        }
    }

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        int id = KeysetCommandOptions.run(() -> new KeysetFile(keyset.file()).generate(use));
        command.getOut()
                .println(Printable.of(keyset.file().toString()) + ": key " + KeysetCommandOptions.shown(id)
                        + " is the primary one");
        return 0;
    }
}
