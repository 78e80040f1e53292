// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json;

import io.kurier.serializers.internal.GuardedValues;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.GuardSettings;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;

/**
 * Makes the guard {@code json-schema} available in configuration: it refuses values that a JSON Schema does not allow,
 * whichever serializer has made the JSON.
 */
public final class JsonSchemaGuardPlugin implements GuardPlugin {
    /** Serializers whose values are no JSON. */
    private static final Set<String> NO_JSON = Set.of("avro", "protobuf", "media");

    /** Creates the plugin; for {@link java.util.ServiceLoader}. */
    public JsonSchemaGuardPlugin() {}

    @Override
    public String name() {
        return "json-schema";
    }

    @Override
    public ConfigDef configDef() {
        ConfigDef keys = new ConfigDef()
                .define(
                        JsonFormat.SCHEMA,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.HIGH,
                        "The JSON Schema that values have to satisfy: a path, or classpath: and the name of a resource. It"
                                + " needs the library " + JsonFormat.SCHEMA_LIBRARY
                                + ". If empty, that of the values' serializer.");
        return JsonFormat.LIMITS.defineIn(keys);
    }

    /**
     * Returns the guard of a topic.
     *
     * @throws ConfigException if no schema is named or it cannot be used, the library is not on the class path, or the
     *     topic's serializer or its framing writes no JSON
     */
    @Override
    public Guard guard(GuardSettings settings) {
        GuardedValues values = new GuardedValues(settings, JsonFormat.NAME, JsonSchemaGuardPlugin.class, NO_JSON);
        try {
            AbstractConfig keys = values.keys(configDef());
            String location = keys.getString(JsonFormat.SCHEMA).strip();
            if (location.isEmpty()) {
                throw new ConfigException("neither the guard nor the serializer of the values names a JSON Schema. Set"
                        + " topics." + settings.alias() + ".guard." + settings.name() + "." + JsonFormat.SCHEMA
                        + " to a path, or to classpath: and the name of a resource");
            }
            JsonValidator validator = JsonFormat.validator(JsonFormat.SCHEMA, location);
            return new JsonSchemaGuard(values, JsonFormat.LIMITS.with(keys), validator);
        } catch (RuntimeException e) {
            values.close();
            throw e;
        }
    }
}
