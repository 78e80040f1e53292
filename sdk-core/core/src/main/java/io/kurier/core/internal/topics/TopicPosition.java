// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import org.jspecify.annotations.Nullable;

/**
 * How far a topic has come at one moment; the difference of two is what was published between them.
 *
 * @param partitions the number of partitions
 * @param records the sum of the end offsets of its partitions, which count the markers of transactions too; null if a
 *     partition did not respond
 * @param bytes the size on disk of the replicas that lead; null if a broker did not report it. It shrinks when
 *     the broker deletes old segments
 */
public record TopicPosition(
        int partitions, @Nullable Long records, @Nullable Long bytes) {}
