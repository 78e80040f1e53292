// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import io.kurier.spi.Framing;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.FramingSettings;
import org.apache.kafka.common.config.ConfigDef;

/** Makes the framing {@code confluent} available: a zero byte, the number of the schema, for Protobuf the message. */
public final class ConfluentPlugin implements FramingPlugin {
    private final SourceCatalog sources = new SourceCatalog();

    /** Creates the plugin; for {@link java.util.ServiceLoader}. */
    public ConfluentPlugin() {}

    @Override
    public String name() {
        return "confluent";
    }

    @Override
    public ConfigDef configDef() {
        return sources.defineIn(new ConfigDef());
    }

    @Override
    public Framing framing(FramingSettings settings) {
        return new ConfluentFraming(settings, sources.of(settings), SchemaSources.Identity.ID);
    }

    @Override
    public void close() {
        sources.close();
    }
}
