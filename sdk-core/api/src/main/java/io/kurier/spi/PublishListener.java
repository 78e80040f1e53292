// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import io.kurier.Receipt;

/**
 * Receives the outcome of every message: for metrics, audits and logs.
 *
 * <p>It runs on Kurier's own threads, never on Kafka's I/O thread nor in the caller of {@code publish}. It receives the
 * messages of one topic one after the other, in the order of their outcomes, and each before the dependents of its
 * future that run there. A listener that blocks delays the dependents of its topic, as a dependent does ({@link
 * io.kurier.Publisher}), and the messages that wait stay in memory. An exception of a listener is logged, and does not
 * change the message's outcome.
 */
public interface PublishListener {

    /**
     * Called when a message is stored.
     *
     * @param topic the alias of its topic
     * @param receipt the receipt that the future of {@code publish} completes with
     * @param nanos the time from the call to the acknowledgment, in nanoseconds
     */
    default void stored(String topic, Receipt receipt, long nanos) {}

    /**
     * Called when a message has failed. If a listener publishes the message again, or to a dead-letter topic, it is
     * called for that message as well if it fails, so it must distinguish the two. It may wait for the future of that
     * publish ({@code join}); the messages behind this one then continue on another thread.
     *
     * @param failed what is known of the message
     */
    default void failed(FailedMessage failed) {}

    /**
     * Returns whether {@link FailedMessage#message()} must be present. The publisher then keeps every message, with its
     * key and its value, until its outcome is known. Called once, at the start.
     */
    default boolean needsMessages() {
        return false;
    }
}
