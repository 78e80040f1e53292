// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;

/**
 * Wraps data keys with a key-encryption key, and unwraps them. Both calls may block: writers make them on threads of
 * their own, a data key at a time; readers make them in the thread that deserializes, once for each data key. Safe for
 * use by any number of threads.
 *
 * <p>Messages of exceptions are shown to callers and in logs: without key material.
 */
public interface KeySource extends AutoCloseable {

    /**
     * Wraps a data key with the current key-encryption key.
     *
     * @param dataKey 32 bytes, which the caller clears afterwards
     * @throws IOException if the service cannot be reached at the moment; the writer tries again
     * @throws GeneralSecurityException if the service or the key refuses; the writer tries again too, since rights can
     *     be restored
     */
    WrappedKey wrap(byte[] dataKey) throws IOException, GeneralSecurityException;

    /**
     * Returns the data key of a wrapped one.
     *
     * @throws IOException if the service cannot be reached at the moment
     * @throws GeneralSecurityException if the key-encryption key is not known, refuses, or does not fit
     */
    byte[] unwrap(WrappedKey wrapped) throws IOException, GeneralSecurityException;

    /** Releases its resources. Called once. */
    @Override
    default void close() {}
}
