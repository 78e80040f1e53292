// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.completion;

/** Creates the threads of a publisher. A test can replace it with one that fails as an exhausted machine does. */
public interface ThreadMaker {
    ThreadMaker DAEMONS = CompletionThread::new;

    /**
     * Returns a daemon thread that is not started.
     *
     * @throws OutOfMemoryError if there is no memory for the thread; its start may throw that as well
     */
    Thread make(Runnable work, String name);
}
