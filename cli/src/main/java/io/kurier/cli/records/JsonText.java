// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.records;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.Printable;
import io.kurier.serializers.json.JsonDefaults;

/** JSON as lines of text: exact numbers, each name once in an object, one value. Safe for use by any number of threads. */
public final class JsonText {
    private static final ObjectMapper MAPPER = JsonDefaults.builder().build();

    private JsonText() {}

    static JsonNode parse(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    /**
     * Returns the value of a line.
     *
     * @throws UnfitException if it is not one JSON value; the message has the column and nothing of the line
     */
    public static JsonNode ofLine(String line) {
        try {
            return parse(line);
        } catch (StreamConstraintsException e) {
            throw new UnfitException("the JSON exceeds a limit of the parser: it is nested too deeply, or has a text or"
                    + " number that is too long" + at(e));
        } catch (JsonProcessingException e) {
            throw new UnfitException("it is not one JSON value whose objects have each name once" + at(e));
        }
    }

    private static String at(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        return location == null ? "" : " (column " + location.getColumnNr() + ")";
    }

    /**
     * Returns a value as one line. Every character that a terminal obeys or does not show is an escape, so the line is
     * safe to print, and is the same JSON.
     */
    public static String line(JsonNode json) {
        return Printable.of(json.toString());
    }
}
