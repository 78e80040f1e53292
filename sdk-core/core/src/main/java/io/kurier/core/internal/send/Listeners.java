// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.spi.PublishListener;
import io.kurier.spi.PublishSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies a publisher's listeners of outcomes, and ends the spans of messages. No method throws, whatever a listener does:
 * an outcome must arrive.
 */
public final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private record Listening(PublishListener listener, boolean needsMessages) {}

    /**
     * A listener that publishes rejected messages, and is notified that these were rejected too, would repeat that for
     * ever once the publisher is closed. After so many rejections in a row it is no longer notified.
     */
    public static final int MOST_IN_A_ROW = 100;

    /** The length of the row of rejections that the thread is reporting. */
    private static final ThreadLocal<Integer> REJECTIONS = ThreadLocal.withInitial(() -> 0);

    private final List<Listening> all;
    private final Tracing tracing;
    private final boolean isEmpty;
    private final boolean needMessages;

    Listeners(Observers observers) {
        this.tracing = new Tracing(observers.tracer());
        this.all = observers.listeners().stream()
                .map(listener -> new Listening(listener, listener.needsMessages()))
                .toList();
        this.isEmpty = all.isEmpty() && !tracing.isOn();
        this.needMessages = all.stream().anyMatch(Listening::needsMessages);
    }

    Tracing tracing() {
        return tracing;
    }

    boolean isEmpty() {
        return isEmpty;
    }

    /**
     * Returns the data about a message that the listeners need at its outcome: the whole message only if one of them
     * asks for the messages that fail.
     */
    ListenerContext contextOf(
            @Nullable Topic<?, ?> topic, @Nullable Object key, @Nullable Object value, MessageMetadata metadata) {
        int rejectionsBefore = REJECTIONS.get();
        return needMessages && topic != null
                ? ListenerContext.withMessage(topic, key, value, metadata, rejectionsBefore)
                : ListenerContext.withoutMessage(metadata, rejectionsBefore);
    }

    void notifyStored(String alias, ListenerContext message, Receipt receipt, long nanos) {
        PublishSpan span = message.span();
        if (span != null) {
            Tracing.stored(span, receipt, nanos);
        }
        for (Listening one : all) {
            try {
                one.listener().stored(alias, receipt, nanos);
            } catch (Throwable e) {
                report(alias, "stored", e);
            }
        }
    }

    /**
     * Notifies all listeners of a message that failed.
     *
     * @param physicalTopic the topic's name in Kafka; null for an undeclared topic
     * @param nanos how long the message took, in nanoseconds
     */
    void notifyFailed(@Nullable String physicalTopic, ListenerContext message, PublishException failure, long nanos) {
        PublishSpan span = message.span();
        if (span != null) {
            Tracing.failed(span, failure, nanos);
        }
        if (message.rejectionsBefore() >= MOST_IN_A_ROW) {
            LOG.warn(
                    "A listener has published {} messages in a row that were all rejected, each when it was notified of the one"
                            + " before; it is not notified of the last one, of topic {}",
                    MOST_IN_A_ROW,
                    failure.topic());
            return;
        }
        REJECTIONS.set(failure.outcome() == Outcome.REJECTED ? message.rejectionsBefore() + 1 : 0);
        try {
            notifyAll(physicalTopic, message, failure, nanos);
        } finally {
            REJECTIONS.remove();
        }
    }

    private void notifyAll(
            @Nullable String physicalTopic, ListenerContext message, PublishException failure, long nanos) {
        for (Listening one : all) {
            try {
                one.listener().failed(message.failed(physicalTopic, failure, nanos, one.needsMessages()));
            } catch (Throwable e) {
                report(failure.topic(), failure.outcome(), e);
            }
        }
    }

    private static void report(String topic, Object outcome, Throwable thrown) {
        try {
            LOG.error(
                    "A listener failed at a message of topic {} that is {}",
                    topic,
                    outcome,
                    ThrowableText.loggable(thrown));
        } catch (Throwable e) {
            return; // the log fails as well, above all when memory ran out
        }
    }
}
