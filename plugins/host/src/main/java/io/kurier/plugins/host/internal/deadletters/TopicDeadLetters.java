// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.deadletters;

import io.kurier.Message;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.core.internal.publisher.RoutedPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;

/**
 * Publishes dead letters to a topic, which is declared with the serializer {@code bytes} for keys and values. A dead
 * letter that is too large for the topic is published without its value, which a header says.
 */
final class TopicDeadLetters implements DeadLetters {
    private final Publisher publisher;
    private final Topic<Object, Object> topic;

    /** What of a record a dead letter contains. */
    private enum Content {
        ALL,
        WITHOUT_VALUE,
        NONE
    }

    /**
     * Makes a destination.
     *
     * @param topic the alias of the topic, which is also its name
     */
    TopicDeadLetters(Publisher publisher, String topic) {
        this.publisher = publisher;
        this.topic = topic(publisher, topic);
    }

    /** Returns the topic as code declares it, if code does: the publisher takes it only with these types. */
    @SuppressWarnings("unchecked") // the publisher checks each key and value against the types
    private static Topic<Object, Object> topic(Publisher publisher, String alias) {
        Topic<?, ?> declared = publisher instanceof RoutedPublisher routed ? routed.declared(alias) : null;
        return declared == null
                ? Topic.of(alias, Object.class, Object.class)
                : (Topic<Object, Object>) (Topic<?, ?>) declared;
    }

    @Override
    public CompletableFuture<Receipt> accept(DeadLetter letter) {
        return publish(letter, Content.ALL);
    }

    private CompletableFuture<Receipt> publish(DeadLetter letter, Content content) {
        CompletableFuture<Receipt> published = publisher.publish(message(letter, content));
        return content == Content.NONE
                ? published
                : published.exceptionallyCompose(failure -> isTooLarge(failure)
                        ? publish(letter, content == Content.ALL ? Content.WITHOUT_VALUE : Content.NONE)
                        : CompletableFuture.failedFuture(failure));
    }

    private static boolean isTooLarge(Throwable failure) {
        return failure instanceof PublishException why && why.getCause() instanceof RecordTooLargeException;
    }

    private Message<Object, Object> message(DeadLetter letter, Content content) {
        List<Header> headers = new ArrayList<>(content == Content.NONE ? List.of() : letter.headers());
        LetterHeaders.addTo(headers, letter);
        byte[] value = letter.value();
        if (content != Content.ALL) {
            headers.add(LetterHeaders.header(
                    LetterHeaders.OMITTED,
                    "too large for this topic: the value of " + (value == null ? 0 : value.length) + " bytes"
                            + (content == Content.NONE ? ", the key and the record's headers" : "")));
        }
        return new Message<>(
                topic,
                content == Content.NONE ? null : letter.key(),
                content == Content.ALL ? value : null,
                headers,
                null,
                null);
    }

    /** Has no effect: the publisher stores what it has accepted, and belongs to the application. */
    @Override
    public void close() {}
}
