// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import io.kurier.internal.Surrogates;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Conversion;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first place where a value does not fit its schema, for an error with the place and the kind of the value
 * there. Avro's own messages quote values ({@code Not in union}) and the keys of maps.
 */
final class SchemaMismatch {
    /** A record that contains itself has no end; the first steps identify it. */
    private static final int MAX_STEPS = 12;

    /** Beyond that depth an error is not worth a stack overflow. */
    private static final int MAX_DEPTH = 500;

    /**
     * Enough for every record that Kafka accepts by default; a record that contains one part many times can be endless,
     * too.
     */
    private static final int MAX_VALUES = 1_000_000;

    private static final String NULLABLE =
            ". Annotate the field with org.apache.avro.reflect.Nullable, or set reflect.nullable";

    private final GenericData model;
    private int values;

    private SchemaMismatch(GenericData model) {
        this.model = model;
    }

    /** Returns the place and the reason, {@code at $.items[3].count: a text stands ...}, or null if none was found. */
    static @Nullable String of(GenericData model, Schema schema, Object value) {
        return new SchemaMismatch(model).find(schema, value, "$", 0);
    }

    private @Nullable String find(Schema schema, @Nullable Object value, String path, int depth) {
        if (depth > MAX_DEPTH || ++values > MAX_VALUES) {
            return null;
        }
        if (model instanceof ReflectModel reflect && reflect.getCustomEncoding(schema) != null) {
            return null;
        }
        if (value instanceof Optional<?> optional && model instanceof ReflectModel) {
            return find(schema, optional.orElse(null), path, depth + 1);
        }
        LogicalType logical = schema.getLogicalType();
        if (value != null && logical != null) {
            Conversion<?> conversion = model.getConversionByClass(value.getClass(), logical);
            if (conversion != null) {
                return converted(schema, logical, conversion, value, path);
            }
        }
        if (schema.isUnion()) {
            return union(schema, value, path, depth);
        }
        if (!fits(schema, value)) {
            return " at " + path + ": " + describe(value) + " stands where the schema has " + describe(schema)
                    + (value == null && model instanceof ReflectModel ? NULLABLE : "");
        }
        if (schema.getType() == Schema.Type.STRING && value instanceof CharSequence text && Alterations.isCut(text)) {
            return " at " + path + ": " + Surrogates.describe(text);
        }
        if (value instanceof IndexedRecord record) {
            return fields(schema, record, path, depth);
        }
        if (value != null && model instanceof ReflectModel && schema.getType() == Schema.Type.RECORD) {
            return fieldsOfClass(schema, value, path, depth);
        }
        if (value != null && schema.getType() == Schema.Type.ARRAY) {
            int index = 0;
            for (Object element : elements(value)) {
                String found =
                        find(schema.getElementType(), element, step(path, "[" + index++ + "]", depth), depth + 1);
                if (found != null) {
                    return found;
                }
            }
        }
        if (value instanceof Map<?, ?> entries && schema.getType() == Schema.Type.MAP) {
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                if (entry.getKey() == null) {
                    return " at " + path + ": a key is null";
                }
                if (entry.getKey() instanceof CharSequence key && Alterations.isCut(key)) {
                    return " at " + path + ": in a key, " + Surrogates.describe(key);
                }
                String found = find(schema.getValueType(), entry.getValue(), step(path, ".*", depth), depth + 1);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private @Nullable String fields(Schema schema, IndexedRecord record, String path, int depth) {
        for (Schema.Field field : schema.getFields()) {
            Object value = record.get(field.pos());
            String place = step(path, "." + field.name(), depth);
            LogicalType logical = field.schema().getLogicalType();
            Conversion<?> own =
                    record instanceof SpecificRecordBase specific ? specific.getConversion(field.pos()) : null;
            String found = own != null && logical != null && value != null
                    ? converted(field.schema(), logical, own, value, place)
                    : find(field.schema(), value, place, depth + 1);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable String fieldsOfClass(Schema schema, Object value, String path, int depth) {
        String lost = ((ReflectModel) model).lost(schema, value);
        if (lost != null) {
            return " at " + path + ": " + describe(value) + " stands where the schema has " + describe(schema)
                    + ", and " + lost;
        }
        for (Schema.Field field : schema.getFields()) {
            if (((ReflectModel) model).isOpaque(field.name())) {
                continue;
            }
            Object held = model.getField(value, field.name(), field.pos());
            String found = find(field.schema(), held, step(path, "." + field.name(), depth), depth + 1);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static Iterable<?> elements(Object value) {
        return value instanceof Collection<?> collection
                ? collection
                : value instanceof Object[] array ? Arrays.asList(array) : List.of();
    }

    private @Nullable String union(Schema schema, @Nullable Object value, String path, int depth) {
        int branch;
        List<Schema> converted = depth == 0 ? ValueWriter.converted(model, schema, value) : List.of();
        if (converted.size() > 1) {
            return " at " + path + ": " + describe(value) + " fits several branches of the union, "
                    + converted.stream().map(SchemaMismatch::describe).collect(Collectors.joining(" and "))
                    + ", and a reader cannot tell which is meant. Write the underlying value of one of them";
        }
        try {
            branch = model instanceof ReflectModel reflect
                    ? ReflectWriter.branch(reflect, schema, value)
                    : model.resolveUnion(schema, value);
        } catch (AvroRuntimeException e) {
            return " at " + path + ": " + describe(value) + " stands where the schema has one of "
                    + schema.getTypes().stream().map(SchemaMismatch::describe).collect(Collectors.joining(", "));
        }
        return find(schema.getTypes().get(branch), value, path, depth + 1);
    }

    private static @Nullable String converted(
            Schema schema, LogicalType logical, Conversion<?> conversion, Object value, String path) {
        try {
            Conversions.convertToRawType(value, schema, logical, conversion);
            return null;
        } catch (RuntimeException e) {
            return " at " + path + ": " + describe(value) + " cannot be written as the logical type "
                    + logical.getName() + " of the schema without altering it, or is outside its range";
        }
    }

    private boolean fits(Schema schema, @Nullable Object value) {
        boolean reflect = model instanceof ReflectModel;
        return switch (schema.getType()) {
            case RECORD -> value instanceof IndexedRecord ? Alterations.isOf(schema, value) : reflect && value != null;
            case ENUM -> {
                String symbol = Alterations.symbol(value);
                yield symbol != null && schema.hasEnumSymbol(symbol);
            }
            case ARRAY ->
                value instanceof Collection
                        || (reflect && value != null && value.getClass().isArray());
            case MAP -> value instanceof Map;
            case FIXED -> value instanceof GenericFixed && !Alterations.hasOtherLength(schema, value);
            case STRING ->
                value instanceof CharSequence
                        || (value != null && model instanceof ReflectModel plain && plain.isText(value));
            case BYTES -> value instanceof ByteBuffer || value instanceof byte[];
            case INT ->
                value instanceof Number && Alterations.keeps(schema.getType(), value)
                        || (reflect && value instanceof Character);
            case LONG, FLOAT, DOUBLE -> value instanceof Number && Alterations.keeps(schema.getType(), value);
            case BOOLEAN -> value instanceof Boolean;
            case NULL -> value == null;
            case UNION -> true;
        };
    }

    private static String describe(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof IndexedRecord record && record.getSchema() != null) {
            return "a record of the schema " + Fingerprint.describe(record.getSchema());
        }
        return "a " + value.getClass().getTypeName();
    }

    private static String describe(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> "record " + Fingerprint.describe(schema);
            case ENUM -> "enum " + schema.getFullName();
            case FIXED -> "fixed " + schema.getFullName() + " of " + schema.getFixedSize() + " bytes";
            default -> schema.getType().getName();
        };
    }

    private static String step(String path, String step, int depth) {
        return depth < MAX_STEPS ? path + step : path.endsWith("...") ? path : path + "...";
    }
}
