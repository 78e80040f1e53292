// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility;

import io.kurier.compatibility.checks.Checks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs cells one after the other, each in a process of its own; consecutive cells with the same version of the broker
 * share one. Prints one line per cell, and the output of the checks if one has failed.
 */
public final class Matrix implements AutoCloseable {
    /** Referenced by name; only its constants are used, since the class path of this JVM does not include JUnit. */
    private static final String CHECKS = "io.kurier.compatibility.checks.Checks";

    private static final Duration CELL_LIMIT = Duration.ofMinutes(5);

    private final Path projects;
    private final Path logs;
    private final Children children = new Children();
    private @Nullable Broker broker;
    private String brokerVersion = "";

    private Matrix(Path target) throws IOException {
        projects = target.resolve("projects");
        logs = Files.createDirectories(target.resolve("logs"));
    }

    /**
     * Runs the matrix. The arguments are the folder with the class paths, the mode for the document ({@code check},
     * {@code update} or {@code leave}), the document, and the cells.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<Cell> cells = Stream.of(args).skip(3).map(Cell::parse).toList();
        List<Result> results = new ArrayList<>();
        long start = System.nanoTime();
        try (Matrix matrix = new Matrix(Path.of(args[0]))) {
            for (Cell cell : cells) {
                Result result = matrix.run(cell);
                System.out.println(result.line());
                results.add(result);
            }
        }
        long failed = results.stream().filter(result -> !result.isGood()).count();
        System.out.println(results.size() - failed + " of " + results.size() + " cells are good, in "
                + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s");
        boolean documented = failed > 0 || new Document(Path.of(args[2])).holds(results, args[1]);
        System.exit(failed == 0 && documented ? 0 : 1);
    }

    private Result run(Cell cell) throws InterruptedException {
        long start = System.nanoTime();
        Path log = logs.resolve("checks-" + cell.client() + "-on-" + cell.broker() + ".log");
        String trouble = "";
        int[] counts = {0, 0};
        try {
            Process checks = children.start(log, classPath("client", cell.client()), arguments(cell));
            if (!children.await(checks, CELL_LIMIT)) {
                trouble = "not done after " + CELL_LIMIT.toSeconds() + " s";
            }
            counts = counts(log);
        } catch (IOException e) {
            trouble = String.valueOf(e.getMessage())
                    + (e.getCause() == null ? "" : ": " + e.getCause().getMessage());
        }
        Result result = new Result(cell, counts[0], counts[1], trouble, Duration.ofNanos(System.nanoTime() - start));
        if (!result.isGood()) {
            show(log);
        }
        return result;
    }

    private List<String> arguments(Cell cell) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "-Xmx512m",
                "-Dguice_bytecode_gen_option=DISABLED",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-Dcompatibility.client=" + cell.client()));
        arguments.addAll(brokerOf(cell).systemProperties());
        arguments.add(CHECKS);
        if (!cell.supported()) {
            arguments.add(Checks.UNSUPPORTED);
        }
        return arguments;
    }

    private Broker brokerOf(Cell cell) throws IOException, InterruptedException {
        Broker running = broker;
        if (running != null && brokerVersion.equals(cell.broker())) {
            return running;
        }
        close();
        Broker started = Broker.start(children, cell.broker(), classPath("broker", cell.broker()), logs);
        broker = started;
        brokerVersion = cell.broker();
        return started;
    }

    private String classPath(String kind, String version) throws IOException {
        return Files.readString(projects.resolve(kind + "-" + version).resolve("class-path"));
    }

    /** Returns the numbers of checks that have passed and failed; none if the process ended before. */
    private static int[] counts(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.startsWith(Checks.DONE))
                    .map(line -> line.substring(Checks.DONE.length()).split(" ", -1))
                    .map(numbers ->
                            Arrays.stream(numbers).mapToInt(Integer::parseInt).toArray())
                    .findFirst()
                    .orElseGet(() -> new int[] {0, 0});
        }
    }

    private static void show(Path log) {
        try {
            System.out.println(Files.exists(log) ? Files.readString(log) : "(no output)");
        } catch (IOException e) {
            System.out.println("its output cannot be read: " + e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        Broker running = broker;
        if (running != null) {
            broker = null;
            running.close();
        }
    }
}
