// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import io.kurier.core.internal.config.Suggestion;
import io.kurier.core.internal.config.TopicConfig;
import io.kurier.core.transport.TopicManagement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Finds the differences between a topic and its declaration; a property that is not declared may have any value. */
final class TopicDiff {
    private final TopicConfig declared;
    private final TopicManagement management;
    private final List<Difference> differences = new ArrayList<>();

    private TopicDiff(TopicConfig declared, TopicManagement management) {
        this.declared = declared;
        this.management = management;
    }

    /**
     * Compares a topic with its declaration; partitions that the start adds do not count as a difference.
     *
     * @param actual the topic's partitions and replicas
     * @param configs its configs, or null if they were not or could not be read
     */
    static List<Difference> of(
            TopicConfig declared,
            TopicManagement management,
            TopicDescription actual,
            @Nullable Map<String, ConfigEntry> configs) {
        TopicDiff comparison = new TopicDiff(declared, management);
        if (!isToBeIncreased(declared, management, actual)) {
            comparison.partitions(actual.partitions().size());
        }
        comparison.replicas(actual);
        if (configs != null) {
            declared.configs().forEach((key, value) -> comparison.config(key, value, configs));
        }
        return comparison.differences;
    }

    /** Whether the start adds partitions. */
    static boolean isToBeIncreased(
            TopicConfig declared, TopicManagement management, @Nullable TopicDescription actual) {
        return actual != null
                && management == TopicManagement.CREATE
                && declared.partitionsIncrease()
                && declared.partitions() != null
                && actual.partitions().size() < declared.partitions();
    }

    private void partitions(int actual) {
        if (declared.partitions() != null && declared.partitions() != actual) {
            String advice = actual < declared.partitions()
                    ? adviceOnFewer(actual)
                    : "Partitions cannot be taken away: declare " + actual + ", or use another topic.";
            add("partitions", declared.partitions(), actual, advice);
        }
    }

    private String adviceOnFewer(int actual) {
        String increase = "topics." + declared.alias() + ".partitions.increase=true";
        if (declared.partitionsIncrease()) {
            return increase + " raises partitions only with topics.management=create.";
        }
        return "Declare " + actual + ", or have partitions raised by "
                + (management == TopicManagement.CREATE ? "" : "topics.management=create and ") + increase
                + "; keys then move to other partitions.";
    }

    /** Checks every partition: a reassignment can leave them with different numbers of replicas. */
    private void replicas(TopicDescription actual) {
        if (declared.replicationFactor() == null) {
            return;
        }
        Map<Integer, Integer> partitionsByReplicas = new TreeMap<>();
        actual.partitions()
                .forEach(partition ->
                        partitionsByReplicas.merge(partition.replicas().size(), 1, Integer::sum));
        if (partitionsByReplicas.size() == 1 && partitionsByReplicas.containsKey((int) declared.replicationFactor())) {
            return;
        }
        List<String> numbers = new ArrayList<>();
        partitionsByReplicas.forEach((replicas, partitions) -> numbers.add(
                partitionsByReplicas.size() == 1
                        ? replicas.toString()
                        : replicas + " in " + partitions + " of "
                                + actual.partitions().size() + " partitions"));
        add(
                "replication.factor",
                declared.replicationFactor(),
                String.join(", ", numbers),
                "Declare what there is, or have replicas reassigned; those of a reassignment that is going on count.");
    }

    private void config(String key, String value, Map<String, ConfigEntry> configs) {
        ConfigEntry actual = configs.get(key);
        if (actual == null) {
            Optional<String> near = Suggestion.nearest(key, configs.keySet());
            add(
                    "config." + key,
                    value,
                    "no such config",
                    near.map(meant -> "Did you mean config." + meant + "?").orElse("Remove config." + key + "."));
        } else if (actual.isSensitive()) {
            add(
                    "config." + key,
                    "(hidden)",
                    "(hidden)",
                    "Kafka shows no secret, so config." + key + " cannot be verified. Remove it.");
        } else if (actual.value() == null || !sameValue(actual, value)) {
            add(
                    "config." + key,
                    value,
                    actual.value() == null ? "(not set)" : actual.value(),
                    "Declare what is set, or alter the topic's configs.");
        }
    }

    private void add(String key, Object declaredValue, Object actual, String advice) {
        differences.add(new Difference(key, declaredValue.toString(), actual.toString(), advice));
    }

    /**
     * Compares values as the broker would read both: {@code compact,delete} is {@code delete, compact}, and +1 is 1.
     */
    private static boolean sameValue(ConfigEntry actual, String declaredValue) {
        try {
            return parsed(actual, declaredValue).equals(parsed(actual, actual.value()));
        } catch (ConfigException e) {
            return false; // no value of that type
        }
    }

    private static Object parsed(ConfigEntry entry, String text) {
        return switch (entry.type()) {
            case BOOLEAN -> parsed(entry, text, ConfigDef.Type.BOOLEAN);
            case SHORT, INT, LONG -> parsed(entry, text, ConfigDef.Type.LONG);
            case DOUBLE -> parsed(entry, text, ConfigDef.Type.DOUBLE);
            case LIST -> new HashSet<>((List<?>) parsed(entry, text, ConfigDef.Type.LIST));
            case STRING, CLASS, PASSWORD, UNKNOWN -> text.strip();
        };
    }

    private static Object parsed(ConfigEntry entry, String text, ConfigDef.Type type) {
        return ConfigDef.parseType(entry.name(), text, type);
    }
}
