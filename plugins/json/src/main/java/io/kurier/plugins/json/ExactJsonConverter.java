// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.kurier.plugins.files.internal.StrictDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Writes values without schema as JSON with every digit of their numbers, because {@code JsonConverter} has no numbers
 * beyond {@code long} and {@code double}: {@code 9.90} and {@code 12345678901234567890} arrive as they are in the file.
 *
 * <pre>
 * value.converter=io.kurier.plugins.json.ExactJsonConverter
 * </pre>
 *
 * <p>Set it in the properties of the connector: {@link JsonSourceConnector} then finds it there and produces exact
 * numbers. Reading returns the values that the connector makes of a file. The converter has no keys. Null stays null, a
 * tombstone. Used by one thread, as Connect uses converters.
 */
public final class ExactJsonConverter implements Converter, Versioned {

    private final JsonFactory factory = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();
    private final ValueParser parser = new ValueParser(Numbers.EXACT);
    private final StrictDecoder decoder = new StrictDecoder(StandardCharsets.UTF_8);

    /** For Kafka Connect, which creates converters by class name. */
    public ExactJsonConverter() {}

    /** Returns the version in the manifest of the jar; {@code unknown} if there is none. */
    @Override
    public String version() {
        String manifest = ExactJsonConverter.class.getPackage().getImplementationVersion();
        return manifest == null ? "unknown" : manifest;
    }

    /** The converter has no keys. */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {}

    /**
     * Returns the JSON text.
     *
     * @param schema ignored
     * @param value made of maps with string names, collections, strings, booleans and numbers, or null
     * @throws DataException if it is made of something else, or has what JSON cannot express; the message does not show
     *     the value
     */
    @Override
    public byte @Nullable [] fromConnectData(String topic, @Nullable Schema schema, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = factory.createGenerator(bytes)) {
            write(generator, value);
        } catch (IOException e) {
            // without its cause, which may show some of the value
            throw new DataException("The value cannot be written as JSON ("
                    + e.getClass().getSimpleName() + "). It may be nested 1000 levels deep");
        }
        return bytes.toByteArray();
    }

    /**
     * Returns the value of a JSON text, without schema.
     *
     * @throws DataException if it is not JSON, or is JSON that {@link JsonSourceConnector} refuses; the message does
     *     not show the text
     */
    @Override
    public SchemaAndValue toConnectData(String topic, byte @Nullable [] value) {
        if (value == null) {
            return SchemaAndValue.NULL;
        }
        try {
            return new SchemaAndValue(null, parser.parse(decoder.decode(value, 0, value.length)));
        } catch (CharacterCodingException e) {
            throw new DataException("The value is not UTF-8: " + e.getMessage());
        } catch (InvalidJsonException e) {
            throw new DataException("Line " + e.line() + ", column " + e.column() + ": " + e.reason());
        }
    }

    private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (!(entry.getKey() instanceof String name)) {
                    throw unknown("a map with a key", entry.getKey());
                }
                generator.writeFieldName(name);
                write(generator, entry.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof Collection<?> items) {
            generator.writeStartArray();
            for (Object item : items) {
                write(generator, item);
            }
            generator.writeEndArray();
        } else if (value instanceof CharSequence text) {
            generator.writeString(text.toString());
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else if (value instanceof Number number) {
            write(generator, number);
        } else {
            throw unknown("a value", value);
        }
    }

    private static void write(JsonGenerator generator, Number number) throws IOException {
        if (number instanceof BigDecimal decimal) {
            generator.writeNumber(decimal);
        } else if (number instanceof BigInteger whole) {
            generator.writeNumber(whole);
        } else if (number instanceof Double || number instanceof Float) {
            if (!Double.isFinite(number.doubleValue())) {
                throw new DataException("A number is infinite or not a number, which JSON cannot express");
            }
            // a float has fewer digits than the double of its value
            generator.writeNumber(number.toString());
        } else if (number instanceof Long
                || number instanceof Integer
                || number instanceof Short
                || number instanceof Byte) {
            generator.writeNumber(number.longValue());
        } else {
            throw unknown("a number", number);
        }
    }

    private static DataException unknown(String what, @Nullable Object value) {
        return new DataException("There is " + what + " of the type "
                + (value == null ? "null" : value.getClass().getTypeName())
                + ". This converter takes maps, lists, strings, booleans and numbers, without schema");
    }
}
