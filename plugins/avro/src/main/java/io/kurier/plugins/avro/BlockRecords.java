// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.avro;

import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a block one by one, and skips those that are too large. One byte can become an object of fifty
 * bytes, so if a block could hold records that are too large, each record is measured before it is created.
 */
final class BlockRecords {
    private final byte[] bytes;
    private final int maxBytes;
    private final RecordDecoder decoding;
    private final boolean measured;
    private final BinaryDecoder decoder;
    private @Nullable BinaryDecoder slice;
    private int lastBytes;

    BlockRecords(byte[] bytes, int maxBytes, RecordDecoder decoding) {
        this.bytes = bytes;
        this.maxBytes = maxBytes;
        this.decoding = decoding;
        // A decoder that counts items enforces the limit itself, and skipping would not count.
        this.measured = bytes.length > maxBytes && !decoding.counts();
        this.decoder = DecoderFactory.get().binaryDecoder(bytes, 0, bytes.length, null);
    }

    /**
     * Returns the next record; null if it is too large.
     *
     * @throws IOException if the bytes end too early
     * @throws AvroRuntimeException or any other, or a {@code StackOverflowError}, if the bytes are not a valid record
     */
    @Nullable
    IndexedRecord next() throws IOException {
        int start = bytes.length - left();
        IndexedRecord record = null;
        if (measured) {
            decoding.skip(decoder);
        } else {
            record = decoding.next(decoder, maxBytes);
        }
        lastBytes = bytes.length - left() - start;
        if (lastBytes > maxBytes) {
            return null;
        }
        return record == null ? decode(start) : record;
    }

    /** Returns the size of the last record in bytes. */
    int lastBytes() {
        return lastBytes;
    }

    /** Returns the number of bytes behind the last record. */
    int left() throws IOException {
        return decoder.remainingBytes();
    }

    private IndexedRecord decode(int start) throws IOException {
        slice = DecoderFactory.get().binaryDecoder(bytes, start, lastBytes, slice);
        IndexedRecord record = decoding.next(slice, maxBytes);
        if (slice.remainingBytes() > 0) {
            // An array can declare how many bytes to skip, and the declared number can be wrong.
            throw new AvroRuntimeException("skipping led to another end");
        }
        return record;
    }
}
