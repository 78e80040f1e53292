// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import org.jspecify.annotations.Nullable;

/**
 * One topic of a cluster, for a list of topics.
 *
 * @param name the physical name
 * @param partitions the number of partitions
 * @param replicas the replication factor; the largest one if partitions differ
 * @param bytes the size on disk of all replicas; null if a broker did not report it
 * @param internal whether the cluster uses it for itself
 */
public record TopicSummary(
        String name, int partitions, int replicas, @Nullable Long bytes, boolean internal) {}
