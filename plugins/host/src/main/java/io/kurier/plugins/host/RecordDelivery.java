// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** How the records of one run of a task reach their topics, and their offsets the storage. Used by the task's thread. */
interface RecordDelivery {

    void start();

    /**
     * Publishes what a poll has returned; waits for room. With {@code errors.tolerance=none} nothing behind a record that
     * is known to be invalid is published, and everything before it is settled on return.
     */
    void publish(List<SourceRecord> records) throws InterruptedException;

    /** Takes a part of the input that the task refuses, behind all records published before. */
    void rejected(RejectedInputException input) throws InterruptedException;

    /** Waits until every record is settled and the offsets are stored, or the run is to end. */
    void awaitSettled() throws InterruptedException;

    /** Returns why the run must end; null while there is no reason. Safe for any thread. */
    @Nullable
    Throwable failure();

    /** Returns whether any offset was committed. Safe for any thread. */
    boolean hasAdvanced();

    /** Returns whether offsets were stored since the last call. */
    boolean takeStored();

    /** Settles what was published, as far as there was no failure, and ends the threads. */
    void end() throws InterruptedException;

    /** Releases what it holds; it was never started, or {@link #end} was called. */
    void close();

    /** Interrupts what does not end by itself. Safe for any thread. */
    void interrupt();
}
