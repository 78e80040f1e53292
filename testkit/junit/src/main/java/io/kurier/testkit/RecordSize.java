// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import io.kurier.spi.EncodedRecord;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The size of a record in Kafka's record format (magic 2, KIP-98), alone in a batch that is not compressed, in bytes.
 * {@code max.request.size} and {@code max.message.bytes} are compared with it.
 *
 * @param client the upper bound that the producer calculates with
 * @param broker the size of the batch that the broker receives
 */
record RecordSize(int client, int broker) {
    private static final int BATCH_OVERHEAD = 61;
    // Length, attributes, timestamp delta and offset delta, each at its longest.
    private static final int LONGEST_RECORD_OVERHEAD = 21;
    // Attributes, and the two deltas, which are 0 in the first record of a batch.
    private static final int FIRST_RECORD_OVERHEAD = 3;

    static RecordSize of(EncodedRecord record) {
        int content = withLength(record.key()) + withLength(record.value());
        int headers = 0;
        for (Header header : record.headers()) {
            int name = header.key().getBytes(StandardCharsets.UTF_8).length;
            content += varint(name) + name + withLength(header.value());
            headers++;
        }
        content += varint(headers);
        int body = FIRST_RECORD_OVERHEAD + content;
        return new RecordSize(BATCH_OVERHEAD + LONGEST_RECORD_OVERHEAD + content, BATCH_OVERHEAD + varint(body) + body);
    }

    private static int withLength(byte @Nullable [] bytes) {
        return bytes == null ? varint(-1) : varint(bytes.length) + bytes.length;
    }

    /** Returns the number of bytes in Kafka's variable-length encoding: zigzag, seven bits per byte. */
    private static int varint(int number) {
        int zigzag = (number << 1) ^ (number >> 31);
        return 1 + (31 - Integer.numberOfLeadingZeros(zigzag | 1)) / 7;
    }
}
