// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.media;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs a {@link MediaTurn} in a JVM with the heap that is measured, from its start to its end. */
final class ChildJvm {
    /** The options of every measured JVM: G1, as most applications have it, and a small heap. */
    static final List<String> OPTIONS = List.of("-XX:+UseG1GC", "-Xmx96m");

    private static final List<String> QUIET = List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-Dguice_bytecode_gen_option=DISABLED",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    private static final long LONGEST_MINUTES = 10;
    private static final int LINES_KEPT = 40;

    private final List<String> moreOptions;

    /**
     * Creates a way to run turns.
     *
     * @param moreOptions options of the JVM behind those that all have
     */
    ChildJvm(List<String> moreOptions) {
        this.moreOptions = moreOptions;
    }

    /**
     * Takes one turn.
     *
     * @param arguments those of {@link MediaTurn#main}
     * @throws IllegalStateException if it fails, or takes longer than ten minutes; the process has ended then
     */
    Measurement run(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(QUIET);
        command.addAll(moreOptions);
        command.add(MediaTurn.class.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // not as an argument: a class path may be too long for one on some systems
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            return measured(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("no JVM for a turn can be started", e);
        }
    }

    private static Measurement measured(Process process) throws IOException {
        Thread kill = new Thread(process::destroyForcibly, "media-turn-shutdown");
        Runtime.getRuntime().addShutdownHook(kill);
        process.onExit().orTimeout(LONGEST_MINUTES, TimeUnit.MINUTES).exceptionally(late -> {
            process.destroyForcibly();
            return process;
        });
        List<String> said = new ArrayList<>();
        Measurement measurement = null;
        try (BufferedReader output = process.inputReader(Charset.defaultCharset())) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (Measurement.isLine(line)) {
                    measurement = Measurement.ofLine(line);
                } else if (said.size() < LINES_KEPT) {
                    said.add(line);
                }
            }
        } finally {
            process.onExit().join();
            Runtime.getRuntime().removeShutdownHook(kill);
        }
        return whole(measurement, process.exitValue(), said);
    }

    private static Measurement whole(@Nullable Measurement measurement, int exit, List<String> said) {
        if (measurement == null || exit != 0) {
            throw new IllegalStateException("a turn ended with " + exit + ": " + String.join(" | ", said));
        }
        return measurement;
    }
}
