// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.steady;

import io.kurier.benchmarks.CpuTime;
import io.kurier.benchmarks.StoredRecords;
import io.kurier.benchmarks.clients.Client;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * The measurement of one client's turn.
 *
 * @param latency from the time a record was due to its acknowledgment, in nanoseconds
 * @param late from the time a record was due to the call that sent it, in nanoseconds: the part caused by the machine
 * @param cpuNanos processor time per record, of all threads of the JVM, in nanoseconds
 */
public record RoundResult(AbstractHistogram latency, AbstractHistogram late, double cpuNanos) {
    private static final Duration HIGHEST = Duration.ofMinutes(2);
    private static final int DIGITS = 3;
    private static final Duration MOST_WAITING = Duration.ofSeconds(30);
    private static final long BETWEEN_LOOKS_NANOS = 1_000_000;
    private static final double MICROS = 1_000;

    /**
     * Sends at the pace and waits for the last acknowledgment.
     *
     * @throws IllegalStateException if a record failed, or records and acknowledgments differ
     */
    public static RoundResult of(Client<byte[]> client, byte[][] values, Pace pace, StoredRecords stored) {
        long storedBefore = stored.of(client.topic());
        ConcurrentHistogram latency = new ConcurrentHistogram(HIGHEST.toNanos(), DIGITS);
        ConcurrentHistogram late = new ConcurrentHistogram(HIGHEST.toNanos(), DIGITS);
        LongAdder failed = new LongAdder();
        System.gc(); // so that no turn pays for the garbage of the one before
        CpuTime cpu = CpuTime.start();
        int[] next = {0};
        pace.run(due -> {
            late.recordValue(System.nanoTime() - due);
            client.send(values[next[0]++ % values.length], failure -> {
                if (failure == null) {
                    latency.recordValue(System.nanoTime() - due);
                } else {
                    failed.increment();
                }
            });
        });
        long deadline = System.nanoTime() + MOST_WAITING.toNanos();
        while (latency.getTotalCount() + failed.sum() < pace.records() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
        double cpuNanos = cpu.nanos();
        long nowStored = stored.of(client.topic()) - storedBefore;
        if (latency.getTotalCount() != pace.records() || nowStored != pace.records()) {
            throw new IllegalStateException(client.name() + " sent " + pace.records() + " records: "
                    + latency.getTotalCount() + " were acknowledged, " + failed.sum()
                    + " failed, and the broker has stored " + nowStored);
        }
        return new RoundResult(latency, late, cpuNanos / pace.records());
    }

    /**
     * Returns a percentile of the latency, in microseconds.
     *
     * @param percentile 0 to 100
     */
    public double micros(double percentile) {
        return latency.getValueAtPercentile(percentile) / MICROS;
    }
}
