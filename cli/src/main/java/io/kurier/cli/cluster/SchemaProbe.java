// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.cluster;

import io.kurier.spi.FrameReader;
import io.kurier.spi.FrameWriter;
import io.kurier.spi.Framing;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.FramingSettings;
import io.kurier.spi.PayloadSchema;
import io.kurier.spi.Preparable;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A framing that writes nothing and keeps the schema that a serializer prepares to write with: so a command converts
 * its input to that schema for any format, and need not find the schema file in the way in which the format does. Used
 * by one thread.
 */
final class SchemaProbe implements FramingPlugin {
    static final String NAME = "kurier-schema-probe";

    private static final byte[] NO_BYTES = {};

    private final Set<Object> declared = new LinkedHashSet<>();

    /** Returns the schema that a serializer with this framing declares; null if it declares none, or several. */
    @Nullable
    Object schemaOf(Serializer<?> serializer) {
        try (serializer) {
            if (serializer instanceof Preparable preparable) {
                preparable.prepare();
            }
        }
        return declared.size() == 1 ? declared.iterator().next() : null;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Framing framing(FramingSettings settings) {
        return new Framing() {
            @Override
            public FrameWriter writer(String topic, PayloadSchema schema) {
                Object ofLibrary = schema.nativeSchema();
                if (ofLibrary != null) {
                    declared.add(ofLibrary);
                }
                return headers -> NO_BYTES;
            }

            @Override
            public FrameReader reader(Collection<? extends PayloadSchema> known) {
                throw new IllegalStateException("nothing is read");
            }
        };
    }
}
