// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

/**
 * A check, or a change, of every encoded record of a topic before it leaves. Guards fail closed: if one throws, the
 * message is rejected and no byte is sent (a Kafka {@code ProducerInterceptor} that throws is logged and the record is
 * sent anyway). Called by any number of threads.
 */
@FunctionalInterface
public interface Guard {

    /**
     * Looks at a record.
     *
     * @return the record to send: the same one, or another with changed bytes
     * @throws RuntimeException if the record must not leave; the exception's message tells the caller why
     */
    EncodedRecord guard(EncodedRecord record);
}
