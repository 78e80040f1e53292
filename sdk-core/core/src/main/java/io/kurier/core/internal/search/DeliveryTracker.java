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
 * What one producer has had acknowledged, and what has failed, in one topic with record ids: enough to say later where a
 * record that was never answered must stand if it is stored, and whether it can still arrive.
 *
 * <p>It can not once a record of the same producer in the same partition is acknowledged that was handed over after the
 * failure. Either its sequence number follows on that of the failed record, which therefore is stored; or the producer has
 * raised its epoch (KIP-360), and the broker, which knows that from the acknowledged record, refuses whatever of the old
 * epoch still comes.
 *
 * <p>A topic that is deleted and created again keeps its name and its producers, and its offsets begin anew. So all that is
 * known belongs to a stretch, in which the topic has had one id. The next stretch begins where a record is
 * acknowledged at an offset that had been given away before it was handed over, and where somebody has seen another id. It
 * knows nothing, and proves nothing of what was handed over before it.
 */
public final class DeliveryTracker {
    /** After how many acknowledgments callers are shown where the partitions end; what they see is a bit older. */
    private static final int BETWEEN_LOOKS = 64;

    private final String topic;
    private volatile Stretch current;

    /**
     * The tracker of a new producer.
     *
     * @param topic the physical topic
     * @param topicId Kafka's id of the topic, read before the offsets were; null if the cluster tells none
     * @param lastOffsets by partition, the offset before the end of the log at this moment, as far as it is known
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

    /** The tracker of the producer that replaces this one's. */
    public DeliveryTracker ofNextProducer() {
        Stretch last = current;
        return new DeliveryTracker(topic, last.topicId, last.offsets());
    }

    /** A record is about to be handed over. */
    public TrackedRecord next(EncodedRecord record, long timestamp) {
        UUID id = RecordId.of(record.headers())
                .orElseThrow(() -> new IllegalStateException("a record without an id in " + topic));
        return new TrackedRecord(current, id, timestamp);
    }

    /** Whether the record of a handle cannot be stored any more if it is not stored now. */
    public boolean proves(DeliveryHandle handle) {
        return current.proves(handle);
    }

    /** The topic has this id now: what is handed over from here on goes to that one or a later one. */
    public synchronized void hasId(Uuid now) {
        if (!now.equals(current.topicId)) {
            current = new Stretch(now, new long[0]);
        }
    }

    /** The topic is not what it was; which id it has now is for {@link #hasId} to say. */
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

    /** The time in which the topic has had one id. What was handed over in it is noted in it, whenever it is answered. */
    private final class Stretch {
        private final @Nullable Uuid topicId;
        private final UUID producer = UUID.randomUUID();

        /** By partition, the last acknowledged offset, -1 if there is none; for callers, and never changed. */
        private volatile long[] shown;

        private volatile long failures;

        // Guarded by this.
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

    /** One record from its hand-over to its answer. */
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

        /** The record is stored; at -1 if Kafka does not tell the offset. */
        public void acknowledged(int partition, long offset) {
            stretch.acknowledged(partition, offset, before, failuresBefore);
        }

        /** Nobody knows what became of the record; answers what it can be found by. */
        public DeliveryHandle failed(int partition) {
            return stretch.failed(this, partition);
        }
    }
}
