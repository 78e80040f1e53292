// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publish;

import io.kurier.Message;
import io.kurier.PublishException;
import io.kurier.Topic;
import io.kurier.spi.FailedMessage;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** What listeners are told of a message besides its outcome. Made only where there are listeners. */
final class ListenerContext {
    private static final int NOT_KNOWN = -1;

    private final MessageMetadata metadata;

    /** How many rejections in a row listeners were told of to publish this one. */
    private final int rejectionsBefore;

    /** Null if no listener asks for messages, or there is none. */
    private final @Nullable Content content;

    /** Where the record goes, as far as that is known. */
    private volatile int partition;

    private record Content(
            Topic<?, ?> topic,
            @Nullable Object key,
            @Nullable Object value) {}

    private ListenerContext(MessageMetadata metadata, @Nullable Content content) {
        this.metadata = metadata;
        this.content = content;
        Integer explicit = metadata.partition();
        this.partition = explicit == null ? NOT_KNOWN : explicit;
        this.rejectionsBefore = Listeners.rejectionsBeingTold();
    }

    /** Keeps of a message what the listeners ask for. */
    static ListenerContext of(
            Listeners listeners,
            @Nullable Topic<?, ?> topic,
            @Nullable Object key,
            @Nullable Object value,
            MessageMetadata metadata) {
        return new ListenerContext(
                metadata, listeners.needMessages() && topic != null ? new Content(topic, key, value) : null);
    }

    int rejectionsBefore() {
        return rejectionsBefore;
    }

    void goesTo(int newPartition) {
        partition = newPartition;
    }

    FailedMessage failed(TopicState topicState, PublishException failure, long nanos, boolean withMessage) {
        int known = partition;
        return new FailedMessage(
                failure.topic(),
                topicState.physicalTopic(),
                known < 0 ? null : Integer.valueOf(known),
                metadata.headers().stream().map(Header::key).toList(),
                failure,
                nanos,
                withMessage && content != null ? message(content) : null);
    }

    @SuppressWarnings("unchecked") // the message is what the caller gave, whose types are those of the topic
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
