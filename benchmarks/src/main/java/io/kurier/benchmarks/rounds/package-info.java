// SPDX-License-Identifier: Apache-2.0
/**
 * What the runs beside peers have in common that measure rates.
 *
 * <p>A {@link io.kurier.benchmarks.rounds.Candidate} is what one client does in its turn, {@link
 * io.kurier.benchmarks.rounds.Rounds} lets all of them run in turns and counts, {@link
 * io.kurier.benchmarks.rounds.Report} prints, and {@link io.kurier.benchmarks.rounds.RoundsOptions} says how many.
 */
@NullMarked
package io.kurier.benchmarks.rounds;

import org.jspecify.annotations.NullMarked;
