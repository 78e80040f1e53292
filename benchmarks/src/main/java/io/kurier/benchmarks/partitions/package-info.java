// SPDX-License-Identifier: Apache-2.0
/**
 * {@code benchmarks/run partitioners} and {@code benchmarks/run jmh partitions}: what partitioners take, and what they
 * are worth where one partition is slow or one key is frequent.
 *
 * <p>{@link io.kurier.benchmarks.partitions.PartitionersBenchmark} is the run, with
 * {@link io.kurier.benchmarks.partitions.SlowLeader} as its cluster; {@link io.kurier.benchmarks.partitions.KeyHashing}
 * and {@link io.kurier.benchmarks.partitions.Balancing} are those of JMH.
 */
@NullMarked
package io.kurier.benchmarks.partitions;

import org.jspecify.annotations.NullMarked;
