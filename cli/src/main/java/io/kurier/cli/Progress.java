// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on a terminal, no output elsewhere. Safe for use by any number of threads. */
final class Progress implements AutoCloseable {
    /** Set by the launcher if standard error is a terminal; Java cannot distinguish it from a pipe before JDK 22. */
    private static final String TERMINAL = "kurier.terminal";

    /** What a terminal obeys: return to the first column, and clear the line. */
    private static final String CLEARED_LINE = "\r\033[K";

    private static final int WIDTH = 80;
    private static final long KILO = 1_000;

    private final String what;
    private final long bytes;
    private @Nullable ProgressBar bar;
    private boolean closed;

    /**
     * Creates a bar that is not shown before the first progress, so that an early failure is one line.
     *
     * @param what the action
     * @param bytes the sum of all steps; -1 if it is not known
     */
    Progress(String what, long bytes) {
        this.what = what;
        this.bytes = bytes;
    }

    /** Returns whether standard error is a terminal. */
    static boolean isOnTerminal() {
        return Boolean.getBoolean(TERMINAL);
    }

    synchronized void add(long done) {
        if (closed || !isOnTerminal()) {
            return;
        }
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName(what)
                    .setInitialMax(bytes)
                    .setUnit(" kB", KILO)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                    .build();
        }
        bar.stepBy(done);
    }

    /** Prints a line above the bar, which the next progress shows again. */
    synchronized void println(PrintWriter err, String line) {
        if (bar != null) {
            err.print(CLEARED_LINE);
        }
        err.println(line);
    }

    /** Completes the bar: files have bytes that no record has, so the sum of the steps is less. */
    synchronized void complete() {
        if (bar != null && bytes >= 0) {
            bar.stepTo(bytes);
        }
        close();
    }

    /** Leaves the bar as it is; later progress is not shown. */
    @Override
    public synchronized void close() {
        closed = true;
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
