// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import io.kurier.PublishException;
import io.kurier.Receipt;

/**
 * Hears of every message that has reached its outcome: for metrics, audits and logs.
 *
 * <p>It runs on threads of Kurier's own, never on Kafka's I/O thread nor in the caller of {@code publish}: the messages
 * of one topic one after the other, in the order of their outcomes, and each before the dependents of its future that
 * run there. A listener that blocks delays the dependents of its topic, and what waits stands in memory. One that
 * throws is logged, and the message's outcome stays what it is.
 */
public interface PublishListener {

    /**
     * A message is stored.
     *
     * @param topic the alias of its topic
     * @param receipt what {@code publish} answers
     * @param nanos how long it took from the call to the acknowledgment, in nanoseconds
     */
    default void stored(String topic, Receipt receipt, long nanos) {}

    /**
     * A message failed.
     *
     * @param topic the alias of its topic, as far as it is known
     * @param failure what {@code publish} answers: stage, outcome, retriability, cause
     * @param nanos how long it took from the call to the outcome, in nanoseconds
     */
    default void failed(String topic, PublishException failure, long nanos) {}
}
