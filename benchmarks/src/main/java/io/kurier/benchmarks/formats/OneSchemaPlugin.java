// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.formats;

import io.kurier.serializers.framings.RegisteredSchema;
import io.kurier.serializers.framings.SchemaSource;
import io.kurier.serializers.framings.SchemaSourcePlugin;
import io.kurier.spi.FramingSettings;
import io.kurier.spi.PayloadSchema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The schema source {@code one}: every schema has the same identity, as if a registry had only that one. */
public final class OneSchemaPlugin implements SchemaSourcePlugin {
    private static final long ID = 100_001;
    private static final UUID GUID = UUID.fromString("89791762-2336-4186-9674-299b90a802e2");

    @Override
    public String name() {
        return "one";
    }

    @Override
    public SchemaSource source(FramingSettings settings) {
        return new SchemaSource() {
            @Override
            public RegisteredSchema identify(String topic, PayloadSchema schema) {
                return new RegisteredSchema(settings.format(), ID, GUID, schema.text());
            }

            @Override
            public @Nullable RegisteredSchema findById(long id) {
                return null;
            }

            @Override
            public @Nullable RegisteredSchema findByGuid(UUID guid) {
                return null;
            }
        };
    }
}
