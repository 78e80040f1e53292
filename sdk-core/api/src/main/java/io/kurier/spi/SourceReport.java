// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import org.jspecify.annotations.Nullable;

/** Receives the reports of a {@link ReportingTask}. Called from the task's thread. */
public interface SourceReport {

    /**
     * Reports that part of the input could not be published. To be called in {@code poll}, and only when all records
     * before this part have been returned by earlier calls: the host settles records and rejections in this order.
     *
     * @param source the file or other input
     * @param position the position in it, as text for people: {@code line 7}; empty if the whole input was refused
     * @param reason the reason, as text; it does not show the input
     * @param content the part as it is in the input, for a dead letter; null if it is unknown or too large to be kept
     */
    void rejected(String source, String position, String reason, byte @Nullable [] content);

    /**
     * Reports that an input was read to its end.
     *
     * @param source the file or other input
     * @param records the number of records that it contained
     * @param bytes the number of bytes of it that were read
     */
    void finished(String source, long records, long bytes);

    /** Reports that all present input has been read. More may come later. */
    void drained();

    /**
     * Reports how much of the present input has not been read yet; from time to time, as it changes.
     *
     * @param bytes the number of bytes
     */
    default void remaining(long bytes) {}
}
