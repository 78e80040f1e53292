// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import io.kurier.Handle;
import io.kurier.RecordId;
import io.kurier.spi.EncodedRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What one producer has had acknowledged, and what has failed, in one topic with record ids: enough to say later where a
 * record that was never answered must stand if it is stored, and whether it can still arrive.
 *
 * <p>It can not once a record of the same producer in the same partition is acknowledged that was handed over after the
 * failure. Either its sequence number follows on that of the failed record, which therefore is stored; or the producer has
 * raised its epoch (KIP-360), and the broker, which knows that from the acknowledged record, refuses whatever of the old
 * epoch still comes.
 */
public final class Trail {
    /** After how many acknowledgments callers are shown where the partitions end; what they see is a bit older. */
    private static final int BETWEEN_LOOKS = 64;

    private final String topic;
    private final UUID producer;

    /** By partition, the last acknowledged offset, -1 if there is none; for callers, and never changed. */
    private volatile long[] shown;

    private volatile long failures;

    // Guarded by this.
    private long[] acknowledged;
    private long[] provenFailures;
    private int sinceLook;

    /**
     * The trail of a producer that is new.
     *
     * @param topic the physical topic
     * @param lastOffsets by partition, the offset before the end of the log at this moment, as far as it is known
     */
    public Trail(String topic, Map<Integer, Long> lastOffsets) {
        this(topic, offsets(lastOffsets));
    }

    private Trail(String topic, long[] lastOffsets) {
        this.topic = topic;
        this.producer = UUID.randomUUID();
        this.acknowledged = lastOffsets;
        this.shown = lastOffsets.clone();
        this.provenFailures = new long[lastOffsets.length];
    }

    private static long[] offsets(Map<Integer, Long> lastOffsets) {
        long[] offsets = new long[0];
        for (Map.Entry<Integer, Long> entry : lastOffsets.entrySet()) {
            offsets = grown(offsets, entry.getKey(), -1);
            offsets[entry.getKey()] = entry.getValue();
        }
        return offsets;
    }

    /** The trail of the producer that takes this one's place. */
    synchronized Trail ofNextProducer() {
        return new Trail(topic, acknowledged.clone());
    }

    /** A record is about to be handed over. */
    public Step next(EncodedRecord record, long timestamp) {
        return new Step(
                RecordId.of(record.headers())
                        .orElseThrow(() -> new IllegalStateException("a record without an id in " + topic)),
                timestamp,
                shown,
                failures);
    }

    /** Whether the record of a handle cannot be stored any more if it is not stored now. */
    public synchronized boolean proves(Handle handle) {
        return producer.equals(handle.producer())
                && handle.partition() < provenFailures.length
                && provenFailures[handle.partition()] >= handle.failure();
    }

    private synchronized void acknowledged(int partition, long offset, long failuresBefore) {
        acknowledged = grown(acknowledged, partition, -1);
        provenFailures = grown(provenFailures, partition, 0);
        acknowledged[partition] = Math.max(acknowledged[partition], offset);
        provenFailures[partition] = Math.max(provenFailures[partition], failuresBefore);
        sinceLook++;
        if (sinceLook >= BETWEEN_LOOKS) {
            sinceLook = 0;
            shown = acknowledged.clone();
        }
    }

    private synchronized long failed() {
        failures++;
        return failures;
    }

    private static long[] grown(long[] values, int index, long filler) {
        if (index < values.length) {
            return values;
        }
        long[] more = Arrays.copyOf(values, index + 1);
        Arrays.fill(more, values.length, more.length, filler);
        return more;
    }

    /** One record from its hand-over to its answer. */
    public final class Step {
        private final UUID id;
        private final long timestamp;
        private final long[] before;
        private final long failuresBefore;

        private Step(UUID id, long timestamp, long[] before, long failuresBefore) {
            this.id = id;
            this.timestamp = timestamp;
            this.before = before;
            this.failuresBefore = failuresBefore;
        }

        /** The record is stored. */
        public void acknowledged(int partition, long offset) {
            Trail.this.acknowledged(partition, offset, failuresBefore);
        }

        /** Nobody knows what became of the record; answers what it can be found by. */
        public Handle failed(int partition) {
            return new Handle(
                    topic,
                    partition,
                    List.of(id),
                    timestamp,
                    partition < before.length ? before[partition] : -1,
                    producer,
                    Trail.this.failed());
        }
    }
}
