// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.avro;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads the whole numbers of Avro's binary encoding without reading ahead, as Avro's decoder would. */
final class Varint {
    private static final int MAX_BYTES = 10;

    private Varint() {}

    /**
     * Returns a long in zig-zag encoding.
     *
     * @throws EOFException if the input ends within it
     * @throws InvalidFileException if it is longer than a long can be
     */
    static long read(InputStream input) throws IOException, InvalidFileException {
        long bits = 0;
        for (int i = 0; i < MAX_BYTES; i++) {
            int b = input.read();
            if (b < 0) {
                throw new EOFException();
            }
            bits |= (b & 0x7FL) << (7 * i);
            if (b < 0x80) {
                return (bits >>> 1) ^ -(bits & 1);
            }
        }
        throw new InvalidFileException("a length has more bytes than any number needs");
    }
}
