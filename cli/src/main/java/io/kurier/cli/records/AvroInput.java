// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.records;

import com.fasterxml.jackson.databind.JsonNode;
import io.kurier.Printable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/**
 * Makes values of an Avro schema from JSON, plain JSON and Avro's JSON encoding alike: 3 and {@code {"int": 3}} are the
 * same in a union of null and int. Bytes are {@code {"base64": "..."}}, or as in Avro's encoding a text of the
 * characters U+0000 to U+00FF. A field that is absent has its default; a field that the schema lacks is refused. Safe
 * for use by any number of threads.
 */
public final class AvroInput {
    private static final int HIGHEST_BYTE = 0xff;

    private final Schema schema;

    /** Creates it for values of a schema. */
    public AvroInput(Schema schema) {
        this.schema = schema;
    }

    /**
     * Returns the value.
     *
     * @throws UnfitException if the JSON does not fit the schema; the message has the path and no value
     */
    public @Nullable Object of(JsonNode json) {
        return of(schema, json, "");
    }

    private static @Nullable Object of(Schema schema, JsonNode json, String path) {
        return switch (schema.getType()) {
            case RECORD -> record(schema, json, path);
            case ARRAY -> array(schema, json, path);
            case MAP -> map(schema, json, path);
            case UNION -> union(schema, json, path);
            case ENUM -> symbol(schema, json, path);
            case FIXED -> fixed(schema, json, path);
            case BYTES -> ByteBuffer.wrap(bytes(schema, json, path));
            case STRING -> required(json.isTextual(), schema, path) ? json.textValue() : null;
            case BOOLEAN -> required(json.isBoolean(), schema, path) ? json.booleanValue() : null;
            case INT ->
                required(json.isIntegralNumber() && json.canConvertToInt(), schema, path) ? json.intValue() : null;
            case LONG ->
                required(json.isIntegralNumber() && json.canConvertToLong(), schema, path) ? json.longValue() : null;
            case FLOAT -> (float) fraction(schema, json, Float.MAX_VALUE, path);
            case DOUBLE -> fraction(schema, json, Double.MAX_VALUE, path);
            case NULL -> required(json.isNull(), schema, path) ? null : null;
        };
    }

    private static boolean required(boolean fits, Schema schema, String path) {
        if (!fits) {
            throw unfit(path, "it is not " + described(schema));
        }
        return true;
    }

    private static UnfitException unfit(String path, String what) {
        return new UnfitException((path.isEmpty() ? "the value" : Printable.brief(path.substring(1))) + ": " + what);
    }

    private static String described(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> "an object, for the record " + schema.getFullName();
            case ARRAY -> "an array";
            case MAP -> "an object, for a map";
            case ENUM -> "one of the symbols of the enum " + schema.getFullName();
            case FIXED ->
                schema.getFixedSize() + " bytes, for the fixed " + schema.getFullName()
                        + ", as {\"base64\": \"...\"} or a text of the characters U+0000 to U+00FF";
            case BYTES -> "bytes, as {\"base64\": \"...\"} or a text of the characters U+0000 to U+00FF";
            case STRING -> "a text";
            case INT -> "a whole number of 32 bits, for int";
            case LONG -> "a whole number of 64 bits, for long";
            case FLOAT -> "a number that a float can have, or \"NaN\", \"Infinity\", \"-Infinity\"";
            case DOUBLE -> "a number that a double can have, or \"NaN\", \"Infinity\", \"-Infinity\"";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case UNION -> "of one type of the union";
        };
    }

    private static GenericData.Record record(Schema schema, JsonNode json, String path) {
        required(json.isObject(), schema, path);
        GenericData.Record record = new GenericData.Record(schema);
        int found = 0;
        for (Schema.Field field : schema.getFields()) {
            JsonNode value = json.get(field.name());
            if (value != null) {
                found++;
                record.put(field.pos(), of(field.schema(), value, path + "." + field.name()));
            } else if (field.hasDefaultValue()) {
                record.put(field.pos(), defaultOf(field, path));
            } else {
                throw unfit(path + "." + field.name(), "the field is missing, and the schema has no default for it");
            }
        }
        if (found < json.size()) {
            json.fieldNames().forEachRemaining(name -> {
                if (schema.getField(name) == null) {
                    throw unfit(path + "." + name, "the record " + schema.getFullName() + " has no such field");
                }
            });
        }
        return record;
    }

    private static @Nullable Object defaultOf(Schema.Field field, String path) {
        try {
            return GenericData.get().getDefaultValue(field);
        } catch (AvroRuntimeException e) {
            throw unfit(path + "." + field.name(), "the field is missing, and its default in the schema is not valid");
        }
    }

    private static Object array(Schema schema, JsonNode json, String path) {
        required(json.isArray(), schema, path);
        List<@Nullable Object> elements = new ArrayList<>(json.size());
        for (JsonNode element : json) {
            elements.add(of(schema.getElementType(), element, path + "[" + elements.size() + "]"));
        }
        return new GenericData.Array<>(schema, elements);
    }

    private static Object map(Schema schema, JsonNode json, String path) {
        required(json.isObject(), schema, path);
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        json.fields()
                .forEachRemaining(entry -> map.put(
                        entry.getKey(), of(schema.getValueType(), entry.getValue(), path + "." + entry.getKey())));
        return map;
    }

    private static Object symbol(Schema schema, JsonNode json, String path) {
        required(json.isTextual() && schema.hasEnumSymbol(json.textValue()), schema, path);
        return new GenericData.EnumSymbol(schema, json.textValue());
    }

    private static Object fixed(Schema schema, JsonNode json, String path) {
        byte[] bytes = bytes(schema, json, path);
        required(bytes.length == schema.getFixedSize(), schema, path);
        return new GenericData.Fixed(schema, bytes);
    }

    private static byte[] bytes(Schema schema, JsonNode json, String path) {
        if (ByteText.isBase64(json)) {
            return ByteText.decoded(json, path.isEmpty() ? "the value" : path.substring(1));
        }
        required(
                json.isTextual() && json.textValue().chars().allMatch(character -> character <= HIGHEST_BYTE),
                schema,
                path);
        return json.textValue().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static double fraction(Schema schema, JsonNode json, double largest, String path) {
        if (json.isTextual()) {
            switch (json.textValue()) {
                case "NaN":
                    return Double.NaN;
                case "Infinity":
                    return Double.POSITIVE_INFINITY;
                case "-Infinity":
                    return Double.NEGATIVE_INFINITY;
                default:
                    break;
            }
        }
        required(json.isNumber() && Math.abs(json.doubleValue()) <= largest, schema, path);
        return json.doubleValue();
    }

    /**
     * Reads a value of a union. A value of one type besides null is plain, unless only Avro's encoding of it fits; with
     * several types the encoding decides, and without it the first type that fits.
     */
    private static @Nullable Object union(Schema schema, JsonNode json, String path) {
        List<Schema> types = schema.getTypes();
        if (json.isNull()) {
            required(types.stream().anyMatch(type -> type.getType() == Schema.Type.NULL), schema, path);
            return null;
        }
        List<Schema> others = types.stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .toList();
        Schema named = named(others, json);
        if (named != null && (others.size() > 1 || !mayBePlain(named, json))) {
            return of(named, json.iterator().next(), path);
        }
        UnfitException first = null;
        for (Schema type : others) {
            if (mayBePlain(type, json)) {
                try {
                    return of(type, json, path);
                } catch (UnfitException e) {
                    first = first == null ? e : first;
                }
            }
        }
        if (named != null) {
            return of(named, json.iterator().next(), path);
        }
        if (first != null && others.size() == 1) {
            throw first;
        }
        throw unfit(
                path,
                "it fits no type of the union: "
                        + String.join(
                                ", ", types.stream().map(Schema::getFullName).toList())
                        + ". {\"TYPE\": value} names the type that is meant");
    }

    /** Returns the type that Avro's encoding names; null if the JSON does not have its form. */
    private static @Nullable Schema named(List<Schema> types, JsonNode json) {
        if (!json.isObject() || json.size() != 1) {
            return null;
        }
        String name = json.fieldNames().next();
        return types.stream()
                .filter(type -> type.getFullName().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Returns whether the kind of the JSON is one of the type, without a look at what is in it. */
    private static boolean mayBePlain(Schema type, JsonNode json) {
        return switch (type.getType()) {
            case RECORD, MAP -> json.isObject();
            case ARRAY -> json.isArray();
            case STRING, ENUM -> json.isTextual();
            case BYTES, FIXED -> json.isTextual() || ByteText.isBase64(json);
            case INT, LONG -> json.isIntegralNumber();
            case FLOAT, DOUBLE -> json.isNumber() || json.isTextual();
            case BOOLEAN -> json.isBoolean();
            case NULL, UNION -> false;
        };
    }
}
