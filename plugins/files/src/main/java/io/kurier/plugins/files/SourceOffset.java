// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The source offset of a record: a position and what identifies its file. Every record has one and few are stored, so
 * the entries of the map are created only when they are asked for. Immutable; equal to any map with the same entries.
 */
final class SourceOffset extends AbstractMap<String, Object> {

    private final Position position;
    private final FileIdentity identity;

    SourceOffset(Position position, FileIdentity identity) {
        this.position = position;
        this.identity = identity;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        return entries().get(name);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return entries().containsKey(name);
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return Collections.unmodifiableMap(entries()).entrySet();
    }

    private Map<String, Object> entries() {
        Map<String, Object> entries = new LinkedHashMap<>();
        position.addTo(entries);
        identity.addTo(entries);
        return entries;
    }
}
