// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import io.kurier.spi.Framing;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.FramingSettings;
import org.apache.kafka.common.config.ConfigDef;

/** Makes the framing {@code detect} available, for reading topics whose records have several framings. */
public final class DetectPlugin implements FramingPlugin {
    private final SourceCatalog sources = new SourceCatalog();

    /** Creates the plugin; for {@link java.util.ServiceLoader}. */
    public DetectPlugin() {}

    @Override
    public String name() {
        return "detect";
    }

    @Override
    public ConfigDef configDef() {
        return sources.defineIn(new ConfigDef());
    }

    @Override
    public Framing framing(FramingSettings settings) {
        return new DetectFraming(settings, sources.of(settings));
    }

    @Override
    public void close() {
        sources.close();
    }
}
