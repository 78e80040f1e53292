// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import io.kurier.internal.Surrogates;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Detects values that Avro's own writers silently change: numbers that do not fit ({@code Number.intValue()}), unpaired
 * surrogates, fixed values of the wrong length, values where the schema has null, and records within records whose own
 * schema has its fields in another order.
 */
final class Alterations {
    private Alterations() {}

    /** Returns whether Avro writes a value of the type without loss. */
    static boolean keeps(Schema.Type type, @Nullable Object datum) {
        return switch (type) {
            case INT ->
                datum instanceof Integer
                        || !(datum instanceof Number number)
                        || isWhole(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG ->
                datum instanceof Long
                        || !(datum instanceof Number number)
                        || isWhole(number, Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT ->
                datum instanceof Float
                        || !(datum instanceof Number number)
                        || isSame(number, Float.toString(number.floatValue()));
            case DOUBLE ->
                datum instanceof Double
                        || datum instanceof Float
                        || !(datum instanceof Number number)
                        || isSame(number, Double.toString(number.doubleValue()));
            case NULL -> datum == null;
            default -> true;
        };
    }

    private static boolean isWhole(Number number, long least, long most) {
        return (number instanceof Integer
                        || number instanceof Long
                        || number instanceof Short
                        || number instanceof Byte)
                && number.longValue() >= least
                && number.longValue() <= most;
    }

    /** Returns whether a number equals the written one in decimal notation: 0.1 is the same as double and as float. */
    private static boolean isSame(Number number, String written) {
        String text = number.toString();
        return written.equals(text)
                || (isFinite(written)
                        && isFinite(text)
                        && new BigDecimal(written).compareTo(new BigDecimal(text)) == 0);
    }

    private static boolean isFinite(String number) {
        return !number.endsWith("y") && !number.endsWith("N");
    }

    /**
     * Returns whether a record has the fields of the schema in the order of the schema: Avro reads them by their
     * position.
     */
    static boolean isOf(Schema schema, Object datum) {
        if (!(datum instanceof IndexedRecord record)) {
            // Avro reports it itself
            return true;
        }
        Schema own = record.getSchema();
        return own == schema
                || own.equals(schema)
                || SchemaNormalization.toParsingForm(own).equals(SchemaNormalization.toParsingForm(schema));
    }

    /** Returns whether a fixed value has another length than the schema. */
    static boolean hasOtherLength(Schema schema, Object datum) {
        return datum instanceof GenericFixed fixed && fixed.bytes().length != schema.getFixedSize();
    }

    /**
     * Returns the symbol of a value, which differs from the name of a generated constant if Java reserves the word; or
     * null.
     */
    static @Nullable String symbol(@Nullable Object datum) {
        if (datum instanceof Enum<?> constant) {
            return constant instanceof GenericEnumSymbol<?> generated
                    ? generated.getSchema().getEnumSymbols().get(constant.ordinal())
                    : constant.name();
        }
        return datum instanceof GenericEnumSymbol<?> ? datum.toString() : null;
    }

    /** Returns whether a text has half of a surrogate pair. A {@code Utf8} already has bytes, which stay unchanged. */
    static boolean isCut(Object datum) {
        return datum instanceof CharSequence text && !(text instanceof Utf8) && Surrogates.indexOfHalf(text) >= 0;
    }

    /** Returns entries in the order of their keys. */
    static List<Map.Entry<Object, Object>> inOrder(Iterable<Map.Entry<Object, Object>> entries) {
        List<Map.Entry<Object, Object>> ordered = new ArrayList<>();
        entries.forEach(ordered::add);
        ordered.sort(Comparator.comparing(entry -> String.valueOf(entry.getKey())));
        return ordered;
    }
}
