// SPDX-License-Identifier: Apache-2.0
/**
 * Named rules for choosing partitions.
 *
 * <pre>{@code
 * topics.orders.partitioner=murmur2
 * topics.jobs.partitioner=round-robin
 * }</pre>
 *
 * <ul>
 *   <li>{@code murmur2} ({@link io.kurier.partitioners.Murmur2Plugin}): equal keys go to one partition, the same that
 *       every Java client of Kafka chooses.
 *   <li>{@code round-robin} ({@link io.kurier.partitioners.RoundRobinPlugin}): every partition gets its turn, whatever
 *       the key.
 * </ul>
 *
 * <p>A topic that names none leaves the choice to the Kafka producer. To add another rule, implement
 * {@link io.kurier.spi.PartitionerPlugin}: the two partitioners here are examples.
 */
@NullMarked
package io.kurier.partitioners;

import org.jspecify.annotations.NullMarked;
