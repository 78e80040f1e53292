// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.deadletters;

import io.kurier.Publisher;
import io.kurier.core.internal.publisher.RoutedPublisher;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Removes the content from dead letters of topics whose guards change records: no record may get by failure to where no
 * guard has encrypted it.
 */
final class GuardedDeadLetters implements DeadLetters {
    private final DeadLetters destination;
    private final @Nullable RoutedPublisher publisher;
    private final String topic;

    /**
     * Makes dead letters of a connector.
     *
     * @param destination where they go; closed by its owner
     * @param topic counts for input of which no record was made; empty if it is not known
     */
    GuardedDeadLetters(DeadLetters destination, Publisher publisher, String topic) {
        this.destination = destination;
        this.publisher = publisher instanceof RoutedPublisher routed ? routed : null;
        this.topic = topic;
    }

    @Override
    public CompletionStage<?> accept(DeadLetter letter) {
        return destination.accept(isGuarded(letter.topic()) || isGuarded(topic) ? letter.withoutContent() : letter);
    }

    private boolean isGuarded(@Nullable String alias) {
        return publisher != null && alias != null && publisher.guardsChangeRecords(alias);
    }

    /** Has no effect: connectors can share the destination. */
    @Override
    public void close() {}
}
