// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

import com.google.inject.Key;
import com.google.inject.name.Names;
import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.core.internal.config.DeclaredTopic;

/**
 * Links a declared topic to its publisher.
 *
 * @param declared the topic and its source line
 * @param publisher the publisher's key
 */
record TopicBinding(DeclaredTopic declared, Key<Publisher> publisher) {

    /** Returns a key that differs from those of other topics and of other places that declare this topic. */
    Key<TopicBinding> key() {
        return Key.get(TopicBinding.class, Names.named(publisher + "/" + topic() + "/" + declared.source()));
    }

    Topic<?, ?> topic() {
        return declared.topic();
    }

    TopicBinding withPublisher(Key<Publisher> other) {
        return new TopicBinding(declared, other);
    }

    @Override
    public String toString() {
        return topic() + " (" + declared.source() + ")";
    }
}
