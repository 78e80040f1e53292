// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import io.kurier.core.internal.limits.InFlightLimit;
import io.kurier.core.transport.TransportConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one topic.
 *
 * @param alias the name in code and in keys
 * @param name the physical name
 * @param configs the declared topic configs
 * @param keySerializer the plugin for keys
 * @param valueSerializer the plugin for values, or null if none was named, which is already reported as a problem
 * @param partitioner the plugin that partitions, or null to leave it to Kafka
 * @param guards the conditions that records must meet before they are sent
 * @param values the keys that {@link TopicKeys} checks
 */
public record TopicConfig(
        String alias,
        String name,
        Map<String, String> configs,
        PluginChoice keySerializer,
        @Nullable PluginChoice valueSerializer,
        @Nullable PluginChoice partitioner,
        GuardConfig guards,
        ParsedKeys values)
        implements TransportConfig.Topic {

    /** Returns the declared number of partitions, or null if any number is allowed. */
    @Override
    public @Nullable Integer partitions() {
        return values.integerOrNull(TopicKeys.PARTITIONS);
    }

    @Override
    public boolean partitionsIncrease() {
        return values.flag(TopicKeys.PARTITIONS_INCREASE);
    }

    /** Returns the declared replication factor, or null if any is allowed. */
    public @Nullable Short replicationFactor() {
        Integer factor = values.integerOrNull(TopicKeys.REPLICATION_FACTOR);
        return factor == null ? null : factor.shortValue();
    }

    @Override
    public boolean recordId() {
        return values.flag(TopicKeys.RECORD_ID);
    }

    /** Returns the alias of the topic for messages that cannot be stored in this one, or null. */
    public @Nullable String deadLetter() {
        return values.text(TopicKeys.DEAD_LETTER);
    }

    /** Returns the limit of what may be in flight of the topic, or null. */
    public @Nullable InFlightLimit maxInFlight() {
        return InFlightLimit.of(
                TopicKeys.prefix(alias) + TopicKeys.MAX_IN_FLIGHT,
                values.integerOrNull(TopicKeys.MAX_IN_FLIGHT_MESSAGES),
                values.integerOrNull(TopicKeys.MAX_IN_FLIGHT_BYTES));
    }

    /** Omits the values: a config provider may have returned them. */
    @Override
    public String toString() {
        return "TopicConfig[" + alias + "]";
    }
}
