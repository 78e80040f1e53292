// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import io.kurier.serializers.internal.ClientConfig;
import io.kurier.serializers.internal.Framings;
import io.kurier.serializers.internal.ReadLimits;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/** What the serializer, the deserializer and the plugin of the format have in common. */
final class JsonFormat {
    /** The name in a publisher's configuration, which differs from that of the module for Jackson 2. */
    static final String PLUGIN = "json3";

    /** The name for framings, and in the keys of plain Kafka clients, which are those of the module for Jackson 2. */
    static final String NAME = "json";

    /** The key of a plain Kafka client for the framing. */
    static final String FRAMING_KEY = NAME + ".framing";

    static final String SCHEMA = "schema";

    /** The key of a plain Kafka client for the JSON Schema. */
    static final String SCHEMA_KEY = NAME + "." + SCHEMA;

    static final String SCHEMA_LIBRARY = "com.networknt:json-schema-validator";

    static final int MAX_DEPTH = 500;
    static final ReadLimits LIMITS = ReadLimits.defaults(NAME, MAX_DEPTH);

    private JsonFormat() {}

    /** Returns the framings that the class path has. */
    static Framings framings() {
        return Framings.of(NAME, JsonFormat.class);
    }

    /** Returns the validator of the schema that a Kafka client's configuration names; empty if it names none. */
    static Optional<JsonValidator> validator(ClientConfig config) {
        return config.text(SCHEMA_KEY).map(location -> validator(config.keyFor(SCHEMA_KEY), location));
    }

    /**
     * Returns the validator of a schema file; see {@link JsonValidator#read}.
     *
     * @throws ConfigException if the schema cannot be used, or the library is not on the class path
     */
    static JsonValidator validator(String key, String location) {
        try {
            return JsonValidator.read(key, location);
        } catch (NoClassDefFoundError e) {
            throw new ConfigException(
                    key,
                    location,
                    "JSON Schema needs the library " + SCHEMA_LIBRARY + ", which is not on the class path: add it, in"
                            + " version 3, which like this serializer uses Jackson 3");
        }
    }
}
