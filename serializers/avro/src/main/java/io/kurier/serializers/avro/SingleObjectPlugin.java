// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import io.kurier.spi.Framing;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.FramingSettings;

/** Makes the framing {@code single-object} available in configuration, the default of Avro and of no other format. */
public final class SingleObjectPlugin implements FramingPlugin {

    /** Creates the plugin; for {@link java.util.ServiceLoader}. */
    public SingleObjectPlugin() {}

    @Override
    public String name() {
        return "single-object";
    }

    @Override
    public boolean supports(String format) {
        return format.equals(AvroSerializerPlugin.NAME);
    }

    @Override
    public Framing framing(FramingSettings settings) {
        return SingleObject.INSTANCE;
    }
}
