// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.offsets;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps source offsets as long as this object lives, also when it is closed and opened again. */
public final class MemoryBackingStore implements OffsetBackingStore {
    private final Map<OffsetKey, Map<String, Object>> offsets = new LinkedHashMap<>();

    @Override
    public Map<OffsetKey, Map<String, Object>> peek() {
        return new LinkedHashMap<>(offsets);
    }

    @Override
    public Map<OffsetKey, Map<String, Object>> open() {
        return peek();
    }

    @Override
    public void write(Map<OffsetKey, @Nullable Map<String, ?>> changes) {
        Map<OffsetKey, @Nullable Map<String, Object>> checked = new HashMap<>();
        changes.forEach((key, offset) -> checked.put(key, offset == null ? null : key.normalized(offset)));
        checked.forEach((key, offset) -> {
            if (offset == null) {
                offsets.remove(key);
            } else {
                offsets.put(key, offset);
            }
        });
    }

    @Override
    public void close() {}
}
