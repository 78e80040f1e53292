// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.Message;
import io.kurier.spi.PublishSpan;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The optional parts of a message besides key and value. Most messages have none of them, and share {@link #NONE}.
 *
 * @param headers the record's headers
 * @param partition the partition to write to, or null to let the topic's partitioner decide
 * @param timestamp the record's timestamp in milliseconds since the epoch, or null for the time of sending
 * @param span the message's span, whose context is in the headers, or null
 */
public record MessageMetadata(
        List<Header> headers,
        @Nullable Integer partition,
        @Nullable Long timestamp,
        @Nullable PublishSpan span) {
    public static final MessageMetadata NONE = new MessageMetadata(List.of(), null, null, null);

    public static MessageMetadata of(Message<?, ?> message) {
        return message.headers().isEmpty() && message.partition() == null && message.timestamp() == null
                ? NONE
                : new MessageMetadata(message.headers(), message.partition(), message.timestamp(), null);
    }
}
