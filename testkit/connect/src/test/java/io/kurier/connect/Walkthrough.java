// SPDX-License-Identifier: Apache-2.0
package io.kurier.connect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The blocks of a document below a comment {@code walk: NAME}: files that are to be written, and commands that are to be
 * run, with the places of the test instead of those in the document.
 */
final class Walkthrough implements AutoCloseable {
    private static final Pattern STEP =
            Pattern.compile("<!-- walk: (\\S+) -->\\n```\\w*\\n(.*?)```\\n", Pattern.DOTALL);
    private static final int MOST_SECONDS = 120;

    private final Map<String, String> steps = new HashMap<>();
    private final Set<String> left;
    private final Path folder;
    private final List<Process> started = new ArrayList<>();

    /**
     * Reads a document.
     *
     * @param folder where files are written and commands are run; commands are looked for in its folder {@code bin} first
     * @param places what to write instead of names in the document
     */
    Walkthrough(Path document, Path folder, Map<String, String> places) throws IOException {
        this.folder = folder;
        STEP.matcher(Files.readString(document)).results().forEach(step -> {
            String block = step.group(2);
            for (Map.Entry<String, String> place : places.entrySet()) {
                block = block.replace(place.getKey(), place.getValue());
            }
            if (steps.put(step.group(1), block) != null) {
                throw new IllegalArgumentException("there are two steps " + step.group(1));
            }
        });
        left = new TreeSet<>(steps.keySet());
    }

    /** Returns the steps that were not taken. */
    Set<String> left() {
        return left;
    }

    private String take(String step) {
        String block = steps.get(step);
        if (block == null) {
            throw new IllegalArgumentException("the document has no step " + step + ", but " + steps.keySet());
        }
        left.remove(step);
        return block;
    }

    /** Writes the file that a step is named after. */
    void write(String step) throws IOException {
        Files.writeString(folder.resolve(step), take(step));
    }

    /** Runs the commands of a step. */
    void run(String step) throws IOException, InterruptedException {
        finish(step, bash(step, "set -euo pipefail\n" + take(step)), 0);
    }

    /** Starts the command of a step that does not end by itself. */
    Process start(String step) throws IOException {
        Process process = bash(step, "exec " + take(step));
        started.add(process);
        return process;
    }

    /** Ends it with SIGTERM. */
    void stop(String step, Process process) throws IOException, InterruptedException {
        process.destroy();
        finish(step, process, 0);
    }

    private void finish(String step, Process process, int exit) throws IOException, InterruptedException {
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the step " + step + " does not end:\n" + output(step));
        }
        if (process.exitValue() != exit) {
            throw new AssertionError("the step " + step + " ended with " + process.exitValue() + ":\n" + output(step));
        }
    }

    /** Returns what a step has printed. */
    String output(String step) throws IOException {
        return Files.readString(log(step), StandardCharsets.UTF_8);
    }

    private Path log(String step) {
        return folder.resolve(step + ".out");
    }

    private Process bash(String step, String script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(step).toFile()));
        builder.environment().compute("PATH", (name, path) -> folder.resolve("bin") + ":" + path);
        return builder.start();
    }

    /** Kills what was started and runs. */
    @Override
    public void close() {
        started.forEach(process -> process.destroyForcibly().onExit().join());
    }
}
