// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;

/** The committed source offsets of one connector, in memory. Safe for use by several tasks. */
final class OffsetStore implements OffsetStorageReader {
    private final Map<Map<String, ?>, Map<String, Object>> byPartition = new ConcurrentHashMap<>();

    void commit(Map<Map<String, ?>, Map<String, Object>> offsets) {
        byPartition.putAll(offsets);
    }

    // Connect's contract: null where there is no offset yet.
    @Override
    public <T> @Nullable Map<String, Object> offset(Map<String, T> partition) {
        return byPartition.get(partition);
    }

    @Override
    public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
        Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
        for (Map<String, T> partition : partitions) {
            Map<String, Object> offset = byPartition.get(partition);
            if (offset != null) {
                found.put(partition, offset);
            }
        }
        return found;
    }
}
