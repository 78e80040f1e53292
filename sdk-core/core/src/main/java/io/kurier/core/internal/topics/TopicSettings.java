// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import java.util.Map;

/**
 * The settings of a topic of the cluster that another topic can be created with.
 *
 * @param partitions the number of partitions
 * @param replicationFactor the number of replicas of its first partition
 * @param configs configs by name, with the values that are in force
 */
public record TopicSettings(int partitions, int replicationFactor, Map<String, String> configs) {

    /** Makes the configs immutable. */
    public TopicSettings {
        configs = Map.copyOf(configs);
    }
}
