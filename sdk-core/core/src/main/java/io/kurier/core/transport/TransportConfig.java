// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of a configuration that a {@link TransportFactory} needs. It has been checked and has no problems.
 * Immutable.
 */
public interface TransportConfig {

    /** The configuration of one topic. */
    interface Topic {

        /** The topic's name in code and in configuration keys. */
        String alias();

        /** The topic's physical name. */
        String name();

        /** The declared number of partitions, or null if any number is accepted. */
        @Nullable
        Integer partitions();

        /** Whether partitions are added to a topic that has fewer than declared. */
        boolean partitionsIncrease();

        /** The declared topic configs, such as {@code cleanup.policy}. */
        Map<String, String> configs();

        /** Whether each record carries an id ({@code record.id}). */
        boolean recordId();
    }

    /** The declared topics, in the order of their declaration. */
    List<? extends Topic> topics();

    /** What the start does with the declared topics. */
    TopicManagement management();

    /** The configuration of Kafka's producer, without its serializers. */
    Map<String, Object> producerKeys();

    /** Returns a key with the place that set it, for an error message; the key alone if it is not set. */
    String described(String key);
}
