// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import io.kurier.core.internal.completion.ThreadMaker;

/** Makes threads until a test says that there are no more: then a start fails as it does on an exhausted machine. */
final class ScarceThreads implements ThreadMaker {
    private static final String MONITOR = "kurier-monitor";

    private volatile boolean exhausted;

    void exhaust() {
        exhausted = true;
    }

    void recover() {
        exhausted = false;
    }

    @Override
    public Thread make(Runnable work, String name) {
        Thread thread = DAEMONS.make(work, name);
        if (exhausted && !name.equals(MONITOR)) {
            throw new OutOfMemoryError(
                    "unable to create native thread: possibly out of memory or process/resource limits" + " reached");
        }
        return thread;
    }
}
