// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.Descriptors.Descriptor;
import io.kurier.cli.records.AvroInput;
import io.kurier.cli.records.ByteText;
import io.kurier.cli.records.ProtobufInput;
import io.kurier.cli.records.UnfitException;
import io.kurier.serializers.json.JsonDefaults;
import java.math.BigDecimal;
import java.util.UUID;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a serializer are made from. Immutable.
 *
 * @param lines what a line of the input is
 * @param maker makes a value from JSON; from the text of a line where that is not JSON
 */
public record ValueFormat(Lines lines, Function<JsonNode, @Nullable Object> maker) {
    private static final ObjectMapper MAPPER = JsonDefaults.builder().build();

    /** What a line of the input is. */
    public enum Lines {
        /** The bytes of a value. */
        BYTES,
        /** The text of a value, which may be empty. */
        TEXT,
        /** The text of a number or of another value that is never blank; blank lines are left out. */
        WORD,
        /** A JSON value; blank lines are left out. */
        JSON
    }

    /**
     * Returns the format of a serializer's values.
     *
     * @param serializer the name of the serializer
     * @param schema the schema that it declares, as the format's library has it, or null
     */
    public static ValueFormat of(String serializer, @Nullable Object schema) {
        if (schema instanceof Schema avro) {
            return new ValueFormat(Lines.JSON, new AvroInput(avro)::of);
        }
        if (schema instanceof Descriptor message) {
            return new ValueFormat(Lines.JSON, new ProtobufInput(message)::of);
        }
        return switch (serializer) {
            case "bytes" -> new ValueFormat(Lines.BYTES, json -> ByteText.fromJson(json, "value"));
            case "text" -> new ValueFormat(Lines.TEXT, json -> required(json.isTextual(), "a text", json.textValue()));
            case "short" -> word("a whole number of 16 bits", text -> new BigDecimal(text).shortValueExact());
            case "integer" -> word("a whole number of 32 bits", text -> new BigDecimal(text).intValueExact());
            case "long" -> word("a whole number of 64 bits", text -> new BigDecimal(text).longValueExact());
            case "float" -> word("a number that a float can have", ValueFormat::floatOf);
            case "double" -> word("a number that a double can have", ValueFormat::doubleOf);
            case "boolean" -> word("true or false", ValueFormat::booleanOf);
            case "uuid" -> word("a UUID", ValueFormat::uuidOf);
            case "json" -> new ValueFormat(Lines.JSON, json -> json);
            default -> new ValueFormat(Lines.JSON, json -> MAPPER.convertValue(json, Object.class));
        };
    }

    private static ValueFormat word(String what, Function<String, Object> parser) {
        return new ValueFormat(Lines.WORD, json -> {
            try {
                return parser.apply(json.asText().strip());
            } catch (ArithmeticException | IllegalArgumentException e) {
                throw new UnfitException("it is not " + what);
            }
        });
    }

    private static <T> T required(boolean fits, String what, T value) {
        if (!fits) {
            throw new UnfitException("it is not " + what);
        }
        return value;
    }

    private static Object floatOf(String text) {
        float number = Float.parseFloat(text);
        return required(Float.isFinite(number) || isNamed(text), "a number that a float can have", number);
    }

    private static Object doubleOf(String text) {
        double number = Double.parseDouble(text);
        return required(Double.isFinite(number) || isNamed(text), "a number that a double can have", number);
    }

    private static boolean isNamed(String text) {
        return text.endsWith("NaN") || text.endsWith("Infinity");
    }

    private static Object booleanOf(String text) {
        return required(text.equals("true") || text.equals("false"), "true or false", text.equals("true"));
    }

    /** Java's parser accepts short groups as well. */
    private static Object uuidOf(String text) {
        UUID uuid = UUID.fromString(text);
        return required(uuid.toString().equalsIgnoreCase(text), "a UUID", uuid);
    }

    /** Returns the value of a JSON value. */
    Object ofJson(JsonNode json) {
        Object value = json.isNull() ? null : maker.apply(json);
        if (value == null) {
            throw new UnfitException("null is no value; a tombstone is published by --records and \"value\": null");
        }
        return value;
    }

    /** Returns the value of a line that is not JSON. */
    Object ofLine(byte[] line) {
        return lines == Lines.BYTES ? line : ofJson(TextNode.valueOf(LineFormat.text(line)));
    }
}
