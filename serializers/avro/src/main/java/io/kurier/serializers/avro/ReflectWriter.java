// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.reflect.ReflectDatumWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes plain classes by Avro's reflect model, and refuses values that Avro's own writers silently change; see {@link
 * Alterations}. A value of a subclass, whose further fields Avro would drop, is refused too. Safe for use by any number
 * of threads.
 */
final class ReflectWriter extends ReflectDatumWriter<Object> {
    private final ReflectModel model;
    private final boolean ordersEntries;

    /**
     * Creates a writer for one schema.
     *
     * @param schema that of the model's class, or one whose fields have the same names
     * @param ordersEntries whether maps are written in the order of their keys
     */
    ReflectWriter(Schema schema, ReflectModel model, boolean ordersEntries) {
        super(schema, model);
        this.model = model;
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
        if (datum != null && model.lost(schema, datum) != null) {
            throw new AvroTypeException("the record has other fields");
        }
        super.writeRecord(schema, datum, out);
    }

    @Override
    protected void writeFixed(Schema schema, Object datum, Encoder out) throws IOException {
        if (Alterations.hasOtherLength(schema, datum)) {
            throw new AvroTypeException("the fixed value has another length");
        }
        super.writeFixed(schema, datum, out);
    }

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

    /** The other branch of an optional value needs no search by the name of its class, which a file may not have. */
    @Override
    protected int resolveUnion(Schema union, @Nullable Object datum) {
        return branch(model, union, datum);
    }

    static int branch(ReflectModel model, Schema union, @Nullable Object datum) {
        List<Schema> branches = union.getTypes();
        if (datum != null && branches.size() == 2) {
            if (branches.get(0).getType() == Schema.Type.NULL) {
                return 1;
            }
            if (branches.get(1).getType() == Schema.Type.NULL) {
                return 0;
            }
        }
        return model.resolveUnion(union, datum);
    }

    @Override
    protected Iterable<Map.Entry<Object, Object>> getMapEntries(Object map) {
        Iterable<Map.Entry<Object, Object>> entries = super.getMapEntries(map);
        return ordersEntries && map instanceof Map<?, ?> filled && filled.size() > 1
                ? Alterations.inOrder(entries)
                : entries;
    }
}
