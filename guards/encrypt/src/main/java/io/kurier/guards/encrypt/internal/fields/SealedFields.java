// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt.internal.fields;

import io.kurier.spi.EncodedRecord;
import java.util.function.Function;

/** Encrypts the named fields of a topic's values, in one format. Safe for use by any number of threads. */
public interface SealedFields extends AutoCloseable {

    /**
     * Returns a value in which each named field is encrypted, and that is otherwise the same.
     *
     * @param record the record in plain text
     * @param value its value
     * @param changes makes the change of the record, for the bytes before the payload
     * @throws org.apache.kafka.common.errors.SerializationException if the value is not in the format, or has another
     *     kind of value in place of a field; the message is the end of a sentence and shows nothing of the value
     */
    byte[] seal(EncodedRecord record, byte[] value, Function<byte[], FieldChange> changes);

    /** Releases the framing. */
    @Override
    void close();
}
