// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import io.kurier.core.transport.TransportConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What configuration says of one topic.
 *
 * @param alias the name in code and in keys
 * @param name the physical name
 * @param partitions the declared number of partitions, or null if any will do
 * @param partitionsIncrease whether a topic with fewer partitions than declared gets more
 * @param replicationFactor the declared replication factor, or null if any will do
 * @param configs the declared topic configs
 * @param keySerializer the plugin for keys
 * @param valueSerializer the plugin for values, or null if none was named, which is a problem already
 * @param partitioner the plugin that partitions, or null to leave it to Kafka
 * @param recordId whether records carry an id of their own
 * @param guards what records must pass before they leave
 */
public record TopicConfig(
        String alias,
        String name,
        @Nullable Integer partitions,
        boolean partitionsIncrease,
        @Nullable Short replicationFactor,
        Map<String, String> configs,
        PluginChoice keySerializer,
        @Nullable PluginChoice valueSerializer,
        @Nullable PluginChoice partitioner,
        boolean recordId,
        GuardConfig guards)
        implements TransportConfig.Topic {

    /** Leaves the values out: a config provider may have given them. */
    @Override
    public String toString() {
        return "TopicConfig[" + alias + "]";
    }
}
