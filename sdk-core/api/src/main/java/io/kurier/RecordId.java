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
 * <p>A message gets it when it is published, before it is guarded and before Kafka sees it, so that however often it is
 * sent it is the same. No two records have the same one; a large value has one in each of its records. By it
 * {@link Publisher#resolve(DeliveryHandle)} finds a message, and a reader can tell a record that it has seen.
 */
public final class RecordId {
    /** The name of the header. */
    public static final String HEADER = "record.id";

    private static final int BYTES = 16;

    private RecordId() {}

    /** The id in a record's headers, if there is one. */
    public static Optional<UUID> of(Headers headers) {
        Objects.requireNonNull(headers, "headers");
        Header header = headers.lastHeader(HEADER);
        if (header == null || header.value() == null || header.value().length != BYTES) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(header.value());
        return Optional.of(new UUID(bytes.getLong(), bytes.getLong()));
    }

    /** The bytes of the header's value. */
    public static byte[] bytes(UUID id) {
        Objects.requireNonNull(id, "id");
        return ByteBuffer.allocate(BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
