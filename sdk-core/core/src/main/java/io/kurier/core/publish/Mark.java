// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.publish;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Completes when all that stood before it in a lane is done. */
final class Mark extends CompletableFuture<Void> implements Turn {
    private @Nullable Turn next;

    @Override
    public boolean come() {
        complete(null);
        return true;
    }

    @Override
    public @Nullable Turn next() {
        return next;
    }

    @Override
    public void next(@Nullable Turn turn) {
        next = turn;
    }
}
