// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.completion;

import org.jspecify.annotations.Nullable;

/**
 * Runs a completion that may have been queued before. An error on the thread that reports an outcome can leave it unknown
 * whether the completion was queued, and one that is in a queue must not be added again, since it is its own link.
 */
public final class RepeatedCompletion implements Completion {
    private final Completion completion;
    private @Nullable Completion next;

    /** Makes one of a completion that does nothing if it is complete already. */
    public RepeatedCompletion(Completion completion) {
        this.completion = completion;
    }

    @Override
    public boolean tryComplete() {
        return completion.tryComplete();
    }

    @Override
    public @Nullable Completion next() {
        return next;
    }

    @Override
    public void next(@Nullable Completion newNext) {
        next = newNext;
    }
}
