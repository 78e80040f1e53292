// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker.proxy;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts what the faults have hit: a test whose fault never occurred would prove nothing. Safe for use by any thread.
 */
final class FaultCounts {
    private final AtomicLongArray counts = new AtomicLongArray(Fault.values().length);
    private final AtomicLong answered = new AtomicLong();

    void add(Fault fault) {
        counts.incrementAndGet(fault.ordinal());
    }

    long of(Fault fault) {
        return counts.get(fault.ordinal());
    }

    /** Counts a held request that the broker has answered. */
    void addAnswered() {
        answered.incrementAndGet();
    }

    long answered() {
        return answered.get();
    }
}
