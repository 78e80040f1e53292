// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A configuration that was read; complete only if no problem was found.
 *
 * @param bootstrap where the brokers' addresses came from
 * @param connection connection keys, for the producer and the admin client
 * @param producer producer keys without their prefix
 * @param maxWait how long {@code publish} may wait for room
 * @param management what the start does about topics
 * @param topics the declared topics, in their order
 * @param serializerDefaults keys of serializers for all topics, {@code serializer.<name>.<key>}
 * @param settings all settings by their full keys, for what is found wrong after the configuration was read
 */
public record PublisherConfig(
        Setting bootstrap,
        Map<String, String> connection,
        Map<String, String> producer,
        Duration maxWait,
        TopicManagement management,
        List<TopicConfig> topics,
        List<Setting> serializerDefaults,
        Map<String, Setting> settings) {

    /** Leaves the values out: some are secrets. */
    @Override
    public String toString() {
        return "PublisherConfig[connection=" + connection.keySet() + ", producer=" + producer.keySet() + ", topics="
                + topics.stream().map(TopicConfig::alias).toList() + "]";
    }
}
