// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.avro;

import io.kurier.plugins.files.FileInput;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The 16 random bytes behind the header and behind every block of one file, by which a reader finds the next block
 * after damage.
 *
 * @param high the first eight bytes
 * @param low the last eight bytes
 */
record SyncMarker(long high, long low) {

    static final int BYTES = 16;

    static SyncMarker of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new SyncMarker(buffer.getLong(), buffer.getLong());
    }

    /** Returns whether the marker is at a position; moves the input. */
    boolean isAt(FileInput input, long position) throws IOException {
        if (position < 0) {
            return false;
        }
        input.seek(position);
        byte[] bytes = input.readNBytes(BYTES);
        return bytes.length == BYTES && of(bytes).equals(this);
    }

    /** Returns the position behind the first marker at or after a position, or -1 if there is none. */
    long findBehind(FileInput input, long position) throws IOException {
        input.seek(position);
        long seenHigh = 0;
        long seenLow = 0;
        int c = input.read();
        for (long count = 1; c >= 0; count++) {
            seenHigh = seenHigh << 8 | seenLow >>> 56;
            seenLow = seenLow << 8 | c;
            if (seenLow == low && seenHigh == high && count >= BYTES) {
                return input.position();
            }
            c = input.read();
        }
        return -1;
    }
}
