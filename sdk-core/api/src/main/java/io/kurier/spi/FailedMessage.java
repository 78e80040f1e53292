// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import io.kurier.Message;
import io.kurier.PublishException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that failed, as a {@link PublishListener} is told: enough for a metric or a log without a payload, and the message
 * itself for a listener that asks for it, so that it can be published again or to a dead-letter topic.
 *
 * @param topic the alias of its topic, as far as it is known
 * @param physicalTopic the name of the topic in Kafka, or null for a topic that nobody declared
 * @param partition the partition that the message names, that the topic's partitioner chose, or that Kafka told; null if
 *     none of them had come to that
 * @param headerNames the names of the headers that the caller gave the message, in order; not those that serializers or guards
 *     add
 * @param failure what {@code publish} returns: stage, outcome, retriability, cause
 * @param nanos how long it took from the call to the outcome, in nanoseconds
 * @param message the message as it was published; null unless the listener asks for it
 *     ({@link PublishListener#needsMessages()}), and for a call that gave none
 */
public record FailedMessage(
        String topic,
        @Nullable String physicalTopic,
        @Nullable Integer partition,
        List<String> headerNames,
        PublishException failure,
        long nanos,
        @Nullable Message<?, ?> message) {}
