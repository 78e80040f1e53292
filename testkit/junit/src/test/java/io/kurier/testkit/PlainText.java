// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Text for the tests: the serializers' own modules are built after this one. */
public final class PlainText implements SerializerPlugin {
    @Override
    public String name() {
        return "text";
    }

    @Override
    public ConfigDef configDef() {
        return new ConfigDef();
    }

    @Override
    public Serializer<?> serializer(SerializerSettings settings) {
        return new StringSerializer();
    }
}
