// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

import com.google.inject.Key;
import com.google.inject.name.Names;
import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.core.internal.config.DeclaredTopic;

/**
 * Which publisher a declared topic belongs to.
 *
 * @param declared the topic and its place
 * @param publisher the publisher's key
 */
record TopicBinding(DeclaredTopic declared, Key<Publisher> publisher) {

    /** A key that no other topic has, nor another place that declares this one. */
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
