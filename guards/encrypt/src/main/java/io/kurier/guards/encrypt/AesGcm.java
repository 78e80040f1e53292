// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import java.security.GeneralSecurityException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * AES-256-GCM of the JDK, for which the caller chooses the nonces; NIST SP 800-38D. Ciphers are kept for the next
 * record, since making one takes longer than encrypting a small record.
 */
final class AesGcm {
    private static final int TAG_BITS = Envelope.TAG_BYTES * Byte.SIZE;
    private static final int MOST_KEPT = 64;
    private static final ConcurrentLinkedQueue<Cipher> KEPT = new ConcurrentLinkedQueue<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private AesGcm() {}

    /**
     * Encrypts behind a head.
     *
     * @param envelope begins with what is authenticated, whose last bytes are the nonce; the ciphertext and the tag
     *     follow
     * @param from where the ciphertext begins
     * @param also is authenticated too
     */
    static void seal(SecretKeySpec key, byte[] plain, byte[] envelope, int from, byte[] also) {
        Cipher cipher = take();
        try {
            init(cipher, Cipher.ENCRYPT_MODE, key, envelope, from - Envelope.NONCE_BYTES);
            cipher.updateAAD(envelope, 0, from);
            cipher.updateAAD(also);
            cipher.doFinal(plain, 0, plain.length, envelope, from);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "AES-GCM of the JDK failed: " + e.getClass().getName(), e);
        }
        keep(cipher);
    }

    /**
     * Decrypts what {@link #seal} has encrypted.
     *
     * @param nonceAt where the nonce begins in the envelope
     * @return null if a byte of the envelope, or of what is authenticated too, differs
     */
    static byte @Nullable [] open(SecretKeySpec key, byte[] envelope, int nonceAt, byte[] also) {
        int from = nonceAt + Envelope.NONCE_BYTES;
        Cipher cipher = take();
        byte[] plain;
        try {
            init(cipher, Cipher.DECRYPT_MODE, key, envelope, nonceAt);
            cipher.updateAAD(envelope, 0, from);
            cipher.updateAAD(also);
            plain = cipher.doFinal(envelope, from, envelope.length - from);
        } catch (AEADBadTagException e) {
            plain = null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "AES-GCM of the JDK failed: " + e.getClass().getName(), e);
        }
        keep(cipher);
        return plain;
    }

    private static void init(Cipher cipher, int mode, SecretKeySpec key, byte[] envelope, int nonceAt)
            throws GeneralSecurityException {
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, envelope, nonceAt, Envelope.NONCE_BYTES));
    }

    private static Cipher take() {
        Cipher kept = KEPT.poll();
        if (kept != null) {
            COUNT.decrementAndGet();
            return kept;
        }
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no AES/GCM/NoPadding", e);
        }
    }

    private static void keep(Cipher cipher) {
        if (COUNT.incrementAndGet() <= MOST_KEPT) {
            KEPT.add(cipher);
        } else {
            COUNT.decrementAndGet();
        }
    }
}
