// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.completion;

/** Makes the threads of a publisher; a test can put one in its place that fails as an exhausted machine does. */
public interface ThreadMaker {
    ThreadMaker DAEMONS = CompletionThread::new;

    /**
     * A daemon thread, which is not started.
     *
     * @throws OutOfMemoryError if there is no memory for it; its start may throw that as well
     */
    Thread make(Runnable work, String name);
}
