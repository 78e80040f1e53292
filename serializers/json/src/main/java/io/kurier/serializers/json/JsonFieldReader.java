// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.kurier.internal.Surrogates;
import io.kurier.serializers.internal.FieldPath;
import io.kurier.serializers.internal.FieldPayloads;
import io.kurier.serializers.internal.ReadLimits;
import io.kurier.serializers.internal.Utf8;
import io.kurier.serializers.internal.WithheldException;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.FieldReader;
import io.kurier.spi.Frame;
import io.kurier.spi.Framing;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one field of JSON values by parsing them without making objects. Of a name that an object has several times the
 * last one counts, as for a reader that maps the object to a class, so the whole text is parsed.
 */
final class JsonFieldReader implements FieldReader {
    private final FieldPath path;
    private final ReadLimits limits;
    private final FieldPayloads payloads;
    private final ObjectReader reader;

    /**
     * Creates a reader.
     *
     * @param mapper that of the serializer, which may be for another format than JSON
     * @param framing finds the payload; need not know any schema
     */
    JsonFieldReader(FieldPath path, ObjectMapper mapper, ReadLimits limits, Framing framing) {
        this.path = path;
        this.limits = limits;
        this.payloads = new FieldPayloads(path, limits, framing, List.of());
        this.reader = mapper.reader().with(Depth.limit(mapper.getFactory(), limits.maxDepth()));
    }

    @Override
    public byte @Nullable [] read(EncodedRecord record) {
        byte[] value = record.value();
        if (value == null) {
            return null;
        }
        Frame frame = payloads.frame(record, value);
        int offset = frame.length();
        int length = value.length - offset;
        if (reader.getFactory().getFormatName().equals(JsonFactory.FORMAT_NAME_JSON)) {
            refuseOtherCharsets(value, offset, length);
        }
        try (JsonParser parser = reader.createParser(value, offset, length)) {
            return ofWhole(parser);
        } catch (IOException e) {
            throw path.unreadable("it " + JsonFailure.unreadable(e), new WithheldException(e));
        }
    }

    private void refuseOtherCharsets(byte[] json, int offset, int length) {
        int malformed = Utf8.malformed(json, offset, length);
        if (malformed >= 0) {
            throw path.unreadable(
                    "it is not well-formed JSON in UTF-8: no character of it has the byte at index " + malformed
                            + " (of " + length + ", counted from 0)",
                    null);
        }
    }

    private byte @Nullable [] ofWhole(JsonParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw path.unreadable("it is empty or blank. A tombstone is null", null);
        }
        byte[] found = within(parser, first, 0);
        if (parser.nextToken() != null) {
            throw path.unreadable(
                    "a second JSON text begins at " + JsonFailure.describe(parser.currentTokenLocation()), null);
        }
        return found;
    }

    /**
     * Reads the field, or the object on the way to it, that begins with a token.
     *
     * @param level the number of names that lead to it
     */
    private byte @Nullable [] within(JsonParser parser, @Nullable JsonToken token, int level) throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (level == path.length()) {
            return last(parser, token);
        }
        if (token != JsonToken.START_OBJECT) {
            throw path.noFields(level, kind(token)).ofRecord();
        }
        byte[] found = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (name.equals(path.name(level))) {
                found = within(parser, value, level + 1);
            } else {
                parser.skipChildren();
            }
        }
        return found;
    }

    private byte[] last(JsonParser parser, @Nullable JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            String text = parser.getText();
            if (Surrogates.indexOfHalf(text) >= 0) {
                throw path.unreadable("in the text " + Surrogates.describe(text), null);
            }
            return text.getBytes(UTF_8);
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    ? parser.getBigIntegerValue().toString().getBytes(UTF_8)
                    : Long.toString(parser.getLongValue()).getBytes(UTF_8);
        }
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return Boolean.toString(token == JsonToken.VALUE_TRUE).getBytes(UTF_8);
        }
        throw token == JsonToken.START_OBJECT
                ? path.ofRecord("an object", List.of()).ofRecord()
                : path.otherKind(kind(token)).ofRecord();
    }

    private static String kind(@Nullable JsonToken token) {
        if (token == null) {
            return "cut off";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT -> "a whole number";
            case VALUE_NUMBER_FLOAT -> "a number with a fraction or an exponent";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            default -> "of a kind that JSON does not have";
        };
    }

    @Override
    public void close() {
        payloads.close();
    }
}
