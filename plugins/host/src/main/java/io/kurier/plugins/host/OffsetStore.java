// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.plugins.host.OffsetStorage.SourcePartition;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;

/**
 * The committed source offsets of one connector. Safe for use by several tasks. Maps are copied on the way in and out,
 * as they are where Connect writes them to a topic: a task may continue to use its maps.
 */
final class OffsetStore implements OffsetStorageReader {
    private final String connector;
    private final OffsetWriter writer;
    private final Map<SourcePartition, Map<String, Object>> byPartition;

    /**
     * Creates the store of a connector.
     *
     * @param stored the offsets that the storage has of it
     */
    OffsetStore(String connector, OffsetWriter writer, Map<SourcePartition, Map<String, Object>> stored) {
        this.connector = connector;
        this.writer = writer;
        this.byPartition = new HashMap<>(stored);
    }

    /**
     * Commits the offsets of source partitions; null forgets one, as a tombstone does in Connect.
     *
     * @throws org.apache.kafka.connect.errors.DataException if a partition has values that cannot be stored
     */
    void commit(Map<Map<String, ?>, @Nullable Map<String, ?>> offsets) {
        Map<SourcePartition, @Nullable Map<String, ?>> copies = changes(offsets);
        committed(copies);
        writer.changed(copies);
    }

    /**
     * Returns copies of offsets by the connector's source partitions.
     *
     * @throws org.apache.kafka.connect.errors.DataException if a partition has values that cannot be stored
     */
    Map<SourcePartition, @Nullable Map<String, ?>> changes(Map<Map<String, ?>, @Nullable Map<String, ?>> offsets) {
        Map<SourcePartition, @Nullable Map<String, ?>> copies = new HashMap<>();
        offsets.forEach((partition, offset) -> copies.put(
                new SourcePartition(connector, partition), offset == null ? null : new LinkedHashMap<>(offset)));
        return copies;
    }

    /** Notes offsets that are stored, or will be; null forgets one. */
    synchronized void committed(Map<SourcePartition, @Nullable Map<String, ?>> changes) {
        changes.forEach((partition, offset) -> {
            if (offset == null) {
                byPartition.remove(partition);
            } else {
                byPartition.put(partition, new LinkedHashMap<>(offset));
            }
        });
    }

    /** Replaces all offsets by those that the storage has. */
    synchronized void replace(Map<SourcePartition, Map<String, Object>> stored) {
        byPartition.clear();
        byPartition.putAll(stored);
    }

    /** Returns where the offsets are written to. */
    OffsetWriter writer() {
        return writer;
    }

    // Connect's contract: null where there is no offset yet.
    @Override
    public synchronized <T> @Nullable Map<String, Object> offset(Map<String, T> partition) {
        Map<String, Object> offset = byPartition.get(new SourcePartition(connector, partition));
        return offset == null ? null : new LinkedHashMap<>(offset);
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
