// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.plugins.host.ConnectorStatus.State;
import io.kurier.plugins.host.ConnectorStatus.TaskStatus;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What a task has done, over all of its runs. Safe for use by any number of threads, which may see values of different
 * moments.
 */
final class TaskCounters {
    private static final SourcePosition NOWHERE = new SourcePosition(Map.of(), Map.of());

    private final LongAdder records = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private volatile long remainingBytes = -1;
    private volatile SourcePosition position = NOWHERE;

    private record SourcePosition(Map<String, ?> partition, Map<String, ?> offset) {}

    /** Adds stored records. */
    void stored(long count, long size) {
        records.add(count);
        bytes.add(size);
    }

    /** Adds a record or a part of the input that was left out as invalid. */
    void rejected() {
        rejected.increment();
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
                records.sum(),
                bytes.sum(),
                rejected.sum(),
                last.partition,
                last.offset,
                remainingBytes);
    }
}
