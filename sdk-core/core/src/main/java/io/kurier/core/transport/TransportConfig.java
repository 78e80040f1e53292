// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of a configuration that a {@link TransportFactory} needs; it has no problems. Immutable. */
public interface TransportConfig {

    /** What the configuration says of one topic. */
    interface Topic {

        /** The name in code and in keys. */
        String alias();

        /** The physical name. */
        String name();

        /** The declared number of partitions, or null if any will do. */
        @Nullable
        Integer partitions();

        /** Whether a topic with fewer partitions than declared gets more. */
        boolean partitionsIncrease();

        /** The declared topic configs, such as {@code cleanup.policy}. */
        Map<String, String> configs();

        /** Whether records carry an id of their own. */
        boolean recordId();
    }

    /** The declared topics, in their order. */
    List<? extends Topic> topics();

    /** What the start does about topics. */
    TopicManagement management();

    /** All that Kafka's producer is made from, but for its serializers. */
    Map<String, Object> producerKeys();

    /** A key with the place that set it, for an error; the key alone where nothing has set it. */
    String described(String key);
}
