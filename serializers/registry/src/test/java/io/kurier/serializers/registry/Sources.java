// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import io.kurier.serializers.framings.RegisteredSchema;
import io.kurier.serializers.framings.SchemaSource;
import io.kurier.spi.FramingSettings;
import io.kurier.spi.NotReadyException;
import io.kurier.spi.PayloadSchema;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.AbstractConfig;
import org.jspecify.annotations.Nullable;

/** Makes sources and calls them as framings do. */
final class Sources {
    static final String ORDER = "{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"com.example\",\"fields\":"
            + "[{\"name\":\"id\",\"type\":\"string\"},{\"name\":\"cents\",\"type\":\"long\"}]}";
    static final String READING = "{\"type\":\"record\",\"name\":\"Reading\",\"namespace\":\"com.example\",\"fields\":"
            + "[{\"name\":\"celsius\",\"type\":\"int\"}]}";
    static final String JSON_ORDER =
            "{\"title\":\"Order\",\"type\":\"object\",\"properties\":{\"cents\":{\"type\":\"integer\"}}}";

    private Sources() {}

    static SchemaSource of(TestRegistry registry, String format, String... keys) {
        return of(registry.url(), format, false, keys);
    }

    /** Makes a source with keys in pairs of name and value. */
    static SchemaSource of(String url, String format, boolean forKey, String... keys) {
        Map<String, String> config = new HashMap<>(Map.of("schema.registry.url", url, "max.retries", "0"));
        for (int i = 0; i < keys.length; i += 2) {
            config.put(keys[i], keys[i + 1]);
        }
        RegistryPlugin plugin = new RegistryPlugin();
        return plugin.source(new FramingSettings(
                "confluent", format, "orders", forKey, new AbstractConfig(plugin.configDef(), config, false)));
    }

    /** Calls a step again when it says that it may be, as a publisher does. */
    static <T extends @Nullable Object> T await(Supplier<T> step) {
        for (int calls = 0; calls < 100; calls++) {
            try {
                return step.get();
            } catch (NotReadyException e) {
                try {
                    Object unused = e.ready()
                            .handle((answer, failure) -> true)
                            .toCompletableFuture()
                            .get(60, TimeUnit.SECONDS);
                } catch (Exception interrupted) {
                    throw new AssertionError(interrupted);
                }
            }
        }
        throw new AssertionError("it is never ready");
    }

    static @Nullable RegisteredSchema identify(SchemaSource source, PayloadSchema schema) {
        return await(() -> source.identify("orders", schema));
    }

    static PayloadSchema avro(String text) {
        Schema schema = new Schema.Parser().parse(text);
        return PayloadSchema.of(
                "avro", schema.getType() == Schema.Type.RECORD ? schema.getFullName() : null, schema.toString());
    }

    static PayloadSchema json(@Nullable String text) {
        return PayloadSchema.of("json", text == null ? null : "Order", text);
    }
}
