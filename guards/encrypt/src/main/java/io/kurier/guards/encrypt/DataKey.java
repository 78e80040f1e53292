// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import io.kurier.guards.encrypt.keys.WrappedKey;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.spec.SecretKeySpec;

/**
 * A data key of one writer: 32 random bytes, which never leave the process but wrapped. The nonces are a counter that
 * begins at a random number, so that none is used twice with the key. Safe for use by any number of threads.
 */
final class DataKey {
    static final int BYTES = 32;

    /** A key for the cipher, which shows nothing of itself. */
    record Secret(SecretKeySpec key) {
        static Secret of(byte[] bytes) {
            return new Secret(new SecretKeySpec(bytes, "AES"));
        }

        @Override
        public String toString() {
            return "Secret";
        }
    }

    private final WrappedKey wrapped;
    private final Secret secret;
    private final long maxUses;
    private final long madeAt = System.nanoTime();
    private final long maxAgeNanos;
    private final int fixed;
    private final long first;
    private final AtomicLong uses = new AtomicLong();

    DataKey(WrappedKey wrapped, Secret secret, SecureRandom random, long maxUses, long maxAgeNanos) {
        this.wrapped = wrapped;
        this.secret = secret;
        this.maxUses = maxUses;
        this.maxAgeNanos = maxAgeNanos;
        this.fixed = random.nextInt();
        this.first = random.nextLong();
    }

    WrappedKey wrapped() {
        return wrapped;
    }

    Secret secret() {
        return secret;
    }

    /** Writes the next nonce, or returns false if the key has been used often or long enough. */
    boolean nonce(ByteBuffer to) {
        if (System.nanoTime() - madeAt >= maxAgeNanos) {
            return false;
        }
        long use = uses.getAndIncrement();
        if (use >= maxUses) {
            uses.set(maxUses); // it must not overflow
            return false;
        }
        to.putInt(fixed).putLong(first + use);
        return true;
    }

    /** Returns whether the key can be used, and will be at its end soon. */
    boolean endsSoon() {
        return uses.get() >= maxUses - maxUses / 4 || System.nanoTime() - madeAt >= maxAgeNanos - maxAgeNanos / 4;
    }

    /** Returns whether the key can be used no more. */
    boolean hasEnded() {
        return uses.get() >= maxUses || System.nanoTime() - madeAt >= maxAgeNanos;
    }
}
