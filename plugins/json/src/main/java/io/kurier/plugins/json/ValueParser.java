// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.kurier.plugins.files.internal.StrictDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses a JSON text into a value without altering anything: a duplicate key is refused, no number is rounded, and a
 * number that cannot be represented is refused. Limits of depth and of the length of numbers and names are Jackson's
 * ({@code StreamReadConstraints}). Safe for use by any number of threads.
 */
final class ValueParser {

    private final JsonFactory factory = JsonFactory.builder()
            // messages must not show the input
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            // a file may have any number of different names; interned ones would crowd the JVM's table
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final boolean exact;

    /** Creates a parser that makes numbers of a kind, which must not be {@link Numbers#AUTO}. */
    ValueParser(Numbers numbers) {
        this.exact = numbers == Numbers.EXACT;
    }

    /**
     * Parses one value and nothing behind it.
     *
     * @return a {@code Map}, a {@code List}, a {@code String}, a {@code Boolean}, a number or null
     * @throws InvalidJsonException if the text is not a JSON value, or is one that cannot be published
     */
    @Nullable
    Object parse(String text) throws InvalidJsonException {
        try (JsonParser parser = factory.createParser(text)) {
            if (parser.nextToken() == null) {
                throw invalid(parser, "there is no JSON value", true);
            }
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw invalid(parser, "there is something behind the JSON value", true);
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw invalid(
                    e.getLocation(),
                    "the value is nested more deeply than 1000 levels, or has a number of more than 1000 digits or a"
                            + " name or string beyond the JSON parser's limits",
                    false);
        } catch (JsonEOFException e) {
            throw invalid(e.getLocation(), "the JSON value is not complete", true);
        } catch (JsonProcessingException e) {
            throw invalid(e.getLocation(), "it is not valid JSON", true);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from a string cannot fail", e);
        }
    }

    private @Nullable Object value(JsonParser parser) throws IOException, InvalidJsonException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> string(parser, parser.getText());
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw invalid(parser, "it is not valid JSON", true);
        };
    }

    private Map<String, @Nullable Object> object(JsonParser parser) throws IOException, InvalidJsonException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (map.containsKey(string(parser, name))) {
                throw invalid(
                        parser, "an object has the same key twice, and only one of the values could be kept", false);
            }
            parser.nextToken();
            map.put(name, value(parser));
        }
        return map;
    }

    private List<@Nullable Object> array(JsonParser parser) throws IOException, InvalidJsonException {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser));
        }
        return list;
    }

    private static String string(JsonParser parser, String text) throws InvalidJsonException {
        if (StrictDecoder.hasHalfPair(text)) {
            throw invalid(
                    parser,
                    "a string has half of a surrogate pair (\\ud800 to \\udfff), which UTF-8 cannot express",
                    false);
        }
        return text;
    }

    private Number whole(JsonParser parser) throws IOException, InvalidJsonException {
        Number number = parser.getNumberValue();
        if (!exact && number instanceof BigInteger) {
            throw beyondConnect(parser);
        }
        return number;
    }

    private Number decimal(JsonParser parser) throws IOException, InvalidJsonException {
        String text = parser.getText();
        BigDecimal decimal;
        try {
            decimal = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw invalid(parser, "a number has an exponent beyond 2147483647", false);
        }
        // not decimal.doubleValue(): a BigDecimal has no negative zero
        double rounded = Double.parseDouble(text);
        if (exact) {
            boolean negativeZero = decimal.signum() == 0 && text.startsWith("-");
            return negativeZero ? (Number) rounded : decimal;
        }
        if (!Double.isFinite(rounded) || new BigDecimal(Double.toString(rounded)).compareTo(decimal) != 0) {
            throw beyondConnect(parser);
        }
        return rounded;
    }

    private static InvalidJsonException beyondConnect(JsonParser parser) {
        return invalid(
                parser,
                "a number has more digits than a long or a double, and Connect's values without schema have no other."
                        + " Set value.converter=" + Numbers.EXACT_CONVERTER
                        + " in the properties of the connector, which publishes all digits",
                false);
    }

    private static InvalidJsonException invalid(JsonParser parser, String reason, boolean syntax) {
        return invalid(parser.currentLocation(), reason, syntax);
    }

    private static InvalidJsonException invalid(@Nullable JsonLocation location, String reason, boolean syntax) {
        return location == null
                ? new InvalidJsonException(reason, 1, 1, syntax)
                : new InvalidJsonException(reason, location.getLineNr(), location.getColumnNr(), syntax);
    }
}
