// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.completion;

import org.jspecify.annotations.Nullable;

/** An entry of a {@link CompletionQueue}. It is its own link, so that queuing it allocates no object. */
public interface Completion {

    /**
     * Called when the completion has reached the head of the queue, on a thread of Kurier's own. Called again if the
     * thread died in it, so that a second call must do no more than what the first has left undone.
     *
     * @return whether it is done; if not, because memory ran out, it is tried again
     */
    boolean tryComplete();

    /** The next completion, as linked by the queue. */
    @Nullable
    Completion next();

    /** Links the next completion; called only by the queue. */
    void next(@Nullable Completion completion);
}
