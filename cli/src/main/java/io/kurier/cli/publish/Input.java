// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.publish;

import io.kurier.Printable;
import io.kurier.cli.lines.InterruptibleInput;
import io.kurier.serializers.media.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file, or standard input. */
public final class Input {
    private static final String STANDARD_INPUT = "-";

    private final @Nullable Path file;
    private final InputStream standardInput;

    private Input(@Nullable Path file, InputStream standardInput) {
        this.file = file;
        this.standardInput = standardInput;
    }

    /**
     * Returns the input that a user names; {@code -} is standard input.
     *
     * @throws IllegalArgumentException if there is no such file, or it cannot be read; the message is a sentence
     */
    public static Input of(String name, InputStream standardInput) {
        if (name.equals(STANDARD_INPUT)) {
            return new Input(null, standardInput);
        }
        Path file = Path.of(name);
        String problem = null;
        if (name.isEmpty()) {
            problem = "the name of a file is empty";
        } else if (!Files.exists(file)) {
            problem = "there is no such file";
        } else if (Files.isDirectory(file)) {
            problem = "it is a folder; name files";
        } else if (!Files.isReadable(file)) {
            problem = "this user may not read it";
        }
        if (problem != null) {
            throw new IllegalArgumentException(name.isEmpty() ? problem : Printable.brief(name) + ": " + problem);
        }
        return new Input(file, standardInput);
    }

    /** Returns the name, for people. */
    public String name() {
        return file == null ? "standard input" : Printable.of(file.toString());
    }

    /** Returns the size in bytes; -1 if it is not known, as that of a pipe. */
    public long bytes() {
        return file != null && Files.isRegularFile(file) ? file.toFile().length() : -1;
    }

    InputStream open() throws IOException {
        return file != null && Files.isRegularFile(file) ? Files.newInputStream(file) : pipe();
    }

    Blob blob() throws IOException {
        if (file == null) {
            return Blob.of(pipe());
        }
        return Files.isRegularFile(file) ? Blob.of(file) : Blob.of(pipe()).named(name());
    }

    private InputStream pipe() throws IOException {
        return new InterruptibleInput(file == null ? standardInput : Files.newInputStream(file));
    }
}
