// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * A process that does not run, as after {@code kill -STOP}, until it is continued. A shell sends both signals, since
 * Java cannot. It sends the second one when its input ends, so that no process stays stopped when its owner is dead.
 */
final class StoppedProcess {
    private static final String SCRIPT = "kill -STOP \"$0\" && echo stopped && read -r end; kill -CONT \"$0\"";
    private static final int LIMIT_SECONDS = 30;

    private final Process shell;

    private StoppedProcess(Process shell) {
        this.shell = shell;
    }

    /**
     * Stops a process, and returns when that is done.
     *
     * @throws IllegalStateException if it cannot be stopped
     */
    static StoppedProcess stop(long pid) {
        try {
            Process shell = new ProcessBuilder("sh", "-c", SCRIPT, Long.toString(pid))
                    .redirectErrorStream(true)
                    .start();
            String said = shell.inputReader(StandardCharsets.UTF_8).readLine();
            if (!"stopped".equals(said)) {
                shell.destroyForcibly();
                throw new IllegalStateException("process " + pid + " cannot be stopped: " + said);
            }
            return new StoppedProcess(shell);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "process " + pid + " cannot be stopped, which takes a POSIX shell (sh): " + e.getMessage(), e);
        }
    }

    /** Lets the process run again, and returns when that is done. Does nothing to a process that was killed. */
    void resume() {
        try {
            shell.getOutputStream().close();
            shell.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
        } catch (IOException | CompletionException e) {
            throw new IllegalStateException("the stopped process cannot be continued: " + e.getMessage(), e);
        }
    }
}
