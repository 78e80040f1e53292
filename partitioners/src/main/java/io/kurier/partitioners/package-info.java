// SPDX-License-Identifier: Apache-2.0
/**
 * Named rules for choosing partitions.
 *
 * <pre>{@code
 * topics.orders.partitioner=crc32
 * topics.jobs.partitioner=least-loaded
 * topics.clicks.partitioner=spread
 * topics.clicks.partitioner.share=0.1
 * }</pre>
 *
 * <ul>
 *   <li>The partition that another client chooses: {@link io.kurier.partitioners.Murmur2Plugin},
 *       {@link io.kurier.partitioners.Crc32Plugin}, {@link io.kurier.partitioners.Fnv1aPlugin},
 *       {@link io.kurier.partitioners.KafkajsLegacyPlugin}. Their hashes are in {@code KeyHash}.
 *   <li>Balance: {@link io.kurier.partitioners.RoundRobinPlugin}, {@link io.kurier.partitioners.LeastLoadedPlugin},
 *       {@link io.kurier.partitioners.RendezvousPlugin}.
 *   <li>Hot keys: {@link io.kurier.partitioners.SpreadPlugin}.
 *   <li>By content: {@link io.kurier.partitioners.HeaderPlugin}, {@link io.kurier.partitioners.FieldPlugin},
 *       {@link io.kurier.partitioners.FixedPlugin}.
 *   <li>In a plain producer: {@link io.kurier.partitioners.KurierPartitioner}.
 * </ul>
 *
 * <p>A topic that names none leaves the choice to the Kafka producer. To add another rule, implement
 * {@link io.kurier.spi.PartitionerPlugin}.
 */
@NullMarked
package io.kurier.partitioners;

import org.jspecify.annotations.NullMarked;
