// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.completion;

import org.jspecify.annotations.Nullable;

/** What waits in a {@link CompletionQueue}. It is its own link, so that to wait costs no object. */
public interface Completion {

    /**
     * Its place in the queue is reached, on a thread of Kurier's own.
     *
     * @return whether it is done; if not, for want of memory, it has another try
     */
    boolean tryComplete();

    /** The one that the queue has linked to this. */
    @Nullable
    Completion next();

    /** Links it to another; for the queue only. */
    void next(@Nullable Completion completion);
}
