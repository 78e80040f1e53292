// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.AvroTypeException;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.io.Encoder;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * Writes values of a whole schema that is not a record: primitive types, arrays, maps, enums, fixed and unions. Safe
 * for use by any number of threads.
 */
final class ValueWriter extends RecordWriter {
    private final Schema whole;
    private final boolean withoutLength;

    /**
     * Creates a writer for one schema.
     *
     * @param withoutLength whether bytes are written without their length, if the schema is that of bytes
     */
    ValueWriter(Schema whole, SpecificData model, boolean ordersEntries, boolean withoutLength) {
        super(whole, model, ordersEntries);
        this.whole = whole;
        this.withoutLength = withoutLength && whole.getType() == Schema.Type.BYTES;
    }

    @Override
    public void write(Object datum, Encoder out) throws IOException {
        super.write(datum instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : datum, out);
    }

    @Override
    protected void writeBytes(Object datum, Encoder out) throws IOException {
        if (withoutLength) {
            out.writeFixed((ByteBuffer) datum);
        } else {
            super.writeBytes(datum, out);
        }
    }

    @Override
    protected int resolveUnion(Schema union, @Nullable Object datum) {
        if (union == whole && converted(getData(), union, datum).size() > 1) {
            throw new AvroTypeException("several branches of the union fit");
        }
        return super.resolveUnion(union, datum);
    }

    /** Returns the branches of a union whose logical types have values of this class. Avro would write the first. */
    static List<Schema> converted(GenericData model, Schema union, @Nullable Object datum) {
        return datum == null
                ? List.of()
                : union.getTypes().stream()
                        .filter(branch -> isConverted(model, branch.getLogicalType(), datum))
                        .toList();
    }

    private static boolean isConverted(GenericData model, @Nullable LogicalType logical, Object datum) {
        return logical != null && model.getConversionByClass(datum.getClass(), logical) != null;
    }
}
