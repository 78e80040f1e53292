// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import io.kurier.internal.Surrogates;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Conversion;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.Encoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Writes generic and specific records, and refuses values that Avro's own writers silently change: numbers that do not
 * fit ({@code Number.intValue()}), unpaired surrogates, fixed values of the wrong length, constants of another enum,
 * values where the schema has null, and records within records whose own schema has its fields in another order. Safe
 * for use by any number of threads.
 */
final class RecordWriter extends SpecificDatumWriter<Object> {

    private static final List<Conversion<?>> STANDARD = List.of(
            new Conversions.DecimalConversion(),
            new Conversions.UUIDConversion(),
            new TimeConversions.DateConversion(),
            new TimeConversions.TimeMillisConversion(),
            new TimeConversions.TimeMicrosConversion(),
            new TimeConversions.TimestampMillisConversion(),
            new TimeConversions.TimestampMicrosConversion(),
            new TimeConversions.TimestampNanosConversion(),
            new TimeConversions.LocalTimestampMillisConversion(),
            new TimeConversions.LocalTimestampMicrosConversion(),
            new TimeConversions.LocalTimestampNanosConversion());

    private final boolean ordersEntries;

    /**
     * Creates a writer for one schema.
     *
     * @param record a record of the schema; a specific one has the conversions of its class
     * @param ordersEntries whether maps are written in the order of their keys
     */
    RecordWriter(IndexedRecord record, boolean ordersEntries) {
        super(record.getSchema(), model(record));
        this.ordersEntries = ordersEntries;
    }

    private static SpecificData model(IndexedRecord record) {
        SpecificData model = new SpecificData(record.getClass().getClassLoader());
        STANDARD.forEach(model::addLogicalTypeConversion);
        if (record instanceof SpecificRecord) {
            SpecificData.getForClass(record.getClass()).getConversions().forEach(model::addLogicalTypeConversion);
        }
        return model;
    }

    @Override
    protected void writeWithoutConversion(Schema schema, @Nullable Object datum, Encoder out) throws IOException {
        if (!keeps(schema.getType(), datum)) {
            throw new AvroTypeException("the type would alter the value");
        }
        super.writeWithoutConversion(schema, datum, out);
    }

    @Override
    protected void writeRecord(Schema schema, Object datum, Encoder out) throws IOException {
        if (!isOf(schema, datum)) {
            throw new AvroTypeException("the record has another schema");
        }
        super.writeRecord(schema, datum, out);
    }

    @Override
    protected void writeFixed(Schema schema, Object datum, Encoder out) throws IOException {
        if (datum instanceof GenericFixed fixed && fixed.bytes().length != schema.getFixedSize()) {
            throw new AvroTypeException("the fixed value has another length");
        }
        super.writeFixed(schema, datum, out);
    }

    /** Avro would write the position that a constant has in its class, even if the schema has another symbol at it. */
    @Override
    protected void writeEnum(Schema schema, Object datum, Encoder out) throws IOException {
        String symbol = symbol(datum);
        if (symbol == null || !schema.hasEnumSymbol(symbol)) {
            throw new AvroTypeException("no symbol of the enum");
        }
        out.writeEnum(schema.getEnumOrdinal(symbol));
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

    /** Also called for the keys of maps. A {@code Utf8} already has bytes, which are written unchanged. */
    @Override
    protected void writeString(Object datum, Encoder out) throws IOException {
        if (datum instanceof CharSequence text && !(datum instanceof Utf8) && Surrogates.indexOfHalf(text) >= 0) {
            throw new AvroTypeException("the text has half of a surrogate pair");
        }
        super.writeString(datum, out);
    }

    @Override
    protected Iterable<Map.Entry<Object, Object>> getMapEntries(Object map) {
        Iterable<Map.Entry<Object, Object>> entries = super.getMapEntries(map);
        if (!ordersEntries || !(map instanceof Map<?, ?> filled) || filled.size() < 2) {
            return entries;
        }
        List<Map.Entry<Object, Object>> ordered = new ArrayList<>(filled.size());
        entries.forEach(ordered::add);
        ordered.sort(Comparator.comparing(entry -> String.valueOf(entry.getKey())));
        return ordered;
    }

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
        return own.equals(schema)
                || SchemaNormalization.toParsingForm(own).equals(SchemaNormalization.toParsingForm(schema));
    }
}
