// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.testplugins;

import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.nio.charset.Charset;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.Serializer;

/** A serializer under the name that the core takes for keys by default. */
public final class PlainText implements SerializerPlugin {
    @Override
    public String name() {
        return "text";
    }

    @Override
    public ConfigDef configDef() {
        return new ConfigDef().define("charset", ConfigDef.Type.STRING, "UTF-8", ConfigDef.Importance.LOW, "charset");
    }

    @Override
    public Serializer<?> serializer(SerializerSettings settings) {
        Charset charset = Charset.forName(settings.config().getString("charset"));
        return (Serializer<String>) (topic, text) -> {
            if (text.equals("poison")) {
                throw new IllegalArgumentException("poison is not text");
            }
            return text.getBytes(charset);
        };
    }
}
