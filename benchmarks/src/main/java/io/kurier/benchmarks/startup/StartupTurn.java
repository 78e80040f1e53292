// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.startup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One JVM that starts two clients of a kind, the second when the first has its acknowledgment.
 *
 * @param first from the start of the process to the first client's acknowledgment, in milliseconds
 * @param second from the start of the second client to its acknowledgment, in milliseconds
 */
record StartupTurn(double first, double second) {
    private static final String MEASURED = "measured ";
    private static final List<String> OPTIONS = List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-Dguice_bytecode_gen_option=DISABLED",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    private static final long LONGEST_SECONDS = 60;

    /** Is the measured JVM: with a {@link Starting}, the address of the broker and two topics. */
    public static void main(String[] args) throws Exception {
        Starting starting = Starting.valueOf(args[0]);
        starting.firstRecord(args[1], args[2]);
        long acknowledged = System.currentTimeMillis();
        long start = System.nanoTime();
        starting.firstRecord(args[1], args[3]);
        double second = (System.nanoTime() - start) / 1e6;
        System.out.println(MEASURED + acknowledged + " " + second);
        Runtime.getRuntime().halt(0); // no close is measured
    }

    /**
     * Takes a turn in a JVM with the defaults of its machine, except for options that suppress warnings.
     *
     * @param topics two existing topics
     * @throws IllegalStateException if a record is not acknowledged
     */
    static StartupTurn of(Starting starting, String bootstrap, List<String> topics) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(List.of(StartupTurn.class.getName(), starting.name(), bootstrap));
        command.addAll(topics);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // not as an argument: a class path may be too long for one on some systems
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            long start = System.currentTimeMillis();
            Process process = builder.start();
            process.onExit().orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS).exceptionally(late -> {
                process.destroyForcibly();
                return process;
            });
            String printed = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
            int exit = process.onExit().join().exitValue();
            return parse(start, exit, printed);
        } catch (IOException e) {
            throw new UncheckedIOException("no JVM for a turn can be started", e);
        }
    }

    private static StartupTurn parse(long start, int exit, String printed) {
        @Nullable
        String line = printed.lines()
                .filter(each -> each.startsWith(MEASURED))
                .findFirst()
                .orElse(null);
        if (line == null || exit != 0) {
            throw new IllegalStateException(String.format(Locale.ROOT, "a turn ended with %d: %s", exit, printed));
        }
        String[] values = line.substring(MEASURED.length()).split(" ", -1);
        return new StartupTurn(Long.parseLong(values[0]) - start, Double.parseDouble(values[1]));
    }
}
