// SPDX-License-Identifier: Apache-2.0
/**
 * {@code benchmarks/run waits}: whether {@code tryPublish} returns immediately while Kafka accepts nothing.
 *
 * <p>A {@link io.kurier.benchmarks.waits.Scenario} is a publisher with a fault,
 * {@link io.kurier.benchmarks.waits.Calls} measures calls to it.
 */
@NullMarked
package io.kurier.benchmarks.waits;

import org.jspecify.annotations.NullMarked;
