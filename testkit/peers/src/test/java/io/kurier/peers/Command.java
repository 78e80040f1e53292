// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs programs of the machine, without which a test is skipped. */
public final class Command {
    private static final long LIMIT_MINUTES = 4;
    private static final int NOT_ENDED = -1;

    private Command() {}

    /**
     * What a program has done.
     *
     * @param exitCode not 0 if it has failed, or has not ended in time
     * @param output its standard output and its errors
     */
    public record Result(int exitCode, String output) {}

    /** Skips the test, with the reason, unless a program runs. */
    public static void assumeInstalled(String program, String option) throws InterruptedException {
        Result result;
        try {
            result = run(Path.of("."), program, option);
        } catch (IOException e) {
            result = new Result(NOT_ENDED, String.valueOf(e.getMessage()));
        }
        assume(result, program + " does not run here");
    }

    /** Skips the test, and prints why, unless a program has succeeded. */
    public static void assume(Result result, String otherwise) {
        if (result.exitCode() != 0) {
            String why = "skipped: " + otherwise + ": " + result.output().strip();
            System.out.println(why); // Maven prints only that a test was skipped
            Assumptions.abort(why);
        }
    }

    /** Runs a program to its end, for at most some minutes. */
    public static Result run(Path folder, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("output", ".txt");
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            return new Result(ended ? process.exitValue() : NOT_ENDED, Files.readString(output, UTF_8));
        } finally {
            Files.delete(output);
        }
    }
}
