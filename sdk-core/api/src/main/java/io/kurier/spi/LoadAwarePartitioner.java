// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

/**
 * A partitioner that also looks at the leaders and queues of the partitions. A publisher counts the queues of a topic
 * only if its partitioner is one of these.
 */
@FunctionalInterface
public interface LoadAwarePartitioner extends RecordPartitioner {

    /**
     * Returns the partition for a record.
     *
     * @param record the record that the serializers made, before its guards
     * @param loads what is known of the topic's partitions at the moment; not to be kept
     * @return as for {@link RecordPartitioner#partition(EncodedRecord, int)}
     */
    int partition(EncodedRecord record, PartitionLoads loads);

    /** Returns the partition for a record where only the number of partitions is known. */
    @Override
    default int partition(EncodedRecord record, int partitions) {
        return partition(record, PartitionLoads.none(partitions));
    }
}
