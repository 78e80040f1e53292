// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import org.jspecify.annotations.Nullable;

/**
 * The bytes before a payload, and the schema that they and the headers name.
 *
 * @param schema the schema that wrote the payload; null if the frame does not name it, and the deserializer has to know
 *     it
 * @param length the length of the frame in bytes: the offset of the payload from the beginning of the record's key or
 *     value
 */
public record Frame(@Nullable PayloadSchema schema, int length) {

    /** The frame without bytes and without a schema. */
    public static final Frame NONE = new Frame(null, 0);

    /** Checks the length. */
    public Frame {
        if (length < 0) {
            throw new IllegalArgumentException("a frame cannot have " + length + " bytes");
        }
    }
}
