// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keywords of JSON Schema that need no look into the values: limits, and those that have to be equal. */
final class JsonSchemaLimits {
    private static final Set<String> NUMBERS = Set.of("number", "integer");

    private static final Set<String> TEXTS = Set.of("string");
    private static final Set<String> ARRAYS = Set.of("array");
    private static final Set<String> OBJECTS = Set.of("object");
    private static final Set<String> ALL = Set.of();

    /** A keyword with the types of values that it concerns. */
    private record Keyword(String name, Set<String> types) {
        boolean concerns(Set<String> written) {
            return types.isEmpty() || types.stream().anyMatch(written::contains);
        }
    }

    private static final List<Keyword> LEAST = List.of(
            new Keyword("minimum", NUMBERS),
            new Keyword("exclusiveMinimum", NUMBERS),
            new Keyword("minLength", TEXTS),
            new Keyword("minItems", ARRAYS),
            new Keyword("minProperties", OBJECTS));

    private static final List<Keyword> MOST = List.of(
            new Keyword("maximum", NUMBERS),
            new Keyword("exclusiveMaximum", NUMBERS),
            new Keyword("maxLength", TEXTS),
            new Keyword("maxItems", ARRAYS),
            new Keyword("maxProperties", OBJECTS));

    /** The keywords that are not understood here. */
    private static final List<Keyword> EQUAL = List.of(
            new Keyword("pattern", TEXTS),
            new Keyword("contains", ARRAYS),
            new Keyword("minContains", ARRAYS),
            new Keyword("maxContains", ARRAYS),
            new Keyword("unevaluatedItems", ARRAYS),
            new Keyword("propertyNames", OBJECTS),
            new Keyword("dependencies", OBJECTS),
            new Keyword("dependentRequired", OBJECTS),
            new Keyword("dependentSchemas", OBJECTS),
            new Keyword("not", ALL),
            new Keyword("if", ALL),
            new Keyword("then", ALL),
            new Keyword("else", ALL),
            new Keyword("$dynamicRef", ALL),
            new Keyword("$recursiveRef", ALL));

    private JsonSchemaLimits() {}

    static void compare(String path, JsonNode r, JsonNode w, Direction direction, List<Violation> found) {
        Set<String> written = JsonSchemaTree.types(w);
        for (Keyword keyword : EQUAL) {
            JsonNode readers = r.get(keyword.name());
            if (keyword.concerns(written) && readers != null && !readers.equals(w.get(keyword.name()))) {
                found.add(changed(path, keyword.name()));
            }
        }
        if (JsonSchemaTree.values(w) != null) {
            return; // its values have been compared, and were chosen by the author of the limits
        }
        for (Keyword keyword : LEAST) {
            if (keyword.concerns(written) && isNarrower(keyword.name(), "Minimum", r, w, 1)) {
                found.add(limit(path, keyword.name(), r, w, direction));
            }
        }
        for (Keyword keyword : MOST) {
            if (keyword.concerns(written) && isNarrower(keyword.name(), "Maximum", r, w, -1)) {
                found.add(limit(path, keyword.name(), r, w, direction));
            }
        }
        if (written.stream().anyMatch(NUMBERS::contains)
                && !isMultiple(number(r, "multipleOf"), number(w, "multipleOf"))) {
            found.add(limit(path, "multipleOf", r, w, direction));
        }
        if (written.contains("array")
                && r.path("uniqueItems").asBoolean()
                && !w.path("uniqueItems").asBoolean()) {
            found.add(limit(path, "uniqueItems", r, w, direction));
        }
    }

    /**
     * Returns whether the reader's limit excludes values within the writer's.
     *
     * @param sign 1 for a limit from below, -1 for one from above
     */
    private static boolean isNarrower(String keyword, String end, JsonNode r, JsonNode w, int sign) {
        BigDecimal limit = number(r, keyword);
        if (limit == null) {
            return false;
        }
        if (!keyword.endsWith(end) && !keyword.equalsIgnoreCase(end)) {
            return !isWithin(number(w, keyword), limit, sign, false);
        }
        BigDecimal inclusive = number(w, end.toLowerCase(Locale.ROOT));
        BigDecimal exclusive = number(w, "exclusive" + end);
        boolean strict = keyword.startsWith("exclusive");
        return !isWithin(inclusive, limit, sign, strict) && !isWithin(exclusive, limit, sign, false);
    }

    private static boolean isWithin(@Nullable BigDecimal written, BigDecimal limit, int sign, boolean strict) {
        return written != null && sign * written.compareTo(limit) >= (strict ? 1 : 0);
    }

    private static boolean isMultiple(@Nullable BigDecimal reader, @Nullable BigDecimal writer) {
        return reader == null
                || (writer != null
                        && reader.signum() != 0
                        && writer.remainder(reader).signum() == 0);
    }

    private static @Nullable BigDecimal number(JsonNode schema, String keyword) {
        JsonNode value = schema.get(keyword);
        return value == null || !value.isNumber() ? null : value.decimalValue();
    }

    private static Violation limit(String path, String keyword, JsonNode r, JsonNode w, Direction direction) {
        return new Violation(
                path,
                direction.rule("LIMIT_NARROWED", "LIMIT_WIDENED"),
                keyword + " of the reader is " + r.get(keyword) + ", of the writer "
                        + (w.has(keyword) ? w.get(keyword).toString() : "not set"));
    }

    static Violation changed(String path, String keyword) {
        return new Violation(
                path,
                "KEYWORD_CHANGED",
                keyword + " differs, and whether the reader takes what the writer writes is not decided here");
    }
}
