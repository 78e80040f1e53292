// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect.internal.avro;

import io.kurier.plugins.connect.internal.avro.AvroReader.Decoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Makes the Connect schema of one Avro schema, and what reads its values. For one schema; used by one thread. */
final class AvroReaders {
    private static final String WHOLE = "the value";

    private final Set<String> open = new HashSet<>();

    /** Returns the reader of whole values. */
    AvroReader whole(Schema avro) {
        org.apache.kafka.connect.data.Schema connect = schema(avro, WHOLE).build();
        return new AvroReader(connect, decoder(avro, connect));
    }

    /** Returns the Connect schema of a value whose class determines it; null if none does. */
    static org.apache.kafka.connect.data.@Nullable Schema ofClass(Object value) {
        org.apache.kafka.connect.data.Schema.Type type =
                ConnectSchema.schemaType(value instanceof CharSequence ? String.class : value.getClass());
        return type == null || !type.isPrimitive() ? null : new ConnectSchema(type);
    }

    private SchemaBuilder schema(Schema avro, String path) {
        if (avro.getType() == Schema.Type.UNION) {
            SchemaBuilder connect = schema(onlyType(avro, path), path);
            return avro.isNullable() ? connect.optional() : connect;
        }
        SchemaBuilder connect = switch (avro.getType()) {
            case RECORD -> struct(avro, path);
            case ARRAY ->
                isMap(avro)
                        ? SchemaBuilder.map(
                                schema(entryField(avro, 0), path + "{key}").build(),
                                schema(entryField(avro, 1), path + "{}").build())
                        : SchemaBuilder.array(
                                schema(avro.getElementType(), path + "[]").build());
            case MAP ->
                SchemaBuilder.map(
                        org.apache.kafka.connect.data.Schema.STRING_SCHEMA,
                        schema(avro.getValueType(), path + "{}").build());
            case ENUM, STRING -> SchemaBuilder.string();
            case NULL -> throw new DataException(path + ": it is always null, and Connect has no such type");
            default -> AvroScalarReaders.schema(avro);
        };
        describe(connect, avro);
        return connect;
    }

    private static Schema onlyType(Schema union, String path) {
        List<Schema> types = union.getTypes().stream()
                .filter(each -> each.getType() != Schema.Type.NULL)
                .toList();
        if (types.size() != 1) {
            throw new DataException(path + ": its Avro schema is a union of " + types.size()
                    + " types besides null, and Connect has no such type");
        }
        return types.get(0);
    }

    private static boolean isMap(Schema array) {
        return AvroNames.MAP_ENTRY.equals(array.getElementType().getProp(AvroNames.INTERNAL_TYPE));
    }

    private static Schema entryField(Schema array, int index) {
        return array.getElementType().getFields().get(index).schema();
    }

    private static void describe(SchemaBuilder connect, Schema avro) {
        boolean record = avro.getType() == Schema.Type.RECORD;
        String name = avro.getProp(AvroNames.NAME);
        if (name == null && record && !AvroNames.isUnnamed(avro.getFullName())) {
            name = avro.getFullName();
        }
        if (name != null && connect.name() == null) {
            connect.name(name);
        }
        if (avro.getObjectProp(AvroNames.VERSION) instanceof Number version && connect.version() == null) {
            connect.version(version.intValue());
        }
        String doc = avro.getProp(AvroNames.DOC);
        if (doc == null && record) {
            doc = avro.getDoc();
        }
        if (doc != null) {
            connect.doc(doc);
        }
        if (avro.getObjectProp(AvroNames.PARAMETERS) instanceof Map<?, ?> parameters) {
            parameters.forEach((key, value) -> {
                if (connect.parameters() == null || !connect.parameters().containsKey(key.toString())) {
                    connect.parameter(key.toString(), String.valueOf(value));
                }
            });
        }
    }

    private SchemaBuilder struct(Schema avro, String path) {
        if (!open.add(avro.getFullName())) {
            throw new DataException(path + ": its Avro schema contains itself, and Connect has no such type");
        }
        SchemaBuilder connect = SchemaBuilder.struct();
        for (Schema.Field field : avro.getFields()) {
            SchemaBuilder own = schema(field.schema(), path.equals(WHOLE) ? field.name() : path + "." + field.name());
            if (field.doc() != null && own.doc() == null) {
                own.doc(field.doc());
            }
            if (field.hasDefaultValue() && own.type() != org.apache.kafka.connect.data.Schema.Type.STRUCT) {
                Object value = decoder(field.schema(), own.build())
                        .decode(GenericData.get().getDefaultValue(field));
                if (value != null) {
                    own.defaultValue(value);
                }
            }
            connect.field(field.name(), own.build());
        }
        open.remove(avro.getFullName());
        return connect;
    }

    /** A Struct has the very schema of its field, so schemas come before decoders. */
    private Decoder decoder(Schema avro, org.apache.kafka.connect.data.Schema connect) {
        return switch (avro.getType()) {
            case UNION -> {
                Decoder decoder = decoder(onlyType(avro, WHOLE), connect);
                yield value -> value == null ? null : decoder.decode(value);
            }
            case RECORD -> record(avro, connect);
            case ARRAY -> isMap(avro) ? entries(avro, connect) : array(avro, connect);
            case MAP -> {
                Decoder decoder = decoder(avro.getValueType(), connect.valueSchema());
                yield value -> {
                    Map<String, @Nullable Object> map = new LinkedHashMap<>();
                    ((Map<?, ?>) Objects.requireNonNull(value))
                            .forEach((key, each) -> map.put(key.toString(), decoder.decode(each)));
                    return map;
                };
            }
            default -> AvroScalarReaders.decoder(avro, connect);
        };
    }

    private Decoder record(Schema avro, org.apache.kafka.connect.data.Schema connect) {
        Field[] fields = connect.fields().toArray(Field[]::new);
        Decoder[] decoders = new Decoder[fields.length];
        for (int i = 0; i < fields.length; i++) {
            decoders[i] = decoder(avro.getFields().get(i).schema(), fields[i].schema());
        }
        return value -> {
            IndexedRecord record = (IndexedRecord) Objects.requireNonNull(value);
            Struct struct = new Struct(connect);
            for (int i = 0; i < fields.length; i++) {
                struct.put(fields[i], decoders[i].decode(record.get(i)));
            }
            return struct;
        };
    }

    private Decoder array(Schema avro, org.apache.kafka.connect.data.Schema connect) {
        Decoder decoder = decoder(avro.getElementType(), connect.valueSchema());
        return value -> {
            List<@Nullable Object> list = new ArrayList<>();
            ((Iterable<?>) Objects.requireNonNull(value)).forEach(each -> list.add(decoder.decode(each)));
            return list;
        };
    }

    private Decoder entries(Schema avro, org.apache.kafka.connect.data.Schema connect) {
        Decoder keys = decoder(entryField(avro, 0), connect.keySchema());
        Decoder values = decoder(entryField(avro, 1), connect.valueSchema());
        return value -> {
            Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
            for (Object each : (Iterable<?>) Objects.requireNonNull(value)) {
                IndexedRecord entry = (IndexedRecord) each;
                map.put(keys.decode(entry.get(0)), values.decode(entry.get(1)));
            }
            return map;
        };
    }
}
