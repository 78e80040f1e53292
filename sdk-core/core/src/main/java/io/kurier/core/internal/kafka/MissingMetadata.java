// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.transport.SendRejection;
import java.time.Duration;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why the producer has no metadata of a topic. Kafka's client reports the same for a broker that is down, a
 * topic that is missing and a user who may not see it ({@code KafkaProducer.waitOnMetadata}). The brokers' error for
 * the topic is the cause of its exception; if no broker has responded, the age of the metadata shows it.
 */
final class MissingMetadata {
    /** If there never was any metadata, its age is counted from the epoch. */
    private static final Duration NEVER = Duration.ofDays(10_000);

    private MissingMetadata() {}

    /**
     * Returns the rejection with its likely cause.
     *
     * @param topic the physical name
     * @param refused Kafka's exception
     * @param age the time since a broker responded
     */
    static SendRejection of(PublisherConfig config, String topic, TimeoutException refused, Duration age) {
        return new SendRejection(refused, why(config, config.shownName(topic), refused.getCause(), age));
    }

    private static String why(PublisherConfig config, String topic, @Nullable Throwable cause, Duration age) {
        if (cause instanceof UnknownTopicOrPartitionException) {
            return "the topic " + topic + " does not exist; create it, or set topics.management=create";
        }
        if (cause instanceof AuthorizationException) {
            return "the user may not see the topic " + topic + ", or it does not exist; grant DESCRIBE and WRITE on it";
        }
        if (cause instanceof InvalidTopicException) {
            return "Kafka does not take the name " + topic + "; choose another";
        }
        String at = config.bootstrap().shown() + " (" + config.bootstrap() + ")";
        return age.compareTo(NEVER) > 0
                ? "no broker has answered yet at " + at + "; check the address and that a broker is running"
                : "the metadata of the topic " + topic + " have not arrived yet; a broker at " + at + " last answered "
                        + age.toSeconds() + " s ago";
    }
}
