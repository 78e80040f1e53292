// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.path;

import io.kurier.DeliveryHandle;
import io.kurier.Resolution;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.SendRejection;
import io.kurier.core.transport.TransactionalSender;
import io.kurier.core.transport.Transport;
import io.kurier.spi.EncodedRecord;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Accepts every record and acknowledges it immediately, in the caller's thread or, like Kafka, in another one. Used by
 * one calling thread.
 */
final class InstantTransport implements Transport {
    private static final int PARTITIONS = 6;
    private static final int IN_FLIGHT = 4_096;

    /** Accepted and not yet acknowledged: a slot is null when it is free. */
    private final AtomicReferenceArray<@Nullable Acknowledgment> ring = new AtomicReferenceArray<>(IN_FLIGHT);

    /** The sizes of their values: written before a slot is filled, read before it is free. */
    private final int[] sizes = new int[IN_FLIGHT];

    private final boolean elsewhere;
    private final Thread acknowledging = new Thread(this::acknowledge, "instant-acknowledgments");
    private volatile boolean closed;
    private long sent;

    /**
     * Creates a transport.
     *
     * @param elsewhere whether a thread of its own acknowledges
     */
    InstantTransport(boolean elsewhere) {
        this.elsewhere = elsewhere;
        if (elsewhere) {
            acknowledging.setDaemon(true);
            acknowledging.start();
        }
    }

    @Override
    public int partitions(String topic) {
        return PARTITIONS;
    }

    @Override
    public @Nullable SendRejection attempt(
            EncodedRecord record, int partition, @Nullable Long timestamp, Acknowledgment acknowledgment) {
        long offset = sent++;
        if (!elsewhere) {
            acknowledgment.stored(0, offset, 0, record.valueSize());
            return null;
        }
        int slot = (int) (offset % IN_FLIGHT);
        while (ring.get(slot) != null) {
            Thread.onSpinWait(); // parking would be measured instead of the path
        }
        sizes[slot] = record.valueSize();
        ring.setRelease(slot, acknowledgment);
        return null;
    }

    private void acknowledge() {
        long offset = 0;
        while (!closed) {
            int slot = (int) (offset % IN_FLIGHT);
            Acknowledgment next = ring.getAcquire(slot);
            if (next == null) {
                Thread.onSpinWait();
            } else {
                int valueBytes = sizes[slot];
                ring.setRelease(slot, null);
                next.stored(0, offset++, 0, valueBytes);
            }
        }
    }

    @Override
    public TransactionalSender transactional(String transactionalId) {
        throw new UnsupportedOperationException("this transport has no transactions");
    }

    @Override
    public Resolution resolve(DeliveryHandle handle) {
        throw new UnsupportedOperationException("this transport keeps nothing");
    }

    @Override
    public void flush() {
        for (int slot = 0; slot < IN_FLIGHT; slot++) {
            while (ring.get(slot) != null && !closed) {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void close(Duration timeout) {
        flush();
        closed = true;
    }
}
