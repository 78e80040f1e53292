// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of a task's records. The task's offsets advance only over an unbroken prefix of stored records: a host
 * that commits the offset of a record whose predecessor failed has lost the predecessor (KAFKA-8586, KAFKA-12226).
 *
 * <p>One thread begins records, any thread ends them. All records from the first that is not done are held, whatever
 * the outcome of those behind it, so the limit counts these: one slow partition must not fill the heap.
 */
final class OffsetTracker {
    private final int most;
    private final Deque<Entry> open = new ArrayDeque<>();
    private Map<Map<String, ?>, @Nullable Map<String, ?>> committable = new HashMap<>();
    private int underWay;
    private @Nullable Throwable failure;

    /** Creates a tracker of at most the given number of records. */
    OffsetTracker(int most) {
        this.most = most;
    }

    /** One record between its poll and its end; the record itself is not kept. */
    static final class Entry {
        private final Map<String, ?> partition;
        private final @Nullable Map<String, ?> offset;
        private boolean done;

        private Entry(Map<String, ?> partition, @Nullable Map<String, ?> offset) {
            this.partition = partition;
            this.offset = offset;
        }
    }

    /** Waits until one more record may begin, or one has failed. */
    synchronized void awaitRoom() throws InterruptedException {
        while (open.size() >= most && failure == null) {
            wait();
        }
    }

    /** Begins a record that is about to be published. */
    synchronized Entry begin(SourceRecord record) {
        Entry entry = new Entry(record.sourcePartition(), record.sourceOffset());
        open.add(entry);
        underWay++;
        return entry;
    }

    /** Marks a record as done. */
    synchronized void done(Entry entry) {
        entry.done = true;
        for (Entry first = open.peek(); first != null && first.done; first = open.peek()) {
            open.remove();
            committable.put(first.partition, first.offset);
        }
        ended();
    }

    /**
     * Records that a record is not stored, or may not be: no offset advances over it any more. The first reason is
     * kept.
     */
    synchronized void failed(Throwable reason) {
        if (failure == null) {
            failure = reason;
        }
        ended();
    }

    private void ended() {
        underWay--;
        notifyAll();
    }

    /** Returns why a record failed, or null if none has. */
    synchronized @Nullable Throwable failure() {
        return failure;
    }

    /** Returns and removes the offsets that can be committed now, the last of each source partition. */
    synchronized Map<Map<String, ?>, @Nullable Map<String, ?>> takeCommittable() {
        Map<Map<String, ?>, @Nullable Map<String, ?>> taken = committable;
        committable = new HashMap<>();
        return taken;
    }

    /** Waits until every record that was begun is done or has failed. */
    synchronized void awaitAll() throws InterruptedException {
        while (underWay > 0) {
            wait();
        }
    }
}
