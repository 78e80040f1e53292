// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.sign;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The ids of the records that a reader has seen last, of each topic as many, by which it detects that one was stored
 * once more. An id stays until as many newer ones have been seen. Safe for use by any number of threads.
 */
final class ReplayWindow {
    private static final int NO_PARTITION = -1;

    private final int size;
    private final AtomicLong unknown = new AtomicLong();
    private final Map<String, Map<UUID, Position>> topics = new HashMap<>(); // guarded by itself

    /** Where a record is stored. */
    record Position(String topic, int partition, long offset) {}

    /**
     * Creates an empty window.
     *
     * @param size the number of ids of each topic, at least 1
     */
    ReplayWindow(int size) {
        this.size = size;
    }

    /** Returns a position that equals no other one, for a reader that does not know it. */
    Position unknown(String topic) {
        return new Position(topic, NO_PARTITION, unknown.getAndIncrement());
    }

    /**
     * Returns whether a record with this id was seen at another position, and keeps the id if not.
     *
     * @param topic the logical topic
     */
    boolean isReplay(String topic, UUID id, Position position) {
        synchronized (topics) {
            Map<UUID, Position> seen = topics.computeIfAbsent(topic, each -> new Newest(size));
            Position first = seen.putIfAbsent(id, position);
            return first != null && !first.equals(position);
        }
    }

    private static final class Newest extends LinkedHashMap<UUID, Position> {
        private static final long serialVersionUID = 1L;
        private final int most;

        Newest(int most) {
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Position> eldest) {
            return size() > most;
        }
    }
}
