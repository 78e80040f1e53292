// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.spi.Framing;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.FramingSettings;
import io.kurier.spi.Plugin;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Wraps a framing that serializers and guards may choose, and reports its use: the publisher closes the framings that were used.
 *
 * @param found the plugin with its results when it was found
 * @param used receives the plugin that has made something
 */
record UsedFraming(FoundPlugin<FramingPlugin> found, Consumer<? super Plugin> used) implements FramingPlugin {
    @Override
    public String name() {
        return found.name();
    }

    @Override
    public Set<String> aliases() {
        return found.aliases();
    }

    @Override
    public String version() {
        return found.version();
    }

    @Override
    public ConfigDef configDef() {
        return found.plugin().configDef();
    }

    @Override
    public boolean supports(String format) {
        return found.plugin().supports(format);
    }

    @Override
    public Framing framing(FramingSettings settings) {
        used.accept(found.plugin());
        return found.plugin().framing(settings);
    }
}
