// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import io.kurier.spi.Framing;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.FramingSettings;
import org.apache.kafka.common.config.ConfigDef;

/** Makes the framing {@code confluent-header} available: the GUID of the schema in a header, beside a bare payload. */
public final class ConfluentHeaderPlugin implements FramingPlugin {
    private final SourceCatalog sources = new SourceCatalog();

    /** Creates the plugin; for {@link java.util.ServiceLoader}. */
    public ConfluentHeaderPlugin() {}

    @Override
    public String name() {
        return "confluent-header";
    }

    @Override
    public ConfigDef configDef() {
        return sources.defineIn(new ConfigDef());
    }

    @Override
    public Framing framing(FramingSettings settings) {
        return new ConfluentFraming(settings, sources.of(settings), SchemaSources.Identity.GUID);
    }

    @Override
    public void close() {
        sources.close();
    }
}
