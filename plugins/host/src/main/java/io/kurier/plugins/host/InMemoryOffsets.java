// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The storage of a host that forgets its offsets when it is closed: the host itself has them in memory. */
final class InMemoryOffsets implements OffsetStorage {

    @Override
    public Map<SourcePartition, Map<String, Object>> load() {
        return Map.of();
    }

    @Override
    public void store(Map<SourcePartition, @Nullable Map<String, ?>> offsets) {}

    @Override
    public void close() {}
}
