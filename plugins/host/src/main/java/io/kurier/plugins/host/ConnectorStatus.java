// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a connector of a {@link ConnectorHost} does at present. Immutable.
 *
 * @param name the connector's name
 * @param state the state of the connector itself; its tasks have their own
 * @param lastError why the connector last failed, as text; null if it never did
 * @param tasks its tasks, by number; empty while it is stopped
 */
public record ConnectorStatus(
        String name, State state, @Nullable String lastError, List<TaskStatus> tasks) {

    /** Copies the list. */
    public ConnectorStatus {
        tasks = List.copyOf(tasks);
    }

    /** The states of connectors and tasks, with Connect's names. */
    public enum State {
        /** It runs. */
        RUNNING,
        /** {@link ConnectorHost#pause} was called: a task is not polled until {@link ConnectorHost#resume}. */
        PAUSED,
        /** {@link ConnectorHost#stop} or {@code close} was called, or is under way. */
        STOPPED,
        /** It failed and will be started again after a pause. */
        RESTARTING,
        /** It failed and will not be started again, until {@link ConnectorHost#restart}. */
        FAILED
    }

    /**
     * What a task does at present. The counts are those since the host has started the task first.
     *
     * @param number the task's number in its connector, from 0
     * @param lastError why the task last failed, as text; null if it never did
     * @param restarts the number of times that it was started again after an error
     * @param records the number of records that were stored
     * @param bytes the size of their values in bytes, as encoded
     * @param rejected the number of records, and of parts of the input, that were left out as invalid
     * @param sourcePartition the source partition of the last record whose offset was committed; empty if there is none
     * @param sourceOffset the offset of that record; empty if there is none
     * @param remainingBytes how much of the source is known and not read yet, in bytes; -1 if the task does not report
     *     it
     */
    public record TaskStatus(
            int number,
            State state,
            @Nullable String lastError,
            long restarts,
            long records,
            long bytes,
            long rejected,
            Map<String, ?> sourcePartition,
            Map<String, ?> sourceOffset,
            long remainingBytes) {}
}
