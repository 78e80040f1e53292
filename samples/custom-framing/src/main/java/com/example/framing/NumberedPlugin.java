// SPDX-License-Identifier: Apache-2.0
package com.example.framing;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.kurier.spi.Framing;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.FramingSettings;
import org.apache.kafka.common.config.ConfigDef;

// region plugin
/** Lets configuration choose the framing {@code numbered}. */
public final class NumberedPlugin implements FramingPlugin {

    @Override
    public String name() {
        return "numbered";
    }

    @Override
    public ConfigDef configDef() {
        return new ConfigDef().define("registry", STRING, HIGH, "The registry that gives the ids.");
    }

    @Override
    public Framing framing(FramingSettings settings) {
        return new NumberedFraming(Registry.named(settings.config().getString("registry")), settings);
    }
}
// endregion
