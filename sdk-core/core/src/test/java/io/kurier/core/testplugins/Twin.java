// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.testplugins;

import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Two plugins that claim one name. */
abstract sealed class Twin implements SerializerPlugin {
    @Override
    public String name() {
        return "twin";
    }

    @Override
    public Serializer<?> serializer(SerializerSettings settings) {
        return new ByteArraySerializer();
    }

    /** One of them. */
    public static final class One extends Twin {}

    /** The other. */
    public static final class Two extends Twin {}
}
