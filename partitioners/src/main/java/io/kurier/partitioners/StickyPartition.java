// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A random partition that stays the same for ten milliseconds, so that records which may go anywhere fill batches
 * ({@code sticky.partitioning.linger.ms} of librdkafka). Safe for use by any number of threads.
 */
final class StickyPartition {
    private static final long STICKS_NANOS = Duration.ofMillis(10).toNanos();

    private volatile Choice current = new Choice(0, 0, System.nanoTime());

    private record Choice(int partition, int partitions, long until) {}

    /** Returns the partition, chosen anew if its time is over or the number of partitions has changed. */
    int next(int partitions) {
        Choice choice = current;
        long now = System.nanoTime();
        if (choice.partitions() != partitions || now - choice.until() >= 0) {
            choice = new Choice(ThreadLocalRandom.current().nextInt(partitions), partitions, now + STICKS_NANOS);
            current = choice;
        }
        return choice.partition();
    }
}
