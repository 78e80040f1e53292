// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on a terminal, one line elsewhere. Safe for use by any number of threads. */
final class Progress implements AutoCloseable {
    /** Set by the launcher where standard error is a terminal; Java cannot tell it from a pipe before JDK 22. */
    private static final String TERMINAL = "kurier.terminal";

    private static final int WIDTH = 80;

    private final @Nullable ProgressBar bar;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    static Progress of(String what, long bytes, PrintWriter err) {
        if (!Boolean.getBoolean(TERMINAL)) {
            err.println(what + " " + Sizes.of(bytes));
            return new Progress(null);
        }
        return new Progress(new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(bytes)
                .setUnit(" KB", 1_000)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                .build());
    }

    void add(long bytes) {
        if (bar != null) {
            bar.stepBy(bytes);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.stepTo(bar.getMax());
            bar.close();
        }
    }
}
