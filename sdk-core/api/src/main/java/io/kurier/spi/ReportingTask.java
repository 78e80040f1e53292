// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

/**
 * The optional capability of a Kafka Connect {@code SourceTask} to report to its host which input it refused and when
 * it has read all input, which Connect's interfaces cannot express. A Connect worker does not call it, and the task
 * only logs.
 */
public interface ReportingTask {

    /** Sets the receiver of the reports; called before {@code start}. */
    void reportTo(SourceReport report);
}
