// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import io.kurier.spi.EncodedRecord;
import io.kurier.spi.RecordPartitioner;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Deals records out in turn: of any {@code n} records in a row, each of {@code n} partitions gets one. Safe for use by
 * any number of threads.
 *
 * <p>Kafka's {@code RoundRobinPartitioner} leaves out partitions without a leader, so that a short outage changes who
 * gets what. Here they keep their turn, and their records wait for the leader as those with a key do.
 */
final class RoundRobin implements RecordPartitioner {
    /** A long: at a million records a second an int would be back at its start after an hour, and skip then. */
    private final AtomicLong next;

    RoundRobin(long first) {
        next = new AtomicLong(first);
    }

    @Override
    public int partition(EncodedRecord record, int partitions) {
        return Math.floorMod(next.getAndIncrement(), partitions);
    }
}
