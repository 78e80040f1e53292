// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Month;
import java.time.Year;
import java.util.Locale;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * The mapping of JSON if no mapper is given; start from {@link #builder()} to change parts of it.
 *
 * <p>It begins with the defaults of Jackson 2 ({@code builderWithJackson2Defaults}), so that the JSON is equal byte for
 * byte to that of {@code kurier-serializer-json}: properties in the order of their declaration and with the same names, enums by
 * their names, no escaped slashes.
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
    private static final JsonFormat.Value TEXT = JsonFormat.Value.forShape(JsonFormat.Shape.STRING);

    private JsonDefaults() {}

    /** Returns a new builder with these settings. */
    public static JsonMapper.Builder builder() {
        // Locales, months and years are written in another form by Jackson 3, which has no feature for that.
        return JsonMapper.builderWithJackson2Defaults()
                .addModule(new SimpleModule("kurier")
                        .addSerializer(Locale.class, ToStringSerializer.instance)
                        .addSerializer(Month.class, ToStringSerializer.instance))
                .accessorNaming(new PropertyNames())
                .enable(MapperFeature.DEFAULT_VIEW_INCLUSION)
                .withConfigOverride(Year.class, year -> year.setFormat(TEXT))
                .disable(
                        DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS,
                        DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS,
                        DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .enable(
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(SerializationFeature.FAIL_ON_ORDER_MAP_BY_INCOMPARABLE_KEY)
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
    }
}
