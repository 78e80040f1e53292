// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.PublishException;
import io.kurier.Receipt;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Receives the events of a {@link ConnectorHost}. Called from the threads of tasks, so by several threads at a time, and
 * for one task in the order of its records; a method that blocks delays its task. An exception is logged and has no other
 * effect. Do not close the host or the publisher from here: they wait for these very threads.
 */
public interface HostListener {

    /** A listener that ignores all events. */
    HostListener NONE = new HostListener() {};

    /** A record was stored. */
    default void published(String connector, SourceRecord record, Receipt receipt) {}

    /**
     * A record was not stored, or it is unknown whether it was. It is left out or ends its task, see
     * {@link ConnectorHost}.
     */
    default void failed(String connector, SourceRecord record, PublishException reason) {}

    /**
     * A task refused part of its input, before any record was made of it. This part is left out or ends the task, as a
     * record does that failed.
     *
     * @param source the file or other input
     * @param position where in it, for messages; empty if all of it was refused
     * @param reason why, as text
     */
    default void rejected(String connector, String source, String position, String reason) {}

    /** A task has read an input to its end. */
    default void finished(String connector, String source, long records, long bytes) {}

    /**
     * A task has failed.
     *
     * @param task its number, from 0
     * @param restarts whether it will be started again after a pause
     */
    default void taskFailed(String connector, int task, ConnectorFailedException reason, boolean restarts) {}
}
