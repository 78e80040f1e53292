// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import io.kurier.spi.EncodedRecord;
import io.kurier.spi.LoadAwarePartitioner;
import io.kurier.spi.PartitionLoads;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Sends records to the partition with the fewest queued bytes among those that have a leader. A slow leader keeps a
 * queue, so it gets a record only when all others have as much to do.
 *
 * <p>A chosen partition is used until a batch has been filled, or for at most ten milliseconds: records that change the
 * partition each time would make small batches. Safe for use by any number of threads.
 */
final class LeastLoaded implements LoadAwarePartitioner {
    private static final long MOST_NANOS = Duration.ofMillis(10).toNanos();

    private final int batchBytes;
    private volatile Turn current = new Turn(0, 0, 0, System.nanoTime());

    /** One use of a partition. */
    private static final class Turn {
        private final int partition;
        private final int partitions;
        private final long until;

        /** Threads that count at once lose each other's bytes, so that the turn lasts a little longer. */
        private int bytesLeft;

        Turn(int partition, int partitions, int bytesLeft, long until) {
            this.partition = partition;
            this.partitions = partitions;
            this.bytesLeft = bytesLeft;
            this.until = until;
        }

        boolean lasts(PartitionLoads loads, long now) {
            return bytesLeft > 0 && partitions == loads.partitions() && now - until < 0 && loads.hasLeader(partition);
        }
    }

    /**
     * Creates a partitioner.
     *
     * @param batchBytes how many bytes of keys and values a partition gets at a time
     */
    LeastLoaded(int batchBytes) {
        this.batchBytes = batchBytes;
    }

    @Override
    public int partition(EncodedRecord record, PartitionLoads loads) {
        long now = System.nanoTime();
        Turn turn = current;
        if (!turn.lasts(loads, now)) {
            turn = new Turn(choose(loads), loads.partitions(), batchBytes, now + MOST_NANOS);
            current = turn;
        }
        byte[] key = record.key();
        turn.bytesLeft -= record.valueSize() + (key == null ? 0 : key.length);
        return turn.partition;
    }

    /** Begins at a random partition, so that of several with equal queues each can be chosen. */
    private static int choose(PartitionLoads loads) {
        int partitions = loads.partitions();
        int first = ThreadLocalRandom.current().nextInt(partitions);
        int best = first;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < partitions; i++) {
            int partition = first + i < partitions ? first + i : first + i - partitions;
            if (loads.hasLeader(partition)) {
                long queued = loads.queuedBytes(partition);
                if (queued < least) {
                    least = queued;
                    best = partition;
                }
            }
        }
        return best;
    }
}
