// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A JVM that a test has started, reads the output of, and may kill. Its counterpart is {@link Parent}. */
final class Child implements AutoCloseable {
    private static final Pattern NUMBER = Pattern.compile("([a-z]+) (-?\\d{1,18})");
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final int KEPT_LINES = 60;

    private final Process process;
    private final Thread listener;
    private final Map<String, Long> numbers = new ConcurrentHashMap<>();
    private final Deque<String> lastLines = new ArrayDeque<>();

    private volatile long heard = System.nanoTime();

    private Child(Process process, String name) {
        this.process = process;
        this.listener = new Thread(this::listen, "child-" + name);
        listener.setDaemon(true);
        listener.start();
    }

    /** Starts a JVM with the class path of this one; a small one that starts quickly, since it may not live long. */
    static Child start(Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dguice_bytecode_gen_option=DISABLED",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        try {
            return new Child(
                    new ProcessBuilder(command).redirectErrorStream(true).start(), main.getSimpleName());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                heard = System.nanoTime();
                Matcher number = NUMBER.matcher(line);
                if (number.matches()) {
                    // several of its threads count, and the one with the higher number may report first
                    numbers.merge(number.group(1), Long.parseLong(number.group(2)), Math::max);
                } else {
                    keep(line);
                }
            }
        } catch (IOException e) {
            keep("it cannot be heard any more: " + e);
        }
    }

    private void keep(String line) {
        synchronized (lastLines) {
            lastLines.add(line);
            if (lastLines.size() > KEPT_LINES) {
                lastLines.remove();
            }
        }
    }

    /** Returns the highest number that it reported under a word, or -1. */
    long highest(String word) {
        return numbers.getOrDefault(word, -1L);
    }

    /**
     * Waits until it has reported at least the given number.
     *
     * @throws IllegalStateException if it ends before
     */
    void await(String word, long atLeast) {
        try {
            Awaitility.await()
                    .atMost(LONG)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> highest(word) >= atLeast || !listener.isAlive());
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException("it does not say " + word + " " + atLeast + ", but " + this, e);
        }
        if (highest(word) < atLeast) {
            throw new IllegalStateException("it ended before it said " + word + " " + atLeast + ": " + this);
        }
    }

    /** Waits until the highest number that it reported has risen by the given amount. */
    void awaitMore(String word, long more) {
        await(word, Math.max(0, highest(word)) + more);
    }

    /** Kills it as {@code kill -9} does, and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        ended();
    }

    /**
     * Lets it end normally.
     *
     * @throws IllegalStateException if it does not, or with an exit value other than 0
     */
    void finish() throws IOException, InterruptedException {
        process.getOutputStream().write((Parent.FINISH + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        int exit = ended();
        if (exit != 0) {
            throw new IllegalStateException("it ended with " + exit + ": " + this);
        }
    }

    private int ended() throws InterruptedException {
        while (!process.waitFor(1, TimeUnit.SECONDS)) {
            if (System.nanoTime() - heard > LONG.toNanos()) {
                throw new IllegalStateException("it neither ends nor says anything: " + this);
            }
        }
        listener.join();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public String toString() {
        synchronized (lastLines) {
            return "process " + process.pid() + ", " + numbers + "\n" + String.join("\n", lastLines);
        }
    }
}
