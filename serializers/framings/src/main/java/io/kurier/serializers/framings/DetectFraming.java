// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import io.kurier.spi.FrameReader;
import io.kurier.spi.FrameWriter;
import io.kurier.spi.Framing;
import io.kurier.spi.FramingSettings;
import io.kurier.spi.PayloadSchema;
import java.util.Collection;
import org.apache.kafka.common.config.ConfigException;

/** Reads each record in the framing that it appears to have, and writes none. Safe for use by any number of threads. */
final class DetectFraming implements Framing {
    private final FramingSettings settings;
    private final SchemaSources sources;

    DetectFraming(FramingSettings settings, SchemaSources sources) {
        this.settings = settings;
        this.sources = sources;
    }

    @Override
    public void checkWriting() {
        throw new ConfigException("The framing " + settings.name()
                + " only reads. For writing choose the one that the topic's readers expect: confluent, confluent-header,"
                + " apicurio" + (settings.format().equals(SchemaText.AVRO) ? ", single-object" : "") + " or none");
    }

    @Override
    public FrameWriter writer(String topic, PayloadSchema schema) {
        ConfluentFraming.requireWriting(this);
        throw new IllegalStateException("checkWriting refuses to write");
    }

    @Override
    public FrameReader reader(Collection<? extends PayloadSchema> known) {
        return new DetectReader(
                settings.format(), settings.forKey(), new ReadSchemas(settings.format(), sources, known));
    }

    @Override
    public void close() {
        sources.close();
    }
}
