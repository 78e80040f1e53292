// SPDX-License-Identifier: Apache-2.0
/**
 * {@code benchmarks/run callers}: a flood by many threads through one client.
 *
 * <p>{@code Callers} divides the records of a turn among threads;
 * {@link io.kurier.benchmarks.callers.CallersBenchmark} has a table for each number and kind of them.
 */
@NullMarked
package io.kurier.benchmarks.callers;

import org.jspecify.annotations.NullMarked;
