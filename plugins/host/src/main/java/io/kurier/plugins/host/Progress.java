// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Which records of a task are done, so that its offsets advance only over an unbroken prefix: a host that commits the
 * offset of a record whose predecessor failed has lost the predecessor (KAFKA-8586, KAFKA-12226).
 */
final class Progress {
    private final Deque<Entry> open = new ArrayDeque<>();

    /** One record between the task and its acknowledgment. */
    static final class Entry {
        private final SourceRecord record;
        private boolean done;

        private Entry(SourceRecord record) {
            this.record = record;
        }
    }

    /** A record is on its way. */
    synchronized Entry begin(SourceRecord record) {
        Entry entry = new Entry(record);
        open.add(entry);
        return entry;
    }

    /** A record needs no further attention. */
    synchronized void done(Entry entry) {
        entry.done = true;
    }

    /** Takes the offsets that can be committed now, the last of each source partition. */
    synchronized Map<Map<String, ?>, Map<String, Object>> advance() {
        Map<Map<String, ?>, Map<String, Object>> offsets = new HashMap<>();
        for (Entry first = open.peek(); first != null && first.done; first = open.peek()) {
            open.remove();
            offsets.put(first.record.sourcePartition(), offset(first.record));
        }
        return offsets;
    }

    @SuppressWarnings("unchecked") // Connect declares Map<String, ?> and stores it as Map<String, Object>
    private static Map<String, Object> offset(SourceRecord record) {
        return (Map<String, Object>) record.sourceOffset();
    }
}
