// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.search;

import io.kurier.DeliveryHandle;
import io.kurier.RecordId;
import io.kurier.spi.EncodedRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the acknowledgments and failures of one producer in one topic with record ids. That is enough to find out
 * later after which offset a record without a response must be if it is stored, and whether it can still be appended.
 *
 * <p>It can no longer be appended once a record of the same producer in the same partition is acknowledged that was
 * sent after the failure. Either that record's sequence number follows on the one of the failed record, which therefore
 * is stored; or the producer has raised its epoch (KIP-360), and the broker, which knows that from the acknowledged
 * record, refuses every later record of the old epoch.
 *
 * <p>A topic that is deleted and created again keeps its name and its producers, but its offsets start again. So all
 * knowledge belongs to a stretch, in which the topic has had one id. The next stretch begins where a record is
 * acknowledged at an offset that had already been assigned before the record was sent, and where another id has been
 * seen. It starts without knowledge, and proves nothing about records sent before it.
 */
public final class DeliveryTracker {
    /** After how many acknowledgments the offsets visible to callers are refreshed; callers see slightly older ones. */
    private static final int BETWEEN_LOOKS = 64;

    private final String topic;
    private volatile Stretch current;

    /**
     * Makes the tracker of a new producer.
     *
     * @param topic the physical name of the topic
     * @param topicId Kafka's id of the topic, read before the offsets were; null if the cluster has none
     * @param lastOffsets for each partition, the offset before the current end of the log, as far as it is known
     */
    public DeliveryTracker(String topic, @Nullable Uuid topicId, Map<Integer, Long> lastOffsets) {
        this(topic, topicId, offsets(lastOffsets));
    }

    private DeliveryTracker(String topic, @Nullable Uuid topicId, long[] lastOffsets) {
        this.topic = topic;
        this.current = new Stretch(topicId, lastOffsets);
    }

    private static long[] offsets(Map<Integer, Long> lastOffsets) {
        long[] offsets = new long[0];
        for (Map.Entry<Integer, Long> entry : lastOffsets.entrySet()) {
            offsets = grown(offsets, entry.getKey(), -1);
            offsets[entry.getKey()] = entry.getValue();
        }
        return offsets;
    }

    /** Returns the tracker for the producer that replaces this one's. */
    public DeliveryTracker ofNextProducer() {
        Stretch last = current;
        return new DeliveryTracker(topic, last.topicId, last.offsets());
    }

    /** Called when a record is about to be sent. */
    public TrackedRecord next(EncodedRecord record, long timestamp) {
        UUID id = RecordId.of(record.headers())
                .orElseThrow(() -> new IllegalStateException("a record without an id in " + topic));
        return new TrackedRecord(current, id, timestamp);
    }

    /** Whether the record of a handle can no longer be stored if it is not stored now. */
    public boolean proves(DeliveryHandle handle) {
        return current.proves(handle);
    }

    /** Called with the topic's current id: records sent from here on go to the topic with that id or a later one. */
    public synchronized void hasId(Uuid now) {
        if (!now.equals(current.topicId)) {
            current = new Stretch(now, new long[0]);
        }
    }

    /** Called when the topic is no longer the same; {@link #hasId} sets its new id. */
    private synchronized void end(Stretch stretch) {
        if (current == stretch) {
            current = new Stretch(null, new long[0]);
        }
    }

    private static long[] grown(long[] values, int index, long filler) {
        if (index < values.length) {
            return values;
        }
        long[] more = Arrays.copyOf(values, index + 1);
        Arrays.fill(more, values.length, more.length, filler);
        return more;
    }

    private static long at(int partition, long[] offsets) {
        return partition < offsets.length ? offsets[partition] : -1;
    }

    /**
     * The time in which the topic has had one id. The results of records sent in it are recorded in it, whenever they
     * arrive.
     */
    private final class Stretch {
        private final @Nullable Uuid topicId;
        private final UUID producer = UUID.randomUUID();

        /**
         * For each partition, the last acknowledged offset, -1 if there is none; read by callers, and never modified.
         */
        private volatile long[] shown;

        private volatile long failures;

        // The fields below are guarded by this.
        private long[] acknowledged;
        private long[] provenFailures;
        private int sinceLook;

        Stretch(@Nullable Uuid topicId, long[] lastOffsets) {
            this.topicId = topicId;
            this.acknowledged = lastOffsets;
            this.shown = lastOffsets.clone();
            this.provenFailures = new long[lastOffsets.length];
        }

        synchronized long[] offsets() {
            return acknowledged.clone();
        }

        synchronized boolean proves(DeliveryHandle handle) {
            return producer.equals(handle.producer())
                    && handle.partition() < provenFailures.length
                    && provenFailures[handle.partition()] >= handle.failure();
        }

        void acknowledged(int partition, long offset, long[] before, long failuresBefore) {
            if (offset >= 0 && offset <= at(partition, before)) {
                end(this);
            } else {
                acknowledged(partition, offset, failuresBefore);
            }
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

        DeliveryHandle failed(TrackedRecord tracked, int partition) {
            return new DeliveryHandle(
                    topic,
                    topicId,
                    partition,
                    List.of(tracked.id),
                    tracked.timestamp,
                    at(partition, tracked.before),
                    producer,
                    failed());
        }
    }

    /** One record from the time it is sent to its result. */
    public static final class TrackedRecord {
        private final Stretch stretch;
        private final UUID id;
        private final long timestamp;
        private final long[] before;
        private final long failuresBefore;

        private TrackedRecord(Stretch stretch, UUID id, long timestamp) {
            this.stretch = stretch;
            this.id = id;
            this.timestamp = timestamp;
            this.before = stretch.shown;
            this.failuresBefore = stretch.failures;
        }

        /** Called when the record is stored; the offset is -1 if Kafka did not return it. */
        public void acknowledged(int partition, long offset) {
            stretch.acknowledged(partition, offset, before, failuresBefore);
        }

        /** Called when the outcome of the record is unknown; returns the handle by which it can be found. */
        public DeliveryHandle failed(int partition) {
            return stretch.failed(this, partition);
        }
    }
}
