// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
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

    private static String withoutCarriageReturns(StringWriter writer) {
        return writer.toString().replace("\r\n", "\n");
    }
}
