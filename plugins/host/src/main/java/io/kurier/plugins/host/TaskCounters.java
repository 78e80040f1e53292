// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.plugins.host.ConnectorStatus.State;
import io.kurier.plugins.host.ConnectorStatus.TaskStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a task has done, over all of its runs. One run at a time writes; any thread reads, and sees values of one moment
 * or another.
 */
final class TaskCounters {
    private static final SourcePosition NOWHERE = new SourcePosition(Map.of(), Map.of());

    private volatile long records;
    private volatile long bytes;
    private volatile long rejected;
    private volatile long remainingBytes = -1;
    private volatile SourcePosition position = NOWHERE;

    private record SourcePosition(Map<String, ?> partition, Map<String, ?> offset) {}

    /** Adds stored records; called by one thread at a time. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void stored(long count, long size) {
        records += count;
        bytes += size;
    }

    /** Adds a record or a part of the input that was left out as invalid; called by one thread at a time. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void rejected() {
        rejected++;
    }

    void committed(Map<String, ?> partition, @Nullable Map<String, ?> offset) {
        position = new SourcePosition(partition, offset == null ? Map.of() : offset);
    }

    void remaining(long size) {
        remainingBytes = size;
    }

    TaskStatus status(int number, State state, @Nullable String lastError, long restarts) {
        SourcePosition last = position;
        return new TaskStatus(
                number,
                state,
                lastError,
                restarts,
                records,
                bytes,
                rejected,
                last.partition,
                last.offset,
                remainingBytes);
    }
}
