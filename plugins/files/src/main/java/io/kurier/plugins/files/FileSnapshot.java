// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import io.kurier.plugins.files.FolderScan.Found;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Since when a file looks as it does. Measured between looks of this task by the clock of this JVM that only goes
 * forward, because the time of modification is of another clock if the file lies on another machine, and whatever a
 * program that copies files has set.
 */
final class FileSnapshot {

    private @Nullable Found found;
    /** When it was seen like this first, in nanoseconds of {@link System#nanoTime()}. */
    private long since;

    private boolean quiet;

    /** Takes note of a look. */
    void see(Found now, long nanos, Duration quietAfter) {
        if (now.equals(found)) {
            quiet = nanos - since >= quietAfter.toNanos();
        } else {
            found = now;
            since = nanos;
            quiet = false;
        }
    }

    /** Whether the file looked like this at two looks, far enough apart; false if it looks otherwise now. */
    boolean isQuiet(Found now) {
        return quiet && now.equals(found);
    }

    /** Whether a file looks otherwise than this one did, whatever their names; false if this one was not seen. */
    boolean differsFrom(Found other) {
        Found last = found;
        return last != null && (last.size() != other.size() || !last.modified().equals(other.modified()));
    }
}
