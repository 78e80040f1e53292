// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.partition;

/**
 * A partitioner over a number of partitions.
 *
 * @param partitioner chooses
 * @param partitions the number of partitions, at least 1
 */
public record Placement(NamedPartitioner partitioner, int partitions) {

    /**
     * Returns the partition of a key.
     *
     * @throws KeyException if the partitioner fails, or its result is no partition
     */
    public int partition(KeyLines.Key key) throws KeyException {
        return partitioner.partition(key.bytes(), partitions);
    }
}
