// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.waits;

import io.kurier.benchmarks.Machine;
import io.kurier.benchmarks.VirtualThreads;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures how long {@code tryPublish} takes while Kafka accepts nothing; exits with 1 if a call waited, threw or was
 * not refused.
 */
@Command(name = "benchmarks/run waits", sortOptions = false)
public final class WaitsBenchmark implements Callable<Integer> {
    private static final int VIRTUAL_THREADS = 16;

    private final PrintStream out;

    @Option(names = "--calls", paramLabel = "N", description = "Calls in each situation (${DEFAULT-VALUE}).")
    private int calls = 10_000;

    @Option(names = "--help", usageHelp = true, description = "Prints this.")
    private boolean help;

    WaitsBenchmark(PrintStream out) {
        this.out = out;
    }

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new WaitsBenchmark(System.out)).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        out.println(Machine.inWords());
        out.printf(
                Locale.ROOT,
                "%n%-34s %-19s %10s %10s %10s %10s %10s%n",
                String.format(Locale.ROOT, "tryPublish, %,d calls each", calls),
                "by",
                "p50 us",
                "p99 us",
                "max us",
                "REJECTED",
                "threw");
        boolean well = true;
        try (Scenario situation = Scenario.closedPort()) {
            well &= measure(situation);
        }
        try (Scenario situation = Scenario.coldMetadata()) {
            well &= measure(situation);
        }
        try (Scenario situation = Scenario.fullBuffer()) {
            well &= measure(situation);
        }
        out.println(
                well
                        ? "every p99 is below " + Calls.LIMIT.toMillis() + " ms, and all calls were refused"
                        : "FAILED: a p99 of " + Calls.LIMIT.toMillis() + " ms or more, or a call that was not refused");
        return well ? 0 : 1;
    }

    private boolean measure(Scenario situation) throws Exception {
        boolean well = print(situation, "one thread", Calls.here(situation.publisher(), calls));
        Optional<ExecutorService> virtual = VirtualThreads.executor();
        if (virtual.isPresent()) {
            try {
                Calls concurrent = Calls.by(virtual.get(), VIRTUAL_THREADS, situation.publisher(), calls);
                well &= print(situation, VIRTUAL_THREADS + " virtual threads", concurrent);
            } finally {
                virtual.get().shutdown();
            }
        }
        return well;
    }

    private boolean print(Scenario situation, String by, Calls results) {
        out.printf(
                Locale.ROOT,
                "%-34s %-19s %,10.1f %,10.1f %,10.1f %,10d %,10d%n",
                situation.name(),
                by,
                results.micros(0.5),
                results.micros(0.99),
                results.micros(1),
                results.rejected(),
                results.threw());
        return results.areWell();
    }
}
