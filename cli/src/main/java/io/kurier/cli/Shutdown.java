// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes Ctrl-C and SIGTERM end a command like its normal end: its thread is interrupted, and the JVM waits until the
 * command has closed what it has opened and has deleted its files. There is one hook for all commands, which is
 * registered before the first of them opens anything, so that the whole start is covered. Another signal ends the JVM
 * at once.
 */
final class Shutdown {
    /** The system property for the maximum time in seconds that a command may take to end. */
    static final String LIMIT = "kurier.shutdown.seconds";

    /** Longer than a broker takes to stop in the middle of its start, on a machine that is not busy. */
    private static final int SECONDS = 8;

    private static volatile @Nullable Duration cleanEnd;

    private final @Nullable Integer seconds = Integer.getInteger(LIMIT);

    private final CountDownLatch over = new CountDownLatch(1);
    private volatile int exitCode;

    private Shutdown() {}

    /** Ends the command that the calling thread is about to run when the JVM is asked to end. */
    static Shutdown ofThisThread() {
        Shutdown shutdown = new Shutdown();
        Thread command = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> shutdown.end(command), "kurier-shutdown"));
        return shutdown;
    }

    /**
     * Lets the running command take longer to end than others, and its own exit code count: one that is to run until it
     * is stopped has then done what it was asked for.
     *
     * @param limit the maximum time, unless the system property gives another
     */
    static void awaitCleanEnd(Duration limit) {
        cleanEnd = limit;
    }

    /** Must be called when the command has ended and there is nothing left to wait for. */
    void commandIsOver(int code) {
        exitCode = code;
        over.countDown();
    }

    private void end(Thread command) {
        if (over.getCount() == 0) {
            return;
        }
        Duration ofCommand = cleanEnd;
        Duration limit = seconds != null
                ? Duration.ofSeconds(seconds)
                : ofCommand == null ? Duration.ofSeconds(SECONDS) : ofCommand;
        SecondSignal.endsAtOnce();
        command.interrupt();
        try {
            if (!over.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("kurier: it did not end within " + limit.toSeconds()
                        + " s and is cut off; temporary folders named kurier-* may be left in "
                        + System.getProperty("java.io.tmpdir")
                        + "; KURIER_JAVA_OPTS=-D" + LIMIT + "=N waits longer");
            } else if (ofCommand != null && exitCode != ExitCode.INTERRUPTED) {
                Runtime.getRuntime().halt(exitCode);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
