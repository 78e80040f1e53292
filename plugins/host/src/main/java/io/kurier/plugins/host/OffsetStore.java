// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;

/**
 * The committed source offsets of one connector, in memory. Safe for use by several tasks. Maps are copied on the way
 * in and out, as they are where Connect writes them to a topic: a task may continue to use its maps.
 */
final class OffsetStore implements OffsetStorageReader {
    private final Map<Map<String, ?>, Map<String, Object>> byPartition = new HashMap<>();

    /** Stores the offsets of source partitions; null forgets one, as a tombstone does in Connect. */
    synchronized void commit(Map<Map<String, ?>, @Nullable Map<String, ?>> offsets) {
        offsets.forEach((partition, offset) -> {
            if (offset == null) {
                byPartition.remove(partition);
            } else {
                byPartition.put(new HashMap<>(partition), new HashMap<>(offset));
            }
        });
    }

    // Connect's contract: null where there is no offset yet.
    @Override
    public synchronized <T> @Nullable Map<String, Object> offset(Map<String, T> partition) {
        Map<String, Object> offset = byPartition.get(partition);
        return offset == null ? null : new HashMap<>(offset);
    }

    @Override
    public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
        Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
        for (Map<String, T> partition : partitions) {
            Map<String, Object> offset = offset(partition);
            if (offset != null) {
                found.put(partition, offset);
            }
        }
        return found;
    }
}
