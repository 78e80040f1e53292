// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What a user sees of one command.
 *
 * @param exitCode what the shell sees
 * @param out standard output
 * @param err standard error
 */
record CommandRun(int exitCode, String out, String err) {
    private static final Path GOLDENS = Path.of("src", "test", "resources", "io", "kurier", "cli");

    /** Runs the command in this JVM with a standard input. */
    static CommandRun reading(byte[] input, String... args) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input));
        try {
            return of(args);
        } finally {
            System.setIn(before);
        }
    }

    /** Runs the command in this JVM. */
    static CommandRun of(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
        return new CommandRun(exitCode, withoutCarriageReturns(out), withoutCarriageReturns(err));
    }

    List<String> errLines() {
        return err.lines().toList();
    }

    /** What a golden file beside this class says. */
    static String golden(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(CommandRun.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Asserts that an output is that of a golden file, which {@code -Dgolden.update=true} writes anew. */
    static void assertGolden(String name, String output) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDENS.resolve(name), output);
        } else {
            assertThat(output).isEqualTo(golden(name));
        }
    }

    private static String withoutCarriageReturns(StringWriter writer) {
        return writer.toString().replace("\r\n", "\n");
    }
}
