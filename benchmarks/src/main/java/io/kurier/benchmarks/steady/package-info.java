// SPDX-License-Identifier: Apache-2.0
/**
 * {@code benchmarks/run steady}: how long an acknowledgment takes at a steady rate.
 *
 * <p>A {@link io.kurier.benchmarks.steady.Pace} determines when each record is due, whatever the outcome of those
 * before; a {@link io.kurier.benchmarks.steady.RoundResult} measures from there to the acknowledgment.
 */
@NullMarked
package io.kurier.benchmarks.steady;

import org.jspecify.annotations.NullMarked;
