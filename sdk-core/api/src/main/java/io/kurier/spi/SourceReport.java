// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

/** Receives the reports of a {@link ReportingTask}. Called from the task's thread. */
public interface SourceReport {

    /**
     * Reports that part of the input could not be published.
     *
     * @param source the file or other input
     * @param position the position in it, as text for people: {@code line 7}; empty if the whole input was refused
     * @param reason the reason, as text; it does not show the input
     */
    void rejected(String source, String position, String reason);

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
}
