// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.offsets;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps source offsets; the counterpart of Connect's interface of this name. Used by one thread at a time. */
public interface OffsetBackingStore extends AutoCloseable {

    /**
     * Reads all offsets as they were last stored, without the right to change them: creates nothing, and does not mind
     * another process that has the store open.
     *
     * @throws BackingStoreException if there is no such store, or it cannot be read or is damaged
     */
    Map<OffsetKey, Map<String, Object>> peek();

    /**
     * Reads all offsets and begins the use of the store, which is created if there is none.
     *
     * @throws BackingStoreException if it cannot be used, another process uses it, or it is damaged
     */
    Map<OffsetKey, Map<String, Object>> open();

    /**
     * Stores changes durably; the others stay.
     *
     * @param changes the new offsets; null forgets one
     * @throws BackingStoreException if some may not be stored; a later call may have them again
     * @throws org.apache.kafka.connect.errors.DataException if an offset has a value that Connect does not take, and
     *     nothing is stored
     */
    void write(Map<OffsetKey, @Nullable Map<String, ?>> changes);

    /** Ends the use of the store; without effect where {@link #open} was not called. */
    @Override
    void close();
}
