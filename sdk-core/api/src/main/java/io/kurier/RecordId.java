// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The id of a record in a topic with {@code record.id=true}: 16 bytes in the header {@code record.id}.
 *
 * <p>The id is added when a message is published, before its guards and before the record is passed to Kafka, so the id
 * stays the same however often the record is sent. No two records have the same id; a large value has one in each of
 * its records. {@link Publisher#resolve(DeliveryHandle)} finds a message by its ids, and a consumer can use them to
 * detect a record that it has already read.
 */
public final class RecordId {
    /** The name of the header. */
    public static final String HEADER = "record.id";

    private static final int BYTES = 16;

    private RecordId() {}

    /** Returns the id in a record's headers, or empty if there is none or its value is not 16 bytes. */
    public static Optional<UUID> of(Headers headers) {
        Objects.requireNonNull(headers, "headers");
        Header header = headers.lastHeader(HEADER);
        if (header == null || header.value() == null || header.value().length != BYTES) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(header.value());
        return Optional.of(new UUID(bytes.getLong(), bytes.getLong()));
    }

    /** Returns the value of the header for an id: its 16 bytes, the most significant first. */
    public static byte[] bytes(UUID id) {
        Objects.requireNonNull(id, "id");
        return ByteBuffer.allocate(BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
