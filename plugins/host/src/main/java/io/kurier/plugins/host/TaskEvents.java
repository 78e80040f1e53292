// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import org.jspecify.annotations.Nullable;

/** What a {@link TaskRun} reports, on its thread. */
interface TaskEvents {

    /** All present input has been read, and every record of it is stored or left out. */
    void drained();

    /** The task is not polled any more, or is polled again. */
    void paused(boolean paused);

    /** The run has ended: the task is stopped and none of its records is under way. Null if it was stopped on request. */
    void ended(@Nullable ConnectorFailedException failure);
}
