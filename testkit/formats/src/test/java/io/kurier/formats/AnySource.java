// SPDX-License-Identifier: Apache-2.0
package io.kurier.formats;

import io.kurier.serializers.framings.RegisteredSchema;
import io.kurier.serializers.framings.SchemaSource;
import io.kurier.serializers.framings.SchemaSourcePlugin;
import io.kurier.spi.FramingSettings;
import io.kurier.spi.PayloadSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The schema source {@code any}, which registers each schema that it is asked for, in this JVM. */
public final class AnySource implements SchemaSourcePlugin {
    private static final List<RegisteredSchema> REGISTERED = new ArrayList<>();

    @Override
    public String name() {
        return "any";
    }

    @Override
    public SchemaSource source(FramingSettings settings) {
        return new SchemaSource() {
            @Override
            public RegisteredSchema identify(String topic, PayloadSchema schema) {
                return register(settings.format(), schema.text());
            }

            @Override
            public @Nullable RegisteredSchema findById(long id) {
                return find(id);
            }

            @Override
            public @Nullable RegisteredSchema findByGuid(UUID guid) {
                return find(guid.getLeastSignificantBits());
            }
        };
    }

    private static RegisteredSchema register(String format, @Nullable String text) {
        synchronized (REGISTERED) {
            for (RegisteredSchema each : REGISTERED) {
                if (each.format().equals(format) && Objects.equals(each.text(), text)) {
                    return each;
                }
            }
            long id = REGISTERED.size() + 1;
            RegisteredSchema added = new RegisteredSchema(format, id, new UUID(1, id), text);
            REGISTERED.add(added);
            return added;
        }
    }

    private static @Nullable RegisteredSchema find(long id) {
        synchronized (REGISTERED) {
            return id < 1 || id > REGISTERED.size() ? null : REGISTERED.get((int) id - 1);
        }
    }
}
