// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.publish;

import org.jspecify.annotations.Nullable;

/** What waits in a {@link TurnQueue}. It is its own link, so that to wait costs no object. */
interface Turn {

    /**
     * Its turn has come, on a thread of Kurier's own.
     *
     * @return whether it is done; if not, for want of memory, it has another turn
     */
    boolean come();

    /** The one that the queue has linked to this. */
    @Nullable
    Turn next();

    /** Links it to another; for the queue only. */
    void next(@Nullable Turn turn);
}
