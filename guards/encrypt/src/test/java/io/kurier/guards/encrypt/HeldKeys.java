// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import io.kurier.guards.encrypt.keys.KeySource;
import io.kurier.guards.encrypt.keys.KeySourcePlugin;
import io.kurier.guards.encrypt.keys.WrappedKey;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.AbstractConfig;

/** A key management service that a test can take down; it wraps by a fixed pattern. */
public final class HeldKeys implements KeySourcePlugin {
    static volatile boolean down;
    static final AtomicInteger WRAPPED = new AtomicInteger();

    @Override
    public String name() {
        return "held-keys";
    }

    @Override
    public KeySource keySource(AbstractConfig config) {
        return new KeySource() {
            @Override
            public WrappedKey wrap(byte[] dataKey) throws IOException {
                check();
                WRAPPED.incrementAndGet();
                return new WrappedKey("held", masked(dataKey));
            }

            @Override
            public byte[] unwrap(WrappedKey wrapped) throws IOException {
                check();
                return masked(wrapped.bytes());
            }
        };
    }

    private static void check() throws IOException {
        if (down) {
            throw new IOException("the service does not answer");
        }
    }

    private static byte[] masked(byte[] bytes) {
        byte[] masked = bytes.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= 0x5A;
        }
        return masked;
    }
}
