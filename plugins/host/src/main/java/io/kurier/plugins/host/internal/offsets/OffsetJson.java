// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.offsets;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kurier.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of source offsets, byte for byte as Connect's {@code JsonConverter} without schemas writes it: a worker looks
 * for an offset by the bytes of its key, in which the fields have the order of the connector's map. Safe for use by any
 * number of threads.
 */
public final class OffsetJson {
    private static final int KEY_PARTS = 2;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private OffsetJson() {}

    /** Returns the key of a record in an offset topic: {@code ["connector",{partition}]}. */
    public static byte[] key(OffsetKey key) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(KEY_PARTS);
        return bytes(array.add(key.connector()).add(object(key.partition())));
    }

    /** Returns a normalized map as an object, in the order of the map. */
    public static ObjectNode object(Map<String, ? extends @Nullable Object> map) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        map.forEach((name, value) -> {
            if (value instanceof Boolean flag) {
                object.put(name, flag);
            } else if (value instanceof Long number) {
                object.put(name, number);
            } else if (value instanceof Double number) {
                object.put(name, number);
            } else {
                object.put(name, value == null ? null : value.toString());
            }
        });
        return object;
    }

    /** Returns JSON in UTF-8. */
    public static byte[] bytes(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("JSON cannot fail to be written into memory", e);
        }
    }

    /**
     * Returns the key of a record in an offset topic.
     *
     * @return empty for the key of a connector whose records have no source partition, {@code ["connector",null]}
     * @throws DataException if the bytes are no such key
     */
    public static Optional<OffsetKey> parseKey(byte @Nullable [] bytes) {
        JsonNode json = bytes == null ? JsonNodeFactory.instance.nullNode() : parse(bytes);
        if (!json.isArray() || json.size() != KEY_PARTS || !json.get(0).isTextual()) {
            throw new DataException("it is not of the form [\"connector\",{partition}]");
        }
        if (json.get(1).isNull()) {
            return Optional.empty();
        }
        return Optional.of(new OffsetKey(json.get(0).textValue(), map(json.get(1))));
    }

    /**
     * Returns JSON that is one value.
     *
     * @throws DataException if it is not
     */
    public static JsonNode parse(byte[] bytes) {
        try {
            JsonNode json = MAPPER.readTree(bytes);
            if (json == null || json.isMissingNode()) {
                throw new DataException("it is empty, and not JSON");
            }
            return json;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
            throw new DataException("it is not JSON" + where + ": " + Printable.brief(e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new DataException("it is not JSON: " + e, e);
        }
    }

    /** Parses JSON in UTF-8 as {@link #parse(byte[])} does. */
    public static JsonNode parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns the map of an object, normalized.
     *
     * @throws DataException if it is no object, or has values that Connect does not take
     */
    public static Map<String, Object> map(JsonNode json) {
        if (!json.isObject()) {
            throw new DataException("it is no JSON object of the form {\"field\": value}");
        }
        Map<String, Object> map = new LinkedHashMap<>();
        json.properties().forEach(field -> map.put(field.getKey(), value(field.getKey(), field.getValue())));
        return map;
    }

    private static @Nullable Object value(String name, JsonNode json) {
        if (json.isNull()) {
            return null;
        }
        if (json.isTextual()) {
            return json.textValue();
        }
        if (json.isBoolean()) {
            return json.booleanValue();
        }
        if (json.isIntegralNumber() && json.canConvertToLong()) {
            return json.longValue();
        }
        if (json.isFloatingPointNumber()) {
            return json.doubleValue();
        }
        throw new DataException("the value of " + Printable.brief(name)
                + " is none that Connect takes: null, a text, true, false, or a number that fits a long or a double");
    }
}
