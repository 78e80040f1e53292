// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

import com.google.inject.Binder;
import io.kurier.Topic;

/** Binds {@link io.kurier.TopicPublisher}s, by the types of their topic, and by types and alias. */
final class TopicPublishers {
    private TopicPublishers() {}

    static void bind(Binder binder, TopicBinding home) {
        Topic<?, ?> topic = home.topic();
        binder.bind(home.key()).toInstance(home);
        TopicPublisherProvider byTypes = TopicPublisherProvider.byTypes(topic);
        binder.bind(byTypes.key()).toProvider(byTypes);
        TopicPublisherProvider byAlias = TopicPublisherProvider.byAlias(topic);
        binder.bind(byAlias.key()).toProvider(byAlias);
    }
}
