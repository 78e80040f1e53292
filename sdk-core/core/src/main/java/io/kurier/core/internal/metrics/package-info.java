// SPDX-License-Identifier: Apache-2.0
/**
 * What a publisher counts.
 *
 * <p>{@link io.kurier.core.internal.metrics.TopicCounts} takes every message of a topic: how many were given, what became of
 * them, how many bytes are stored, and how long it took ({@link io.kurier.core.internal.metrics.LatencyHistogram}, in a flood of one in
 * eight). {@link io.kurier.core.internal.metrics.PublisherMetrics} shows the counts to Kafka's metrics reporters, JMX first among
 * them.
 */
@NullMarked
package io.kurier.core.internal.metrics;

import org.jspecify.annotations.NullMarked;
