// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One JVM that runs {@link ChildMain}, from its start to its end. A {@link BrokerProcess} may have several, one after
 * the other.
 */
final class ChildProcess {
    /** More than the broker in it allows itself, because the broker's errors are more specific. */
    private static final Duration START_LIMIT = Duration.ofSeconds(150);
    /** More than the broker in it allows itself, because the broker's errors are more specific. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private static final Duration KILL_LIMIT = Duration.ofSeconds(30);
    private static final int LINES_KEPT = 40;

    private final Process process;
    private final Deque<String> said = new ArrayDeque<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    private ChildProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts a process without waiting for it.
     *
     * @throws BrokerStartException if the process cannot be created
     */
    static ChildProcess launch(ChildSettings settings, List<String> jvmOptions) {
        ChildProcess child = new ChildProcess(run(jvmOptions));
        try {
            Thread listener = new Thread(child::listen, "kurier-broker-process-" + child.process.pid());
            listener.setDaemon(true);
            listener.start();
            DataOutputStream out = new DataOutputStream(child.process.getOutputStream());
            settings.write(out);
            out.flush();
            return child;
        } catch (IOException e) {
            throw child.failure("it does not listen to its parent", e);
        }
    }

    /**
     * Waits until clients can connect. An interrupt does not end the wait; the interrupt flag is kept.
     *
     * @return the port that they connect to
     * @throws BrokerStartException if that does not happen; the process has ended then
     */
    int awaitReady() {
        try {
            return port.orTimeout(START_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw failure(
                    e.getCause() instanceof TimeoutException
                            ? "it is not ready after " + START_LIMIT.toSeconds() + " s; is the machine overloaded?"
                            : "it has ended",
                    e);
        }
    }

    private static Process run(List<String> jvmOptions) {
        List<String> arguments = new ArrayList<>();
        arguments.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        arguments.addAll(jvmOptions);
        arguments.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
        arguments.add(ChildMain.class.getName());
        ProcessBuilder command = new ProcessBuilder(arguments).redirectErrorStream(true);
        // not as an argument: a class path may be too long for one on some systems
        command.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        // a debugger's port or an agent of this JVM must not apply to another one
        command.environment().remove("JAVA_TOOL_OPTIONS");
        command.environment().remove("JDK_JAVA_OPTIONS");
        try {
            return command.start();
        } catch (IOException e) {
            throw new BrokerStartException("no JVM for the broker can be started: " + e.getMessage(), e);
        }
    }

    /** Reads all of its output, because the process would block on a full pipe, and keeps the end of it. */
    private void listen() {
        try (BufferedReader reader = process.inputReader(Charset.defaultCharset())) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                hear(line);
            }
        } catch (IOException | NumberFormatException e) {
            port.completeExceptionally(e);
        } finally {
            port.completeExceptionally(new IllegalStateException("its output has ended"));
        }
    }

    private void hear(String line) {
        if (line.startsWith(ChildMain.READY)) {
            port.complete(Integer.valueOf(line.substring(ChildMain.READY.length())));
            return;
        }
        synchronized (said) {
            said.add(line);
            if (said.size() > LINES_KEPT) {
                said.remove();
            }
        }
    }

    private BrokerStartException failure(String what, Exception cause) {
        kill();
        String output;
        synchronized (said) {
            output = String.join(" | ", said);
        }
        return new BrokerStartException(
                "the broker in a process of its own did not start: " + what + (output.isEmpty() ? "" : ": " + output),
                cause);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it immediately, as {@code kill -9} does, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        process.onExit().orTimeout(KILL_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Stops the broker in an orderly way, and kills the process if that fails. */
    void stop() {
        try {
            process.getOutputStream().close();
            process.onExit().orTimeout(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        } catch (IOException | CompletionException e) {
            kill();
        }
    }
}
