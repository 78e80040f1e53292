// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.completion;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Completes when all completions queued for a topic before it are done. */
public final class FlushMarker extends CompletableFuture<Void> implements Completion {
    private @Nullable Completion next;

    @Override
    public boolean tryComplete() {
        complete(null);
        return true;
    }

    @Override
    public @Nullable Completion next() {
        return next;
    }

    @Override
    public void next(@Nullable Completion completion) {
        next = completion;
    }
}
