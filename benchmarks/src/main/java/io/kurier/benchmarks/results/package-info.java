// SPDX-License-Identifier: Apache-2.0
/**
 * What the runs have measured, beside what they aim at: {@code benchmarks/run all}.
 *
 * <p>With {@code --out FILE} each run adds its {@link io.kurier.benchmarks.results.Figure}s to a file as lines of JSON.
 * {@code Aims} has all aims in one place, each with the run, table, row and measure of its
 * figure. {@link io.kurier.benchmarks.results.ResultsPage} makes {@code RESULTS.md} of both, and
 * {@code Chart} its picture. The reasons of missed aims are in
 * {@code reasons.properties}.
 */
@NullMarked
package io.kurier.benchmarks.results;

import org.jspecify.annotations.NullMarked;
