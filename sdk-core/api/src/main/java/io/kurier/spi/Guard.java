// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

/**
 * A check, or a change, of every encoded record of a topic before it leaves. Guards fail closed: if one throws, the
 * message is rejected and no byte is sent (a Kafka {@code ProducerInterceptor} that throws is logged and the record is
 * sent anyway).
 *
 * <p>The partition is chosen by the record as the serializers made it. So a guard may put another key into it, encrypted for
 * example, and equal keys still share a partition.
 *
 * <p>Called once a record in the thread that publishes (in a transaction, that of the work), by any number of threads at
 * once, however long the record then waits for room. Where a value becomes several records, each is guarded as it is
 * made, so those before a refused one may have left; readers make no value of them.
 */
@FunctionalInterface
public interface Guard {

    /**
     * Looks at a record.
     *
     * @param record the record as the serializers, or the guard before this one, made it. Headers may be added to it;
     *     its arrays may be the caller's own and must not be changed.
     * @return the record to send: the same one, or another of the same topic, such as {@link EncodedRecord#withValue}.
     *     Any other answer, null included, rejects the message, and so does one without the header {@code record.id} in a
     *     topic that has ids.
     * @throws RuntimeException if the record must not leave; the exception's message tells the caller why, and should
     *     show nothing of the record. An {@code Error} does the same.
     */
    EncodedRecord guard(EncodedRecord record);

    /** Releases what it holds; called once, when the publisher is closed and no record can come any more. */
    default void close() {}
}
