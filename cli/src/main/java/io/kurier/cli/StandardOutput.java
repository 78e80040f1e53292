// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A writer in UTF-8, whatever the locale is, that keeps the reason why it cannot write: {@code PrintWriter} and {@code
 * System.out} drop it, so that a full disk would look like a reader that has had enough.
 */
final class StandardOutput extends PrintWriter {
    private final Kept kept;

    private StandardOutput(Kept kept) {
        super(kept, true, StandardCharsets.UTF_8);
        this.kept = kept;
    }

    static StandardOutput to(OutputStream out) {
        return new StandardOutput(new Kept(new BufferedOutputStream(out)));
    }

    /**
     * Ends a command whose output was not written; a pipe that was closed by its reader is no failure: {@code kurier
     * read ... | head}.
     */
    static void failIfNotWritten(PrintWriter out) {
        IOException failure = out instanceof StandardOutput standard ? standard.failure() : null;
        if (failure != null) {
            throw new CommandFailure(
                    ExitCode.DIFFERS, "standard output cannot be written: " + failure.getMessage(), failure);
        }
    }

    /** Returns why writing has failed; null if it has not, or the process that reads a pipe has closed it. */
    private @Nullable IOException failure() {
        IOException failure = kept.failure;
        return failure == null
                        || String.valueOf(failure.getMessage())
                                .toLowerCase(Locale.ROOT)
                                .contains("pipe") // in the language of the system, which keeps this word
                ? null
                : failure;
    }

    private static final class Kept extends FilterOutputStream {
        private volatile @Nullable IOException failure;

        Kept(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            try {
                out.write(b);
            } catch (IOException e) {
                throw kept(e);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                throw kept(e);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException e) {
                throw kept(e);
            }
        }

        private IOException kept(IOException e) {
            failure = failure == null ? e : failure;
            return e;
        }
    }
}
