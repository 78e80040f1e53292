// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt.keys;

import java.util.Objects;

/**
 * A data key, encrypted with a key-encryption key. Envelopes contain both parts in plain text.
 *
 * @param keyId identifies the key-encryption key for its source and for people, such as a URI; at most 1,024 bytes in
 *     UTF-8
 * @param bytes the encrypted data key, at most 8,192 bytes; not copied
 */
public record WrappedKey(String keyId, byte[] bytes) {

    /** Checks that both are given. */
    public WrappedKey {
        Objects.requireNonNull(keyId, "keyId");
        Objects.requireNonNull(bytes, "bytes");
    }

    /** Shows the id only. */
    @Override
    public String toString() {
        return "WrappedKey[" + keyId + "]";
    }
}
