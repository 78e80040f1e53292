// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import io.kurier.Message;
import io.kurier.PublishException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that failed, as a {@link PublishListener} receives it. It has enough for a metric or a log without a
 * payload. A listener that asks for it also gets the message itself, so that it can publish it again or to a
 * dead-letter topic.
 *
 * @param topic the alias of its topic, as far as it is known
 * @param physicalTopic the name of the topic in Kafka, or null for a topic that is not declared
 * @param partition the partition that the message names, that the topic's partitioner chose, or that Kafka reported;
 *     null if the message failed before any of them
 * @param headerNames the names of the headers that the caller gave the message, in order, and of those that a {@link
 *     PublishTracer} added, without those that serializers or guards add
 * @param failure the exception that the future of {@code publish} completes with: stage, outcome, retriability, cause
 * @param nanos the time from the call to the outcome, in nanoseconds
 * @param message the message as it was published, with the headers of its span if there is one; null unless the listener asks for it ({@link
 *     PublishListener#needsMessages()}), and for a call without a message
 */
public record FailedMessage(
        String topic,
        @Nullable String physicalTopic,
        @Nullable Integer partition,
        List<String> headerNames,
        PublishException failure,
        long nanos,
        @Nullable Message<?, ?> message) {}
