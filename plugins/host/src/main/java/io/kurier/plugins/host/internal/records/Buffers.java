// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import java.nio.ByteBuffer;

/** Reads buffers without changing them: a record may be converted more than once. */
final class Buffers {
    private Buffers() {}

    /** Returns a copy of the bytes between position and limit. */
    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
