// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.plugins.host.internal.offsets.BackingStoreException;
import io.kurier.plugins.host.internal.offsets.OffsetBackingStore;
import io.kurier.plugins.host.internal.offsets.OffsetKey;
import io.kurier.plugins.host.internal.offsets.TopicBackingStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The storages of {@link OffsetStorage}'s methods. */
final class BackedOffsetStorage implements OffsetStorage {
    private final OffsetBackingStore store;

    BackedOffsetStorage(OffsetBackingStore store) {
        this.store = store;
    }

    @Override
    public Map<SourcePartition, Map<String, Object>> load() {
        try {
            Map<SourcePartition, Map<String, Object>> offsets = new LinkedHashMap<>();
            store.open()
                    .forEach((key, offset) ->
                            offsets.put(new SourcePartition(key.connector(), key.partition()), offset));
            return offsets;
        } catch (BackingStoreException e) {
            throw new OffsetStorageException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void store(Map<SourcePartition, @Nullable Map<String, ?>> offsets) {
        Map<OffsetKey, @Nullable Map<String, ?>> changes = new LinkedHashMap<>();
        offsets.forEach(
                (partition, offset) -> changes.put(OffsetKey.of(partition.connector(), partition.partition()), offset));
        try {
            store.write(changes);
        } catch (BackingStoreException e) {
            throw new OffsetStorageException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Optional<TransactionalOffsets> transactional() {
        return store instanceof TopicBackingStore topic
                ? Optional.of(new TransactionalOffsets(topic))
                : Optional.empty();
    }

    @Override
    public void close() {
        store.close();
    }
}
