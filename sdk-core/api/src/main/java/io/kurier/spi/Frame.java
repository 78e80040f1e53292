// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import org.jspecify.annotations.Nullable;

/**
 * What stands before a payload and beside it.
 *
 * @param schema the schema that wrote the payload; null if the frame does not say, and the deserializer has to know
 * @param length of the frame in bytes: where the payload begins, seen from the beginning of the record's key or value
 */
public record Frame(@Nullable PayloadSchema schema, int length) {

    /** No bytes, and no schema. */
    public static final Frame NONE = new Frame(null, 0);

    /** Checks the length. */
    public Frame {
        if (length < 0) {
            throw new IllegalArgumentException("a frame cannot have " + length + " bytes");
        }
    }
}
