// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.connect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program {@code kcat}, which is a producer of librdkafka around a loop over lines. */
final class KcatImporter implements Importer {
    /** Prints the processor time of its children at the end, in the form that POSIX gives {@code times}. */
    private static final String TIMED = "\"$@\" || exit; times";

    private static final Pattern TIME = Pattern.compile("(\\d+)m(\\d+(?:[.,]\\d+)?)s");

    private static final List<String> OPTIONS = List.of("-P", "-q", "-l", "-z", "lz4");

    private final String program;
    private final String bootstrap;

    KcatImporter(String program, String bootstrap) {
        this.program = program;
        this.bootstrap = bootstrap;
    }

    /** Returns whether the program is installed. */
    static boolean isInstalled(String program) {
        try {
            Process process = new ProcessBuilder(program, "-V")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Returns its options, for the report. */
    static String inWords() {
        return String.join(" ", OPTIONS) + "; acks=all, linger.ms=5 and batches of up to 1,000,000 B by default";
    }

    @Override
    public String row() {
        return ConnectBenchmark.KCAT;
    }

    @Override
    public boolean reads(Input.Kind kind) {
        return kind.isLines();
    }

    @Override
    public Use run(Input input, TopicLog log, Path folder) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", TIMED, "sh", program));
        command.addAll(OPTIONS);
        command.addAll(List.of("-b", bootstrap, "-t", log.topic(), input.path().toString()));
        try (ImportProcess process = ImportProcess.start(command, "", folder)) {
            List<String> lines = process.untilEnded(log);
            // its start takes some milliseconds, which are not worth a look
            return new Use(process.startMillis(), cpuSeconds(lines.get(lines.size() - 1)), 0, 0);
        }
    }

    /** Returns the sum of the user and the system time in a line of {@code times}. */
    static double cpuSeconds(String line) {
        Matcher time = TIME.matcher(line);
        double seconds = 0;
        int found = 0;
        while (time.find()) {
            seconds += 60 * Double.parseDouble(time.group(1))
                    + Double.parseDouble(time.group(2).replace(',', '.'));
            found++;
        }
        if (found != 2) {
            throw new IllegalStateException("no processor time in: " + line);
        }
        return seconds;
    }
}
