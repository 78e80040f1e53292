// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the source offsets of a host's connectors are kept, so that they continue after a restart. One host uses one
 * storage at a time. The host calls one method at a time, from a thread that may wait.
 */
public interface OffsetStorage extends AutoCloseable {

    /**
     * Reads all offsets; called before the first connector starts.
     *
     * @return the last offset of each source partition, with the types that JSON has: strings, booleans, longs, doubles
     * @throws OffsetStorageException if they cannot be read, or are damaged
     */
    Map<SourcePartition, Map<String, Object>> load();

    /**
     * Stores offsets, in a way that survives a crash of this process as soon as the method returns.
     *
     * @param offsets the offsets that have changed; null forgets a source partition
     * @throws OffsetStorageException if they may not be stored. The host calls the method again later, with these
     *     offsets or later ones
     */
    void store(Map<SourcePartition, @Nullable Map<String, ?>> offsets);

    /** Closes files and connections. */
    @Override
    void close();

    /**
     * A part of a connector's input.
     *
     * @param connector the connector's name
     * @param partition what identifies the part, as the connector names it
     */
    record SourcePartition(String connector, Map<String, ?> partition) {
        /** Copies the map. */
        public SourcePartition {
            partition = Map.copyOf(partition);
        }
    }
}
