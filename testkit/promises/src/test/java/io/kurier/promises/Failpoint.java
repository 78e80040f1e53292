// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A moment at which a process with a connector halts at once, as if it were killed just then. */
enum Failpoint {
    /** A poll has returned records, and none of them is published. */
    AFTER_POLL,
    /** The source offsets are added to the transaction, behind its records, and nothing of them is known to be stored. */
    BEFORE_COMMIT,
    /** Records and offsets are stored, and the transaction's end is not requested. */
    BEFORE_END,
    /** The transaction is committed, and the task was notified and has not polled since then. */
    AFTER_COMMIT;

    /** Reported just before the process halts. */
    static final String HALTS = "halts";

    private static final AtomicInteger LEFT = new AtomicInteger();
    private static volatile @Nullable Failpoint armed;
    private static volatile @Nullable Parent parent;

    /** Makes this process halt when a failpoint is reached for the given time, from 1. */
    static void arm(Failpoint at, int time, Parent listener) {
        LEFT.set(time);
        parent = listener;
        armed = at;
    }

    /** Halts the process if this is the moment. */
    void reached() {
        Parent listener = parent;
        if (armed == this && listener != null && LEFT.decrementAndGet() == 0) {
            listener.say(HALTS, ordinal());
            Runtime.getRuntime().halt(1);
        }
    }
}
