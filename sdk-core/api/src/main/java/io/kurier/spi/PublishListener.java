// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import io.kurier.Receipt;

/**
 * Hears of every message that has reached its outcome: for metrics, audits and logs.
 *
 * <p>It runs on threads of Kurier's own, never on Kafka's I/O thread nor in the caller of {@code publish}: the messages
 * of one topic one after the other, in the order of their outcomes, and each before the dependents of its future that
 * run there. A listener that blocks delays the dependents of its topic, as a dependent does
 * ({@link io.kurier.Publisher}), and what waits stands in memory. One that throws is logged, and the message's outcome stays
 * what it is.
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
     * A message failed. A listener that publishes it again, or to a dead-letter topic, hears of that message as well if it
     * fails, so it must tell the two apart. It may wait for the future of that publish ({@code join}); the messages behind
     * this one then go on on another thread.
     *
     * @param failed what is known of it
     */
    default void failed(FailedMessage failed) {}

    /**
     * Whether {@link FailedMessage#message()} is to be there. The publisher then keeps every message, with its key and its
     * value, until its outcome is known. Asked once, at the start.
     */
    default boolean needsMessages() {
        return false;
    }
}
