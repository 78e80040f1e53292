// SPDX-License-Identifier: Apache-2.0
/**
 * {@code kurier partition}: which keys go to which partitions, without a cluster.
 *
 * <p>{@link io.kurier.cli.partition.KeyLines} reads keys. A {@link io.kurier.cli.partition.Placement} gives each its
 * partition, by one of the {@link io.kurier.cli.partition.NamedPartitioners}. {@link io.kurier.cli.partition.Histogram}
 * and {@link io.kurier.cli.partition.HotKeys} count how even that is, and {@link io.kurier.cli.partition.Comparison}
 * counts the keys that two placements put on different partitions. All of them need the same memory for any number of
 * keys.
 */
@NullMarked
package io.kurier.cli.partition;

import org.jspecify.annotations.NullMarked;
