// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a class in a JVM of its own, on this JDK and this class path, to see all that is printed. */
public final class OtherJvm {
    private OtherJvm() {}

    /**
     * What it prints, to either stream; it has four minutes.
     *
     * @param output a file that it may write to
     * @param options those of the JVM
     */
    public static String run(Path output, List<String> options, Class<?> main, String... args)
            throws IOException, InterruptedException {
        return run(output, command(options, main, args));
    }

    /**
     * Likewise, within limits of the operating system.
     *
     * @param limits what a shell does first, as {@code ulimit -v 1000000}
     */
    public static String runLimited(String limits, Path output, List<String> options, Class<?> main, String... args)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", "-c", limits + "; exec \"$@\"", "bash"));
        command.addAll(command(options, main, args));
        return run(output, command);
    }

    private static List<String> command(List<String> options, Class<?> main, String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        return command;
    }

    private static String run(Path output, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(4, TimeUnit.MINUTES))
                    .as("the other JVM has ended")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
