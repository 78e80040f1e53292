// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import io.kurier.guards.encrypt.keys.KeySource;
import io.kurier.guards.encrypt.keys.WrappedKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The data keys that a reader has unwrapped, the ones used last. Safe for use by any number of threads. */
final class UnwrappedKeys implements AutoCloseable {
    private static final int MOST_KEPT = 1_000;

    /** A wrapped key with equality by its bytes. */
    private record Name(String keyId, ByteBuffer bytes) {}

    private final KeySource source;
    private final Map<Name, DataKey.Secret> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Name, DataKey.Secret> eldest) {
            return size() > MOST_KEPT;
        }
    };

    UnwrappedKeys(KeySource source) {
        this.source = source;
    }

    /**
     * Returns the key of an envelope; may wait for the source of the keys.
     *
     * @throws DecryptionException if the source does not have it, or cannot be reached
     */
    DataKey.Secret of(Envelope envelope) {
        WrappedKey wrapped = envelope.wrapped();
        Name name = new Name(wrapped.keyId(), ByteBuffer.wrap(wrapped.bytes()));
        DataKey.Secret known = kept(name);
        if (known != null) {
            return known;
        }
        DataKey.Secret unwrapped = unwrap(wrapped);
        synchronized (kept) {
            kept.put(name, unwrapped);
        }
        return unwrapped;
    }

    private DataKey.@Nullable Secret kept(Name name) {
        synchronized (kept) {
            return kept.get(name);
        }
    }

    private DataKey.Secret unwrap(WrappedKey wrapped) {
        byte[] bytes;
        try {
            bytes = source.unwrap(wrapped);
        } catch (IOException e) {
            throw noKey("the source of the keys cannot be reached: " + e.getMessage(), true, e);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw noKey("its data key cannot be unwrapped: " + e.getMessage(), false, e);
        }
        if (bytes.length != DataKey.BYTES) {
            throw noKey("its data key has " + bytes.length + " bytes, not " + DataKey.BYTES, false, null);
        }
        return DataKey.Secret.of(bytes);
    }

    private static DecryptionException noKey(String reason, boolean retriable, @Nullable Throwable cause) {
        return new DecryptionException(DecryptionException.Part.DATA_KEY, reason, retriable, cause);
    }

    @Override
    public void close() {
        source.close();
    }
}
