// SPDX-License-Identifier: Apache-2.0
/**
 * {@code benchmarks/run jmh}: the publisher's own way of a record, by JMH, with nothing behind it.
 *
 * <p>{@link io.kurier.benchmarks.path.PublishPath} has the variants, {@link io.kurier.benchmarks.path.InstantTransport}
 * stands in the place of Kafka.
 */
@NullMarked
package io.kurier.benchmarks.path;

import org.jspecify.annotations.NullMarked;
