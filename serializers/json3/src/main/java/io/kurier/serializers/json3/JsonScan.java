// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import io.kurier.serializers.internal.Meter;
import io.kurier.serializers.internal.ReadLimits;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Checks a JSON text before it is mapped for excessive memory: two brackets can become an array of a hundred bytes.
 * Only texts that are large enough for that are checked. The check counts the memory of a tree, maps and lists, in
 * bytes and on the safe side; the allocations of the constructors of an application's classes are not known here.
 */
final class JsonScan {
    private static final int OBJECT = 104;
    private static final int TABLE = 80;
    private static final int ENTRY = 40;
    private static final int ARRAY = 56;
    private static final int SLOTS = 56;
    private static final int SLOT = 8;
    private static final int TEXT = 64;
    private static final int WHOLE_NUMBER = 16;
    private static final int FRACTION = 64;

    /** No byte of JSON costs more: each array within another takes two bytes. */
    private static final int MOST_EACH_BYTE = (ARRAY + SLOTS) / 2 + SLOT;

    private JsonScan() {}

    /** Returns whether a text of that length can take too much memory at all. */
    static boolean isNeeded(int length, ReadLimits limits) {
        return (long) length * MOST_EACH_BYTE > limits.memory(length);
    }

    /**
     * Checks a whole text, including the constraints of the parser.
     *
     * @throws io.kurier.serializers.internal.LimitExceededException if it would take too much
     * @throws JacksonException if it is not well-formed, or exceeds a constraint
     */
    static void check(LimitedStreams streams, byte[] json, int offset, int length, ReadLimits limits) {
        Meter meter = new Meter(limits, length);
        Set<String> names = new HashSet<>();
        // Strings are skipped without decoding, unless one could be longer than the mapper allows.
        boolean decodes = length > streams.constraints().getMaxStringLength();
        try (JsonParser parser = streams.parser(json, offset, length)) {
            JsonToken before = JsonToken.NOT_AVAILABLE;
            long from = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                long at = parser.currentTokenLocation().getByteOffset();
                meter.add(before == JsonToken.VALUE_STRING ? 2 * (at - from) : 0);
                meter.add(before == JsonToken.START_ARRAY && token != JsonToken.END_ARRAY ? SLOTS : 0);
                switch (token) {
                    case START_OBJECT -> meter.add(OBJECT + SLOT);
                    case START_ARRAY -> meter.add(ARRAY + SLOT);
                    case PROPERTY_NAME -> {
                        String name = parser.currentName();
                        meter.add(ENTRY + (before == JsonToken.START_OBJECT ? TABLE : 0));
                        meter.add(names.add(name) ? TEXT + 2L * name.length() : 0);
                    }
                    case VALUE_STRING ->
                        meter.add(
                                TEXT + SLOT + (decodes ? 2L * parser.getString().length() : 0));
                    case VALUE_NUMBER_INT -> meter.add(WHOLE_NUMBER + SLOT);
                    case VALUE_NUMBER_FLOAT -> meter.add(FRACTION + SLOT);
                    case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> meter.add(SLOT);
                    default -> {}
                }
                before = token;
                from = at;
            }
        }
    }
}
