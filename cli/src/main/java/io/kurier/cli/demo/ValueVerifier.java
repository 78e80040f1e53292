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

/** Verifies formats whose records are complete: by the value that the serializer's own deserializer returns. */
final class ValueVerifier implements Verifier {
    private final Deserializer<?> deserializer;

    private ValueVerifier(Deserializer<?> deserializer) {
        this.deserializer = deserializer;
    }

    /** Returns the verifier of a serializer's records. */
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
            return null; // the ledger reports it
        }
    }
}
