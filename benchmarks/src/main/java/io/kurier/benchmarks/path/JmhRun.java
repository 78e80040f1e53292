// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.path;

import io.kurier.benchmarks.results.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * JMH with {@code --out FILE} beside its own options. A figure's table is the class with the values of its parameters,
 * and the ratios to the other methods of the class are figures too: of the averages, since JMH does not run methods in
 * turns, with the smallest and the largest ratio of any two iterations. With {@code -prof gc} so are the bytes that a call
 * allocates.
 */
public final class JmhRun {
    private static final String OUT = "--out";

    /** The bytes of a call, as the profiler {@code gc} names them. */
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private JmhRun() {}

    /** Runs the benchmarks that JMH's options choose. */
    public static void main(String[] args) throws IOException, CommandLineOptionException, RunnerException {
        List<String> options = new ArrayList<>(List.of(args));
        int out = options.indexOf(OUT);
        if (out < 0) {
            Main.main(args);
            return;
        }
        Path file = Path.of(options.remove(out + 1));
        options.remove(out);
        Collection<RunResult> results = new Runner(new CommandLineOptions(options.toArray(String[]::new))).run();
        Figures figures = Figures.to(file, "jmh");
        for (RunResult result : results) {
            figures.add(table(result), method(result), "time", score(result), iterations(result));
            Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
            if (allocated != null) {
                figures.add(table(result), method(result), "B allocated", allocated.getScore(), List.of());
            }
            for (RunResult other : results) {
                if (table(other).equals(table(result)) && !method(other).equals(method(result))) {
                    figures.add(
                            table(result),
                            method(result),
                            "time / " + method(other),
                            score(result) / score(other),
                            ratios(iterations(result), iterations(other)));
                }
            }
        }
    }

    private static String table(RunResult result) {
        String[] names = result.getParams().getBenchmark().split("\\.", -1);
        StringBuilder table = new StringBuilder(names[names.length - 2]);
        for (String parameter : result.getParams().getParamsKeys()) {
            table.append(", ").append(result.getParams().getParam(parameter));
        }
        return table.toString();
    }

    private static String method(RunResult result) {
        @Nullable String label = result.getPrimaryResult().getLabel();
        return String.valueOf(label);
    }

    private static double score(RunResult result) {
        return result.getPrimaryResult().getScore();
    }

    private static List<Double> iterations(RunResult result) {
        List<Double> scores = new ArrayList<>();
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                scores.add(iteration.getPrimaryResult().getScore());
            }
        }
        return scores;
    }

    private static List<Double> ratios(List<Double> scores, List<Double> others) {
        List<Double> ratios = new ArrayList<>();
        scores.forEach(score -> others.forEach(other -> ratios.add(score / other)));
        return ratios;
    }
}
