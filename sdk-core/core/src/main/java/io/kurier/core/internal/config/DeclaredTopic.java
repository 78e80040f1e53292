// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import io.kurier.Topic;

/**
 * A topic that code declares, with its types.
 *
 * @param topic the topic
 * @param source for people: the module's class and line, or {@code code}
 */
public record DeclaredTopic(Topic<?, ?> topic, String source) {

    /** Returns a topic that is declared outside a module. */
    public static DeclaredTopic inCode(Topic<?, ?> topic) {
        return new DeclaredTopic(topic, "code");
    }
}
