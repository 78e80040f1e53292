// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import org.jspecify.annotations.Nullable;

/**
 * Reads one field of the encoded values of a topic, for a partitioner that chooses by it. Made by
 * {@link SerializerPlugin#fieldReader}; safe for use by any number of threads.
 */
@FunctionalInterface
public interface FieldReader {

    /**
     * Returns the value of the field as bytes that are the same in all formats, so that they can be hashed as a key is:
     * text, and the name of an enum constant, in UTF-8; a whole number in decimal digits; {@code true} or
     * {@code false}; bytes as they are.
     *
     * @param record a record that the topic's serializer made
     * @return the bytes, or null if the value is a tombstone or the field is missing or null
     * @throws org.apache.kafka.common.errors.SerializationException if the value cannot be read, or the field has
     *     another type, such as a number with a fraction, a list or a record; shows no value
     */
    byte @Nullable [] read(EncodedRecord record);

    /** Releases its resources. Called once, by the partitioner that uses it. */
    default void close() {}
}
