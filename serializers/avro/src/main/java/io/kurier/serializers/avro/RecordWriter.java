// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import java.io.IOException;
import java.util.Map;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.Encoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes generic and specific records, and refuses values that Avro's own writers silently change; see {@link
 * Alterations}. Safe for use by any number of threads.
 */
class RecordWriter extends SpecificDatumWriter<Object> {
    private final boolean ordersEntries;
    private final SameSchemas same = new SameSchemas();

    /**
     * Creates a writer for one schema.
     *
     * @param model has the conversions of logical types
     * @param ordersEntries whether maps are written in the order of their keys
     */
    RecordWriter(Schema schema, SpecificData model, boolean ordersEntries) {
        super(schema, model);
        this.ordersEntries = ordersEntries;
    }

    @Override
    protected void writeWithoutConversion(Schema schema, @Nullable Object datum, Encoder out) throws IOException {
        if (!Alterations.keeps(schema.getType(), datum)) {
            throw new AvroTypeException("the type would alter the value");
        }
        super.writeWithoutConversion(schema, datum, out);
    }

    @Override
    protected void writeRecord(Schema schema, Object datum, Encoder out) throws IOException {
        if (datum instanceof IndexedRecord record && record.getSchema() != schema) {
            checkSchema(schema, record);
        }
        super.writeRecord(schema, datum, out);
    }

    private void checkSchema(Schema schema, IndexedRecord record) {
        Schema own = record.getSchema();
        if (same.contains(own, schema)) {
            return;
        }
        if (!Alterations.isOf(schema, record)) {
            throw new AvroTypeException("the record has another schema");
        }
        same.add(own, schema);
    }

    @Override
    protected void writeFixed(Schema schema, Object datum, Encoder out) throws IOException {
        if (Alterations.hasOtherLength(schema, datum)) {
            throw new AvroTypeException("the fixed value has another length");
        }
        super.writeFixed(schema, datum, out);
    }

    /** Avro would write the position that a constant has in its class, even if the schema has another symbol at it. */
    @Override
    protected void writeEnum(Schema schema, Object datum, Encoder out) throws IOException {
        String symbol = Alterations.symbol(datum);
        if (symbol == null || !schema.hasEnumSymbol(symbol)) {
            throw new AvroTypeException("no symbol of the enum");
        }
        out.writeEnum(schema.getEnumOrdinal(symbol));
    }

    /** Also called for the keys of maps. */
    @Override
    protected void writeString(Object datum, Encoder out) throws IOException {
        if (Alterations.isCut(datum)) {
            throw new AvroTypeException("the text has half of a surrogate pair");
        }
        super.writeString(datum, out);
    }

    @Override
    protected Iterable<Map.Entry<Object, Object>> getMapEntries(Object map) {
        Iterable<Map.Entry<Object, Object>> entries = super.getMapEntries(map);
        return ordersEntries && map instanceof Map<?, ?> filled && filled.size() > 1
                ? Alterations.inOrder(entries)
                : entries;
    }
}
