// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The argument of commands that change a keyset. */
final class KeysetCommandOptions {
    @Parameters(paramLabel = "FILE", description = "The file with the keyset.")
    private @Nullable Path file;

    /** A step that reads or writes the file. */
    @FunctionalInterface
    interface Step<T> {
        T run() throws IOException, GeneralSecurityException;
    }

    /** Returns the file. */
    Path file() {
        if (file == null) {
            throw new IllegalStateException("picocli has not set the file");
        }
        return file;
    }

    /**
     * Runs a step.
     *
     * @throws CommandFailure if it fails
     */
    static <T> T run(Step<T> step) {
        try {
            return step.run();
        } catch (IOException | GeneralSecurityException e) {
            throw new CommandFailure(ExitCode.USAGE, Printable.of(String.valueOf(e.getMessage())), e);
        }
    }

    /** Returns the id of a key as Tink shows it. */
    static String shown(int id) {
        return Integer.toUnsignedString(id);
    }
}
