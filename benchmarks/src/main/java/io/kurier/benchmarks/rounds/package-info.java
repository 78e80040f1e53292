// SPDX-License-Identifier: Apache-2.0
/**
 * The common parts of the runs that compare rates with those of peers.
 *
 * <p>A {@link io.kurier.benchmarks.rounds.Candidate} is the task of one client in its turn,
 * {@link io.kurier.benchmarks.rounds.Rounds} runs all of them in turns and counts,
 * {@link io.kurier.benchmarks.rounds.Report} and, measure by measure,
 * {@link io.kurier.benchmarks.rounds.MeasureTable} print, and {@link io.kurier.benchmarks.rounds.RoundsOptions} sets how
 * many.
 */
@NullMarked
package io.kurier.benchmarks.rounds;

import org.jspecify.annotations.NullMarked;
