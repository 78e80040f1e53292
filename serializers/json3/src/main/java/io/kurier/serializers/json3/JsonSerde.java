// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import io.kurier.TypeRef;
import org.apache.kafka.common.serialization.Serdes;
import tools.jackson.databind.ObjectMapper;

/**
 * {@link JsonSerializer} and {@link JsonDeserializer} as a serde, for Kafka Streams.
 *
 * <p>{@code configure} configures both, by their own keys; both are safe for use by any number of threads after that.
 *
 * @param <T> the type of values
 */
public final class JsonSerde<T> extends Serdes.WrapperSerde<T> {

    /**
     * Creates a serde for Kafka Streams, which makes it by its name ({@code default.value.serde}) and configures it. It
     * reads {@code JsonNode}, unless {@link JsonDeserializer#TYPE_CONFIG} names another class.
     */
    public JsonSerde() {
        super(new JsonSerializer<>(), new JsonDeserializer<>());
    }

    /** Creates a serde of the given class, with the mapper of {@link JsonDefaults}. */
    public JsonSerde(Class<T> type) {
        this(TypeRef.of(type));
    }

    /** Creates a serde of the given type, with the mapper of {@link JsonDefaults}. */
    public JsonSerde(TypeRef<T> type) {
        this(type, JsonDefaults.builder().build());
    }

    /**
     * Creates a serde of the given type.
     *
     * @param type the type of values
     * @param mapper maps the values; must not be reconfigured afterwards
     * @throws org.apache.kafka.common.config.ConfigException if Jackson already knows that it cannot write the type
     */
    public JsonSerde(TypeRef<T> type, ObjectMapper mapper) {
        super(new JsonSerializer<>(type, mapper), new JsonDeserializer<>(type, mapper));
    }
}
