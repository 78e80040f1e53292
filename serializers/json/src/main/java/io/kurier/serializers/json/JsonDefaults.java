// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * The mapping of JSON if no mapper is given; start from {@link #builder()} to change parts of it.
 *
 * <ul>
 *   <li>{@code java.time} as ISO-8601 text, offsets as they were written; {@code Optional} as its value or null.
 *   <li>Numbers exact: fractions of untyped values are read as {@code BigDecimal} with all their digits, and 1.9 is not
 *       an {@code int}.
 *   <li>Characters beyond U+FFFF as four bytes of UTF-8, where Jackson writes two escapes of six. An unpaired
 *       surrogate, which UTF-8 cannot represent, stays an escape; its effect on other readers is unpredictable (RFC
 *       8259, section 8.2).
 *   <li>Unknown properties are skipped on reading: a producer may add one before its consumers know it.
 *   <li>A property that a tree has twice is an error, since readers disagree on which of the two applies (RFC 8259,
 *       section 4).
 *   <li>No default typing: JSON never chooses the class that is created. Jackson's limits on depth, numbers and strings
 *       ({@code StreamReadConstraints}) stay active.
 * </ul>
 */
public final class JsonDefaults {
    private JsonDefaults() {}

    /** Returns a new builder with these settings. */
    public static JsonMapper.Builder builder() {
        return JsonMapper.builder()
                .addModules(new JavaTimeModule(), new Jdk8Module())
                .disable(
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .enable(
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .disable(
                        DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE,
                        DeserializationFeature.ACCEPT_FLOAT_AS_INT,
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
    }
}
