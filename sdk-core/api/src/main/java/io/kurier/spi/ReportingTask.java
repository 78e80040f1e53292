// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

/**
 * The optional capability of a Kafka Connect {@code SourceTask}: it tells its host which input it refused and when it
 * has read all there is, for which Connect's interfaces have no words. On a Connect worker nobody calls it, and the
 * task only logs.
 */
public interface ReportingTask {

    /** Sets the listener; called before {@code start}. */
    void reportTo(SourceReport report);
}
