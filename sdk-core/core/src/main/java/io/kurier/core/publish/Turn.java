// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.publish;

import org.jspecify.annotations.Nullable;

/** What waits in a {@link Lane}. It is its own link, so that to wait costs no object. */
interface Turn {

    /** Its turn has come; called once, on a thread of Kurier's own. */
    void come();

    /** The one that the lane has linked to this. */
    @Nullable
    Turn next();

    /** Links it to another; for the lane only. */
    void next(@Nullable Turn turn);
}
