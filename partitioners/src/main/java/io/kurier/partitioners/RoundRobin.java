// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import io.kurier.spi.EncodedRecord;
import io.kurier.spi.RecordPartitioner;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Assigns records to partitions in turn: of any {@code n} consecutive records, each of {@code n} partitions gets one.
 * Safe for use by any number of threads.
 *
 * <p>Kafka's {@code RoundRobinPartitioner} leaves out partitions without a leader, so that a short outage changes the
 * assignment. Here they keep their turn, and their records wait for the leader as records with a key do.
 */
final class RoundRobin implements RecordPartitioner {
    /** A long: at a million records per second an int would overflow after an hour, and the order would skip then. */
    private final AtomicLong next;

    RoundRobin(long first) {
        next = new AtomicLong(first);
    }

    @Override
    public int partition(EncodedRecord record, int partitions) {
        return Math.floorMod(next.getAndIncrement(), partitions);
    }
}
