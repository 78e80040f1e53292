// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Records since when a file has been unchanged. The time is measured between checks of this task by this JVM's
 * monotonic clock. The modification time is not used: it comes from another clock if the file is on another machine,
 * and a program that copies files sets it to any value.
 */
final class FileSnapshot {

    private @Nullable FoundFile found;
    /** When this state of the file was found first, in nanoseconds of {@link System#nanoTime()}. */
    private long since;

    private boolean quiet;

    /** Records the result of a check. */
    void see(FoundFile now, long nanos, Duration quietAfter) {
        if (now.equals(found)) {
            quiet = nanos - since >= quietAfter.toNanos();
        } else {
            found = now;
            since = nanos;
            quiet = false;
        }
    }

    /** Returns whether two checks, far enough apart, found the file in this state; false if it has changed since. */
    boolean isQuiet(FoundFile now) {
        return quiet && now.equals(found);
    }

    /**
     * Returns whether a file's attributes differ from the recorded ones, whatever the names; false if none were
     * recorded.
     */
    boolean differsFrom(FoundFile other) {
        FoundFile last = found;
        return last != null && (last.size() != other.size() || !last.modified().equals(other.modified()));
    }
}
