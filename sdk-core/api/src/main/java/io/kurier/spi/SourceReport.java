// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

/** What a {@link ReportingTask} tells. Called from the task's thread. */
public interface SourceReport {

    /**
     * Part of the input could not be published.
     *
     * @param source the file or other input
     * @param position where in it, for people: {@code line 7}; empty if the whole input was refused
     * @param reason why, in words; it does not show the input
     */
    void rejected(String source, String position, String reason);

    /**
     * An input was read to its end.
     *
     * @param source the file or other input
     * @param records how many records it gave
     * @param bytes how many bytes of it were read
     */
    void finished(String source, long records, long bytes);

    /** All input that is there has been read. More may come later. */
    void drained();
}
