// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import io.kurier.core.internal.plugins.PluginCatalog;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** For formats whose records say all: the value, as the serializer's own deserializer gives it back. */
final class ValueVerifier implements Verifier {
    private final Deserializer<?> deserializer;

    private ValueVerifier(Deserializer<?> deserializer) {
        this.deserializer = deserializer;
    }

    /** The verifier of what a serializer wrote. */
    static ValueVerifier of(String serializer, String topic) {
        SerializerPlugin plugin = PluginCatalog.discover().serializer(serializer);
        AbstractConfig defaults = new AbstractConfig(plugin.configDef(), Map.of(), false);
        return new ValueVerifier(plugin.deserializer(
                        new SerializerSettings(serializer, topic, topic, false, Object.class, defaults))
                .orElseThrow(() -> new IllegalStateException("the serializer " + serializer + " cannot read back")));
    }

    @Override
    public ContentHash sent(SourceRecord record) {
        return ContentHash.of(record.value());
    }

    @Override
    public @Nullable ContentHash read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return ContentHash.of(deserializer.deserialize(record.topic(), record.headers(), record.value()));
        } catch (SerializationException e) {
            return null; // the ledger tells
        }
    }
}
