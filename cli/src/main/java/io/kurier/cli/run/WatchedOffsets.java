// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.run;

import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.plugins.host.OffsetStorage;
import io.kurier.plugins.host.TransactionalOffsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notices whether offsets are stored: the host stores them again later and only logs a failure. */
final class WatchedOffsets implements OffsetStorage {
    private final OffsetStorage storage;
    private final RunListener listener;
    private volatile boolean failing;

    WatchedOffsets(OffsetStorage storage, RunListener listener) {
        this.storage = storage;
        this.listener = listener;
    }

    /** Returns whether all offsets that the host has wanted to store are stored. */
    boolean areStored() {
        return !failing;
    }

    @Override
    public Map<SourcePartition, Map<String, Object>> load() {
        return storage.load();
    }

    @Override
    public void store(Map<SourcePartition, @Nullable Map<String, ?>> offsets) {
        boolean before = failing;
        failing = true;
        try {
            storage.store(offsets);
            failing = false;
        } catch (RuntimeException e) {
            if (!before) {
                listener.offsetsFailing(ThrowableText.reason(e));
            }
            throw e;
        }
    }

    @Override
    public Optional<TransactionalOffsets> transactional() {
        return storage.transactional();
    }

    @Override
    public void close() {
        storage.close();
    }
}
