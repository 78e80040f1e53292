// SPDX-License-Identifier: Apache-2.0
/**
 * {@code benchmarks/run jmh}: the publisher's own path of a record, by JMH, with nothing behind it.
 *
 * <p>{@link io.kurier.benchmarks.path.PublishPath} has the variants, {@link io.kurier.benchmarks.path.InstantTransport}
 * replaces Kafka.
 */
@NullMarked
package io.kurier.benchmarks.path;

import org.jspecify.annotations.NullMarked;
