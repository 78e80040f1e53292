// SPDX-License-Identifier: Apache-2.0
/**
 * The counts and metrics of a publisher.
 *
 * <p>{@link io.kurier.core.internal.metrics.TopicCounts} counts every message of a topic: how many were published,
 * their outcomes, how many bytes are stored, and how long they took
 * ({@link io.kurier.core.internal.metrics.LatencyHistogram}, for one message in 32 under high load).
 * {@link io.kurier.core.internal.metrics.PublisherMetrics} exposes the counts to Kafka's metrics reporters, above all
 * JMX.
 */
@NullMarked
package io.kurier.core.internal.metrics;

import org.jspecify.annotations.NullMarked;
