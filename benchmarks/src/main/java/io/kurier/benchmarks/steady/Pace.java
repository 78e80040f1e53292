// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.steady;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * An open loop: each record is due at a time that is known before the run. A sender that is late sends immediately and
 * does not move the time at which the record was due. So the latencies of a client that stalls include every record
 * that was due meanwhile, instead of leaving it out (coordinated omission).
 *
 * @param perSecond records per second
 * @param records the number of records
 */
public record Pace(int perSecond, int records) {

    /** Calls the sender with the {@link System#nanoTime()} at which each record was due, not before that time. */
    public void run(LongConsumer sender) {
        long start = System.nanoTime();
        for (int i = 0; i < records; i++) {
            long due = start + due(i);
            long ahead;
            while ((ahead = due - System.nanoTime()) > 0) {
                LockSupport.parkNanos(ahead);
            }
            sender.accept(due);
        }
    }

    /** Returns when a record is due, in nanoseconds after the start. */
    long due(int record) {
        return record * TimeUnit.SECONDS.toNanos(1) / perSecond;
    }
}
