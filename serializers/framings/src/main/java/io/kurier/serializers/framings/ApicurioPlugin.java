// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import io.kurier.spi.Framing;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.FramingSettings;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** Makes the framing {@code apicurio} available: what Apicurio Registry's own serializers of version 3 write. */
public final class ApicurioPlugin implements FramingPlugin {
    private static final String ID_BYTES = "id.bytes";
    private static final String HEADERS = "headers";
    private static final String MESSAGE_TYPE = "message.type";

    private final SourceCatalog sources = new SourceCatalog();

    /** Creates the plugin; for {@link java.util.ServiceLoader}. */
    public ApicurioPlugin() {}

    @Override
    public String name() {
        return "apicurio";
    }

    @Override
    public ConfigDef configDef() {
        return sources.defineIn(new ConfigDef()
                .define(
                        ID_BYTES,
                        ConfigDef.Type.STRING,
                        "4",
                        ConfigDef.ValidString.in("4", "8"),
                        Importance.MEDIUM,
                        "How many bytes the id of a schema has before the payload: 4, or 8 for readers with"
                                + " Legacy8ByteIdHandler. In headers it always has 8.")
                .define(
                        HEADERS,
                        ConfigDef.Type.BOOLEAN,
                        false,
                        Importance.MEDIUM,
                        "Whether the id is written into headers instead of before the payload, as with"
                                + " apicurio.registry.headers.enabled. Both are read.")
                .define(
                        MESSAGE_TYPE,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.LOW,
                        "The name of a Java class, written as it is into the header msgType of JSON and Protobuf, from"
                                + " which Apicurio's readers can take the class. Not written if empty."));
    }

    @Override
    public Framing framing(FramingSettings settings) {
        return new ApicurioFraming(
                settings,
                sources.of(settings),
                settings.config().getString(ID_BYTES).equals("8"),
                settings.config().getBoolean(HEADERS),
                settings.config().getString(MESSAGE_TYPE).strip());
    }

    @Override
    public void close() {
        sources.close();
    }
}
