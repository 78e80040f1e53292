// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

/**
 * Checks or changes every encoded record of a topic before it is sent. Guards fail closed: if one throws, the message
 * is rejected and no byte is sent (if a Kafka {@code ProducerInterceptor} throws, Kafka logs it and sends the record
 * anyway).
 *
 * <p>The partition is chosen from the record that the serializers made. So a guard may replace the key, for example by
 * an encrypted one, and records with equal keys still share a partition.
 *
 * <p>Called once for each record in the thread that publishes (in a transaction, the thread of the callback), by any
 * number of threads at once, even if the record then waits for room. If a value becomes several records, each is
 * guarded when it is made, so those before a refused one may already have been sent; readers do not make a value of
 * them.
 */
@FunctionalInterface
public interface Guard {

    /**
     * Checks a record, and returns the record to send.
     *
     * @param record the record that the serializers, or the guard before this one, made. Headers may be added to it;
     *     its arrays may be the caller's own and must not be changed.
     * @return the record to send: the same one, or another of the same topic, for example by {@link
     *     EncodedRecord#withValue}. Any other result, including null, rejects the message, and so does a record without
     *     the header {@code record.id} in a topic that has ids.
     * @throws RuntimeException if the record must not be sent. The exception's message explains the reason to the
     *     caller, and should show nothing of the record. An {@code Error} rejects the message as well.
     */
    EncodedRecord guard(EncodedRecord record);

    /**
     * Returns whether it only lets records through as they are, or refuses them. If a topic has a guard that does more,
     * its dead letters have neither key nor value nor headers of a record that has not passed all guards, since this
     * one may be there to encrypt or to remove something. May be called at any time, by any thread.
     */
    default boolean onlyChecks() {
        return false;
    }

    /** Releases its resources. Called once, when the publisher is closed and no record can follow. */
    default void close() {}
}
