// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.time;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether a condition that is looked at from time to time lasts. Used by one thread at a time. */
public final class Lasting {
    private final long nanos;
    private @Nullable Long since;

    /** Makes one for a condition that has not been seen yet, and matters after a time. */
    public Lasting(Duration after) {
        nanos = Durations.nanos(after);
    }

    /**
     * Notes what is seen.
     *
     * @param now the time ({@link System#nanoTime()})
     * @return whether the condition was seen each time for that long
     */
    public boolean look(boolean holds, long now) {
        if (!holds) {
            since = null;
            return false;
        }
        if (since == null) {
            since = now;
        }
        return now - since >= nanos;
    }
}
