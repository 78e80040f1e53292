// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.testplugins;

import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import org.apache.kafka.common.serialization.Serializer;

/** Providers that cannot be used. */
public final class BrokenPlugins {
    private BrokenPlugins() {}

    /** Fails to be made. */
    public static final class ThrowingConstructor implements SerializerPlugin {
        /** Fails. */
        public ThrowingConstructor() {
            throw new IllegalStateException("no licence");
        }

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public Serializer<?> serializer(SerializerSettings settings) {
            throw new AssertionError("never made");
        }
    }
}
