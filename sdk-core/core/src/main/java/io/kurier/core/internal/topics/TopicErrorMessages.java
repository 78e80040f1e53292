// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import io.kurier.core.internal.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;

/**
 * Explains a broker's error to the author of the declaration. Kafka's own message is quoted where it has more
 * information than the kind of error: a limit, a policy's reason.
 *
 * @param key the declared key that the error is about, without {@code topics.<alias>.}
 * @param problem the problem, without a full stop
 * @param advice what to do, in a sentence
 */
record TopicErrorMessages(String key, String problem, String advice) {

    /**
     * Returns the message for an error.
     *
     * @param name the topic's physical name, fit for display
     * @param reason Kafka's message without secrets
     */
    static TopicErrorMessages of(TopicConfig topic, String name, TopicError error, String reason) {
        Throwable cause = error.cause();
        String quoted = reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
        if (cause instanceof AuthorizationException) {
            return notAuthorized(topic, name, error.request());
        }
        if (cause instanceof InvalidTopicException) {
            // For this request Kafka's message is only that the name is wrong; for the others it has the reason.
            String why = error.request() == AdminOperation.DESCRIBE
                    ? "it takes letters, digits, '.', '_' and '-', at most 249 of them"
                    : quoted;
            return new TopicErrorMessages(
                    "name", "Kafka does not take the name " + name + ": " + why, "Choose another.");
        }
        String refuses = "the cluster refuses to " + verb(error.request()) + name + ": " + quoted;
        if (cause instanceof PolicyViolationException) {
            return new TopicErrorMessages("name", refuses, "That is a policy of the cluster; declare what it allows.");
        }
        if (cause instanceof InvalidReplicationFactorException) {
            return new TopicErrorMessages(
                    "replication.factor", refuses, "Declare at most as many replicas as there are brokers.");
        }
        if (cause instanceof InvalidPartitionsException) {
            return new TopicErrorMessages("partitions", refuses, "Declare another number.");
        }
        if (cause instanceof InvalidConfigurationException) {
            return new TopicErrorMessages(configIn(topic, reason), refuses, "Correct the value, or remove the key.");
        }
        return new TopicErrorMessages("name", refuses, "Look at the brokers' logs.");
    }

    /** Returns the failed operation, to be followed by a topic's name. */
    static String verb(AdminOperation request) {
        return switch (request) {
            case DESCRIBE -> "describe the topic ";
            case READ_CONFIGS -> "show the configs of the topic ";
            case CREATE -> "create the topic ";
            case INCREASE -> "raise the partitions of the topic ";
        };
    }

    private static TopicErrorMessages notAuthorized(TopicConfig topic, String shownName, AdminOperation request) {
        String name = "the topic " + shownName;
        return switch (request) {
            case DESCRIBE ->
                new TopicErrorMessages(
                        "name",
                        name + " is missing, or the principal may not see it; Kafka answers the same to both",
                        "Create it, or grant DESCRIBE (and WRITE, to publish) on it.");
            case READ_CONFIGS ->
                new TopicErrorMessages(
                        "name",
                        "the principal may not read the configs of " + name + ", so those declared cannot be verified",
                        "Grant DESCRIBE_CONFIGS on it, or declare no topics." + topic.alias() + ".config.*.");
            case CREATE ->
                new TopicErrorMessages(
                        "name",
                        "the principal may not create " + name,
                        "Grant CREATE on it or on the cluster, or have it created and set topics.management=verify.");
            case INCREASE ->
                new TopicErrorMessages(
                        "name",
                        "the principal may not raise the partitions of " + name,
                        "Grant ALTER on it, or have them raised.");
        };
    }

    /** Returns the longest declared config that the message names, since Kafka's error has no field for it. */
    private static String configIn(TopicConfig topic, String message) {
        String found = topic.configs().keySet().stream()
                .filter(message::contains)
                .reduce("", (one, other) -> other.length() > one.length() ? other : one);
        return found.isEmpty() ? "name" : "config." + found;
    }
}
