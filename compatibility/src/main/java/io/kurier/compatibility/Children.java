// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Starts JVMs, and ends the running ones when this JVM ends, whatever the reason. */
final class Children {
    private static final Duration KILL_LIMIT = Duration.ofSeconds(30);

    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    Children() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::killAll, "end-children"));
    }

    /**
     * Starts a JVM.
     *
     * @param log the file for its output
     * @param classPath passed as an environment variable, since it may be too long for an argument
     * @param arguments options, the main class and its arguments
     */
    Process start(Path log, String classPath, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // for short runs, and without the warnings of JDK 24 and newer, which JDK 17 does not know
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                .redirectOutput(log.toFile());
        builder.environment().put("CLASSPATH", classPath);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        Process process = builder.start();
        running.add(process);
        return process;
    }

    private static File nothing() {
        return new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
    }

    /**
     * Waits until a process ends.
     *
     * @return whether it has ended within the limit; it is killed if not
     */
    boolean await(Process process, Duration limit) throws InterruptedException {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            kill(process);
        }
    }

    /**
     * Ends a process immediately and waits until it is gone, so that its ports are free; does nothing if it has ended.
     */
    void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        if (process.waitFor(KILL_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            running.remove(process);
        }
    }

    private void killAll() {
        running.forEach(Process::destroyForcibly);
    }
}
