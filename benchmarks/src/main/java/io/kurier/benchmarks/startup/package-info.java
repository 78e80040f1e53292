// SPDX-License-Identifier: Apache-2.0
/**
 * {@code benchmarks/run startup}: from the start of a JVM to the first acknowledgment.
 *
 * <p>A {@code StartupTurn} is one JVM with one kind of client, a {@code Starting}; {@link io.kurier.benchmarks.startup.StartupBenchmark} runs all kinds in turns.
 */
@NullMarked
package io.kurier.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
