// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.connect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that imports, from its start to its end. Used by one thread. */
final class ImportProcess implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** How often the log's end is asked for: seldom, since the broker has to answer. */
    private static final long ASK_MILLIS = 20;

    private static final long MOST_SECONDS_TO_END = 10;
    private static final int LINES_KEPT = 40;

    private final Process process;
    private final Path output;
    private final long startMillis;
    private final Thread kill;

    private ImportProcess(Process process, Path output, long startMillis) {
        this.process = process;
        this.output = output;
        this.startMillis = startMillis;
        this.kill = new Thread(process::destroyForcibly, "import-shutdown");
        Runtime.getRuntime().addShutdownHook(kill);
    }

    /**
     * Starts a process.
     *
     * @param classPath the class path of a JVM; empty for another program
     * @param folder for its output
     */
    static ImportProcess start(List<String> command, String classPath, Path folder) throws IOException {
        Path output = folder.resolve("output.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        if (!classPath.isEmpty()) {
            // not as an argument: a class path may be too long for one on some systems
            builder.environment().put("CLASSPATH", classPath);
        }
        long startMillis = System.currentTimeMillis();
        return new ImportProcess(builder.start(), output, startMillis);
    }

    /** Waits until the log has all records, and returns what the process took by then. */
    Importer.Use untilStored(TopicLog log, long records) throws IOException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        long startRecords = 0;
        double startCpu = 0;
        for (long end = log.end(); end < records; end = log.end()) {
            if (startRecords == 0) {
                startRecords = end;
                startCpu = cpuSeconds();
            }
            checkIsAlive(log);
            if (System.nanoTime() > deadline) {
                throw failed("took longer than " + LONGEST.toMinutes() + " minutes", log);
            }
        }
        return new Importer.Use(startMillis, cpuSeconds(), startRecords, startCpu);
    }

    /**
     * Waits until readers of committed records see all of them, and returns what the process took by about then: the
     * ends of transactions are in the log, too, so it may be some records before the last one.
     */
    Importer.Use untilCommitted(TopicLog log, long records) throws IOException {
        Importer.Use use = untilStored(log, records);
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (log.read().values().count() < records) {
            checkIsAlive(log);
            if (System.nanoTime() > deadline) {
                throw failed("has not committed all records for " + LONGEST.toMinutes() + " minutes", log);
            }
        }
        return use;
    }

    /** Waits for some milliseconds, and throws if the process has ended by then. */
    void checkIsAlive(TopicLog log) throws IOException {
        if (waitFor(ASK_MILLIS)) {
            throw failed("ended with " + process.exitValue(), log);
        }
    }

    private double cpuSeconds() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    /** Waits until the process has ended by itself, and returns what it wrote. */
    List<String> untilEnded(TopicLog log) throws IOException {
        if (!waitFor(LONGEST.toMillis())) {
            throw failed("took longer than " + LONGEST.toMinutes() + " minutes", log);
        }
        if (process.exitValue() != 0) {
            throw failed("ended with " + process.exitValue(), log);
        }
        return Files.readAllLines(output);
    }

    long startMillis() {
        return startMillis;
    }

    private boolean waitFor(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for an import", e);
        }
    }

    /** Returns the error of an import that ended in this way, with the last lines of the process. */
    IllegalStateException failed(String how, TopicLog log) throws IOException {
        List<String> lines = Files.readAllLines(output);
        List<String> last = lines.subList(Math.max(0, lines.size() - LINES_KEPT), lines.size());
        return new IllegalStateException("the import to " + log.topic() + " " + how + ", with " + log.end()
                + " records stored; its last lines: " + String.join(" | ", last));
    }

    /** Ends the process if it still runs. */
    @Override
    public void close() {
        process.destroy();
        if (!waitFor(TimeUnit.SECONDS.toMillis(MOST_SECONDS_TO_END))) {
            process.destroyForcibly();
            process.onExit().join();
        }
        Runtime.getRuntime().removeShutdownHook(kill);
    }
}
