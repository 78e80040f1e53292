// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.sign;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.signature.Ed25519PrivateKey;
import com.google.crypto.tink.signature.Ed25519PublicKey;
import com.google.crypto.tink.subtle.Ed25519Sign;
import com.google.crypto.tink.subtle.Ed25519Verify;
import io.kurier.guards.internal.KeysetFile;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;

/**
 * A key that signs. Tink's implementation of Ed25519 takes a ninth of the time of that of JDK 17. It is used without
 * the prefix that Tink puts before signatures, since the header has the id of the key.
 *
 * @param id the id of the key in its keyset
 * @param signer signs with it
 */
record SigningKey(int id, Ed25519Sign signer) {

    /**
     * Reads the primary key.
     *
     * @throws IOException if the file cannot be read, or users other than its owner have rights to it
     * @throws GeneralSecurityException if it is no keyset of keys that sign
     */
    @AccessesPartialKey // the raw key, without which Tink puts a prefix before each signature
    static SigningKey primaryOf(KeysetFile file) throws IOException, GeneralSecurityException {
        KeysetHandle.Entry primary = file.read().getPrimary();
        if (primary.getKey() instanceof Ed25519PrivateKey key) {
            byte[] seed = key.getPrivateKeyBytes().toByteArray(InsecureSecretKeyAccess.get());
            return new SigningKey(primary.getId(), new Ed25519Sign(seed));
        }
        throw otherKind(file);
    }

    /**
     * Reads the public keys, by id. A key that is disabled is left out.
     *
     * @throws IOException if the file cannot be read
     * @throws GeneralSecurityException if it is no keyset of keys that verify, or has secret keys
     */
    @AccessesPartialKey // the raw key, without which Tink puts a prefix before each signature
    static Map<Integer, Ed25519Verify> publicOf(KeysetFile file) throws IOException, GeneralSecurityException {
        Map<Integer, Ed25519Verify> keys = new HashMap<>();
        KeysetHandle keyset = file.readPublic();
        for (int i = 0; i < keyset.size(); i++) {
            KeysetHandle.Entry entry = keyset.getAt(i);
            if (!(entry.getKey() instanceof Ed25519PublicKey key)) {
                throw otherKind(file);
            }
            if (entry.getStatus() == KeyStatus.ENABLED) {
                keys.put(
                        entry.getId(), new Ed25519Verify(key.getPublicKeyBytes().toByteArray()));
            }
        }
        return Map.copyOf(keys);
    }

    private static GeneralSecurityException otherKind(KeysetFile file) {
        return new GeneralSecurityException(file.path() + " has keys of another kind: these are not for Ed25519."
                + " kurier keys generate --for signatures makes such keys");
    }

    /** Returns the 64 bytes of a signature. */
    byte[] sign(byte[] message) {
        try {
            return signer.sign(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 failed: " + e.getClass().getName(), e);
        }
    }

    /** Shows the id only. */
    @Override
    public String toString() {
        return "SigningKey[" + Integer.toUnsignedString(id) + "]";
    }
}
