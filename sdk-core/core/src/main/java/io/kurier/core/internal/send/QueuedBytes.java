// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.core.transport.Acknowledgment;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.PartitionLoads;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;

/**
 * The bytes of one topic that producers have taken and Kafka has not acknowledged, by partition. Kept only for topics
 * whose partitioner looks at them. Safe for use by any number of threads.
 */
final class QueuedBytes {
    /** What a record takes in a batch besides key, value and headers, at most ({@code DefaultRecord}). */
    private static final int RECORD_OVERHEAD = 21;

    private static final AtomicLong[] NONE = {};

    /** Grows with the topic; the counters themselves stay, so that none loses an addition. */
    private volatile AtomicLong[] byPartition = NONE;

    /** Returns the loads as a partitioner sees them. */
    PartitionLoads loads(int partitions, IntPredicate leaders) {
        return new Loads(partitions, leaders, countersFor(partitions - 1));
    }

    private record Loads(int partitions, IntPredicate leaders, AtomicLong[] queued) implements PartitionLoads {
        @Override
        public boolean hasLeader(int partition) {
            return leaders.test(partition);
        }

        @Override
        public long queuedBytes(int partition) {
            return queued[partition].get();
        }
    }

    /**
     * Counts a record that is about to be passed to a producer.
     *
     * @return the acknowledgment to pass on with it, which ends the count; if the producer refuses the record,
     *     {@link Queued#uncount} has to be called
     */
    Queued add(EncodedRecord record, int partition, Acknowledgment acknowledgment) {
        byte[] key = record.key();
        return new Queued(
                acknowledgment,
                countersFor(partition)[partition],
                RECORD_OVERHEAD + (key == null ? 0 : key.length) + record.valueSize());
    }

    private AtomicLong[] countersFor(int partition) {
        AtomicLong[] counters = byPartition;
        return partition < counters.length ? counters : grown(partition + 1);
    }

    private synchronized AtomicLong[] grown(int partitions) {
        AtomicLong[] counters = byPartition;
        if (partitions > counters.length) {
            int before = counters.length;
            counters = Arrays.copyOf(counters, partitions);
            Arrays.setAll(counters, partition -> new AtomicLong());
            System.arraycopy(byPartition, 0, counters, 0, before);
            byPartition = counters;
        }
        return counters;
    }

    /** One record in the queue of its partition. */
    static final class Queued extends CountedRecord {
        private final AtomicLong counter;
        private int bytes;

        private Queued(Acknowledgment delivery, AtomicLong counter, int bytes) {
            super(delivery);
            this.counter = counter;
            this.bytes = bytes;
            counter.addAndGet(bytes);
        }

        @Override
        void uncount() {
            int counted = bytes;
            bytes = 0;
            counter.addAndGet(-counted);
        }
    }
}
