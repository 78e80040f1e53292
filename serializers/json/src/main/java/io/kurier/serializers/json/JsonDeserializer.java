// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.kurier.TypeRef;
import io.kurier.schema.ClientConfig;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as values of one type, which the reader names and the JSON cannot change.
 *
 * <p>A record is one JSON text: bytes after it are an error, whatever the mapper's settings. Null stays null (a
 * tombstone), and so does the JSON {@code null}, except as a {@code JsonNode}. After {@link #configure} it is safe for
 * use by any number of threads.
 *
 * @param <T> the type of values
 */
public final class JsonDeserializer<T> implements Deserializer<T> {

    /**
     * The name of the class to read, if a Kafka client makes this class by its name; {@code JsonNode} if absent. With
     * the prefix {@code key.} or {@code value.} it is for keys or values only, and wins.
     */
    public static final String TYPE_CONFIG = "json.type";

    /** The largest JSON text in bytes that is read, {@link #DEFAULT_MAX_BYTES} if absent; prefixes as above. */
    public static final String MAX_BYTES_CONFIG = "json.max.bytes";

    /**
     * 64 MiB, far above the 1 MiB that Kafka takes by default. Parsed JSON takes several times its size, so what another
     * producer wrote into a topic with a higher limit could otherwise fill the heap.
     */
    public static final int DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

    private final ObjectMapper mapper;
    private ObjectReader reader;
    private JavaType type;
    private int maxBytes;

    /** Reads {@code JsonNode}, unless {@link #configure} names another type. */
    public JsonDeserializer() {
        this(JsonNode.class, JsonDefaults.builder().build(), DEFAULT_MAX_BYTES);
    }

    /** Reads the given class, with the mapper of {@link JsonDefaults}. */
    public JsonDeserializer(Class<T> type) {
        this(type, JsonDefaults.builder().build());
    }

    /**
     * Reads the given class.
     *
     * @param mapper how to map, which must not be reconfigured any more
     */
    public JsonDeserializer(Class<T> type, ObjectMapper mapper) {
        this(type, mapper, DEFAULT_MAX_BYTES);
    }

    /** Reads the given type, with the mapper of {@link JsonDefaults}. */
    public JsonDeserializer(TypeRef<T> type) {
        this(type, JsonDefaults.builder().build());
    }

    /**
     * Reads the given type.
     *
     * @param mapper how to map, which must not be reconfigured any more
     */
    public JsonDeserializer(TypeRef<T> type, ObjectMapper mapper) {
        this(type.type(), mapper, DEFAULT_MAX_BYTES);
    }

    JsonDeserializer(Type type, ObjectMapper mapper, int maxBytes) {
        this.mapper = mapper;
        this.type = mapper.constructType(type);
        this.reader = readerOf(this.type);
        this.maxBytes = maxBytes;
    }

    /**
     * Takes the type and the limit from a Kafka client's configuration, if they are there.
     *
     * @throws ConfigException if there is no such class, or the limit is not a positive number
     */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        ClientConfig config = new ClientConfig(configs, isKey);
        config.classNamed(TYPE_CONFIG).ifPresent(configured -> {
            type = mapper.constructType(configured);
            reader = readerOf(type);
        });
        config.positiveInt(MAX_BYTES_CONFIG).ifPresent(configured -> maxBytes = configured);
    }

    /**
     * The value of the JSON text.
     *
     * @throws SerializationException if it is too large, is not one JSON text, or does not fit the type; it names the
     *     place and does not show the JSON
     */
    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] json) {
        return json == null ? null : read(json, 0, json.length);
    }

    /** The value of the JSON text that remains in the buffer, which is left as it is. */
    @Override
    public @Nullable T deserialize(String topic, Headers headers, @Nullable ByteBuffer json) {
        if (json == null) {
            return null;
        }
        if (json.hasArray()) {
            return read(json.array(), json.arrayOffset() + json.position(), json.remaining());
        }
        refuseAbove(json.remaining());
        byte[] copy = new byte[json.remaining()];
        json.duplicate().get(copy);
        return read(copy, 0, copy.length);
    }

    private @Nullable T read(byte[] json, int offset, int length) {
        refuseAbove(length);
        try (JsonParser parser = reader.createParser(json, offset, length)) {
            return onlyValue(parser);
        } catch (IOException e) {
            throw JsonFailure.reading(type, e, mapper.getDeserializationConfig()::introspect);
        }
    }

    private @Nullable T onlyValue(JsonParser parser) {
        boolean blank;
        boolean surplus;
        T value;
        try {
            blank = parser.nextToken() == null;
            value = blank ? null : reader.readValue(parser);
            surplus = parser.nextToken() != null;
        } catch (IOException | RuntimeException e) {
            // Here, while the parser is open: a closed one no longer tells at which token it stood.
            throw JsonFailure.reading(type, e, mapper.getDeserializationConfig()::introspect);
        }
        if (blank) {
            throw JsonFailure.reading(type, "there is none: the bytes are empty or blank. A tombstone is null");
        }
        if (surplus) {
            throw JsonFailure.reading(
                    type,
                    "a second JSON text begins at " + JsonFailure.describe(parser.currentTokenLocation())
                            + ". A record holds one: write the others into records of their own, or into an array");
        }
        return value;
    }

    private void refuseAbove(int length) {
        if (length > maxBytes) {
            throw JsonFailure.reading(
                    type,
                    "it has " + length + " bytes, and at most " + maxBytes
                            + " are read. If it is meant, raise max.bytes (json.max.bytes in a Kafka client's configuration)");
        }
    }

    /** Without the mapper's own check for trailing tokens, which comes first and has a message that cannot be shown. */
    private ObjectReader readerOf(JavaType javaType) {
        return mapper.readerFor(javaType).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }
}
