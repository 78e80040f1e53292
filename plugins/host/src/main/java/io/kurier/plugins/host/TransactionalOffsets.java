// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.core.internal.transactions.SourceTransaction;
import io.kurier.plugins.host.OffsetStorage.SourcePartition;
import io.kurier.plugins.host.internal.offsets.BackingStoreException;
import io.kurier.plugins.host.internal.offsets.OffsetKey;
import io.kurier.plugins.host.internal.offsets.TopicBackingStore;
import io.kurier.plugins.host.internal.offsets.TopicBackingStore.OffsetRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Source offsets in a topic that are written in the transactions of their records; see {@link
 * OffsetStorage#transactional}. Only a host uses it. Safe for use by any number of threads.
 */
public final class TransactionalOffsets {
    private final TopicBackingStore store;

    TransactionalOffsets(TopicBackingStore store) {
        this.store = store;
    }

    /** Returns the topic's physical name. */
    String topic() {
        return store.topic();
    }

    /**
     * Adds offsets to a transaction.
     *
     * @param offsets null forgets a source partition
     * @throws io.kurier.PublishException if the producer does not take them
     * @throws org.apache.kafka.connect.errors.DataException if an offset has a value that Connect does not take
     */
    void add(Map<SourcePartition, @Nullable Map<String, ?>> offsets, SourceTransaction transaction) {
        for (OffsetRecord record : store.records(changes(offsets))) {
            transaction.add(store.topic(), record.key(), record.value());
        }
    }

    /** Notes that a transaction with these offsets is committed. */
    void committed(Map<SourcePartition, @Nullable Map<String, ?>> offsets) {
        store.written(changes(offsets));
    }

    /**
     * Reads the offsets of a connector again, with all that earlier owners of its tasks have committed.
     *
     * @throws OffsetStorageException if they cannot be read
     */
    Map<SourcePartition, Map<String, Object>> reload(String connector) {
        try {
            Map<SourcePartition, Map<String, Object>> offsets = new LinkedHashMap<>();
            store.reload().forEach((key, offset) -> {
                if (key.connector().equals(connector)) {
                    offsets.put(new SourcePartition(connector, key.partition()), offset);
                }
            });
            return offsets;
        } catch (BackingStoreException e) {
            throw new OffsetStorageException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Map<OffsetKey, @Nullable Map<String, ?>> changes(
            Map<SourcePartition, @Nullable Map<String, ?>> offsets) {
        Map<OffsetKey, @Nullable Map<String, ?>> changes = new LinkedHashMap<>();
        offsets.forEach(
                (partition, offset) -> changes.put(OffsetKey.of(partition.connector(), partition.partition()), offset));
        return changes;
    }
}
