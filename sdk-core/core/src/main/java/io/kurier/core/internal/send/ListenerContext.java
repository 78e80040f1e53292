// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.Message;
import io.kurier.PublishException;
import io.kurier.Topic;
import io.kurier.spi.FailedMessage;
import io.kurier.spi.PublishSpan;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The data about a message that listeners get besides its outcome. Made only if there are listeners. */
public final class ListenerContext {
    private static final int NOT_KNOWN = -1;

    private final MessageMetadata metadata;

    /** How many rejections in a row were reported to listeners before this message was published. */
    private final int rejectionsBefore;

    /** Null if no listener asks for messages, or if there is no listener. */
    private final @Nullable Content content;

    /** The partition of the record, as far as it is known. */
    private volatile int partition;

    private record Content(
            Topic<?, ?> topic,
            @Nullable Object key,
            @Nullable Object value) {}

    private ListenerContext(MessageMetadata metadata, int rejectionsBefore, @Nullable Content content) {
        this.metadata = metadata;
        this.content = content;
        Integer explicit = metadata.partition();
        this.partition = explicit == null ? NOT_KNOWN : explicit;
        this.rejectionsBefore = rejectionsBefore;
    }

    /** Makes a context that keeps no key and no value. */
    static ListenerContext withoutMessage(MessageMetadata metadata, int rejectionsBefore) {
        return new ListenerContext(metadata, rejectionsBefore, null);
    }

    /** Makes a context that keeps the whole message, for listeners that ask for it. */
    static ListenerContext withMessage(
            Topic<?, ?> topic,
            @Nullable Object key,
            @Nullable Object value,
            MessageMetadata metadata,
            int rejectionsBefore) {
        return new ListenerContext(metadata, rejectionsBefore, new Content(topic, key, value));
    }

    int rejectionsBefore() {
        return rejectionsBefore;
    }

    @Nullable
    PublishSpan span() {
        return metadata.span();
    }

    public void goesTo(int newPartition) {
        partition = newPartition;
    }

    /**
     * Returns the description of the message's failure for a listener.
     *
     * @param physicalTopic the topic's name in Kafka; null for an undeclared topic
     * @param nanos how long the message took, in nanoseconds
     */
    FailedMessage failed(@Nullable String physicalTopic, PublishException failure, long nanos, boolean withMessage) {
        int known = partition;
        return new FailedMessage(
                failure.topic(),
                physicalTopic,
                known < 0 ? null : Integer.valueOf(known),
                metadata.headers().stream().map(Header::key).toList(),
                failure,
                nanos,
                withMessage && content != null ? message(content) : null);
    }

    @SuppressWarnings("unchecked") // the message is the caller's, whose types are those of the topic
    private Message<?, ?> message(Content given) {
        return new Message<>(
                (Topic<Object, Object>) given.topic(),
                given.key(),
                given.value(),
                metadata.headers(),
                metadata.partition(),
                metadata.timestamp());
    }
}
