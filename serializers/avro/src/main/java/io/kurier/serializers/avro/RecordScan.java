// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import io.kurier.serializers.internal.ByteCursor;
import io.kurier.serializers.internal.Meter;
import io.kurier.serializers.internal.ReadLimits;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Checks a record for excessive memory and depth before it is read: a byte of Avro can become an empty map, six bytes
 * can claim two thousand million items that take no bytes, and a type that contains itself can be nested until the
 * stack is full. Most records need no check, because their size and schema show that they cannot exceed any limit.
 *
 * <p>Avro's own limit of items without bytes is a quarter of the heap and one for the whole JVM ({@code
 * org.apache.avro.limits.collectionItems.maxAllocation}), and it ignores how large an item becomes. Immutable.
 */
final class RecordScan {
    private final Schema writer;
    private final SchemaCost cost;
    private final ReadLimits limits;

    /** Creates a scan of values of one schema. */
    RecordScan(Schema writer, ReadAs target, ReadLimits limits) {
        this.writer = writer;
        this.cost = new SchemaCost(writer, target);
        this.limits = limits;
    }

    /**
     * Checks the body of a record. A damaged record passes as far as it can be read, since its reader has the better
     * error.
     *
     * @throws io.kurier.serializers.internal.LimitExceededException if it takes too much memory or is nested too deeply
     */
    void check(byte[] bytes, int offset, int length) {
        if (!cost.mayExceed(length, limits)) {
            return;
        }
        try {
            new Walk(new ByteCursor(bytes, offset, length), new Meter(limits, length)).value(writer);
        } catch (IOException e) {
            // Damaged: the reader ends at the same place, and everything before it has been counted.
            return;
        }
    }

    private final class Walk {
        private final ByteCursor in;
        private final Meter meter;

        Walk(ByteCursor in, Meter meter) {
            this.in = in;
            this.meter = meter;
        }

        void value(Schema schema) throws IOException {
            if (schema.getType() != Schema.Type.INT && schema.getType() != Schema.Type.LONG) {
                meter.add(cost.of(schema));
            }
            switch (schema.getType()) {
                case RECORD -> {
                    meter.enter();
                    for (Schema.Field field : schema.getFields()) {
                        if (cost.isPrimitive(field)) {
                            number(field.schema());
                        } else {
                            value(field.schema());
                        }
                    }
                    meter.leave();
                }
                case UNION -> {
                    List<Schema> branches = schema.getTypes();
                    long branch = signed();
                    if (branch < 0 || branch >= branches.size()) {
                        throw new IOException("the union has no such branch");
                    }
                    value(branches.get((int) branch));
                }
                case ARRAY -> items(schema.getElementType(), false);
                case MAP -> items(schema.getValueType(), true);
                case STRING, BYTES -> text();
                case FIXED -> in.skip(schema.getFixedSize());
                case INT, LONG -> meter.add(cost.isCached(schema, number(schema)) ? 0 : cost.of(schema));
                case FLOAT, DOUBLE -> number(schema);
                case ENUM -> in.varint();
                case BOOLEAN -> in.skip(1);
                case NULL -> {}
            }
        }

        /** Checks blocks, each after its number of items, and a final one with none (specification, "Arrays"). */
        private void items(Schema item, boolean keyed) throws IOException {
            for (long count = signed(); count != 0; count = signed()) {
                if (count < 0) {
                    count = -count;
                    signed(); // the size of the block in bytes
                }
                if (count < 0) {
                    throw new IOException("the block has no such number of items");
                }
                long each = keyed ? SchemaCost.ENTRY : cost.slot();
                if (!keyed && SchemaCost.takesNoBytes(item)) {
                    meter.add(count, each + cost.withoutBytes(item));
                    continue;
                }
                for (; count > 0; count--) {
                    meter.add(each);
                    if (keyed) {
                        text();
                    }
                    value(item);
                }
            }
        }

        private void text() throws IOException {
            long length = signed();
            in.skip(length);
            meter.add(2 * length);
        }

        /** Returns the number, if it is a whole one. */
        private long number(Schema schema) throws IOException {
            switch (schema.getType()) {
                case FLOAT -> in.skip(Float.BYTES);
                case DOUBLE -> in.skip(Double.BYTES);
                default -> {
                    return signed();
                }
            }
            return 0;
        }

        private long signed() throws IOException {
            long zigzag = in.varint();
            return (zigzag >>> 1) ^ -(zigzag & 1);
        }
    }
}
