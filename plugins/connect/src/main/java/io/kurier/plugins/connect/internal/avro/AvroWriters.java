// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect.internal.avro;

import static org.apache.avro.Schema.Type;

import io.kurier.plugins.connect.internal.avro.AvroWriter.Encoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericArray;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Makes the Avro schema of one Connect schema, and what writes its data. For one schema; used by one thread. */
final class AvroWriters {
    private static final String WHOLE = "the value";

    private final AvroNames names;
    private final Map<String, Named> named = new HashMap<>();
    private int unnamed;
    private int entries;

    private record Named(org.apache.kafka.connect.data.Schema connect, AvroWriter writer) {}

    AvroWriters(AvroNames names) {
        this.names = names;
    }

    /** Returns the writer of whole values, which are never null. */
    AvroWriter whole(org.apache.kafka.connect.data.Schema connect) {
        AvroWriter writer = required(connect, WHOLE);
        if (writer.schema().getLogicalType() != null) {
            throw new DataException("the whole value is of the type " + connect.name()
                    + ", which Avro has for fields only here. Put it into a field with the transformation HoistField");
        }
        return writer;
    }

    /** Returns the writer of a part, which may be null if its schema is optional. */
    private AvroWriter part(org.apache.kafka.connect.data.Schema connect, String path) {
        AvroWriter required = required(connect, path);
        Encoder encoder = required.encoder();
        if (!connect.isOptional()) {
            return new AvroWriter(required.schema(), data -> {
                if (data == null) {
                    throw new DataException(path + ": it is null, and its schema is not optional");
                }
                return encoder.encode(data);
            });
        }
        Schema none = Schema.create(Type.NULL);
        Schema union = connect.defaultValue() == null
                ? Schema.createUnion(none, required.schema())
                : Schema.createUnion(required.schema(), none);
        return new AvroWriter(union, data -> data == null ? null : encoder.encode(data));
    }

    private AvroWriter required(org.apache.kafka.connect.data.Schema connect, String path) {
        if (connect.type() == org.apache.kafka.connect.data.Schema.Type.STRUCT) {
            return struct(connect, path);
        }
        AvroWriter made = switch (connect.type()) {
            case ARRAY -> array(connect, path);
            case MAP -> map(connect, path);
            default -> AvroScalars.writer(connect, path);
        };
        keep(connect, made.schema());
        if (connect.defaultValue() != null) {
            made.schema().addProp(AvroNames.DEFAULT, inSchema(made.encoder().encode(connect.defaultValue())));
        }
        return made;
    }

    private static void keep(org.apache.kafka.connect.data.Schema connect, Schema avro) {
        if (connect.name() != null) {
            avro.addProp(AvroNames.NAME, connect.name());
        }
        if (connect.version() != null) {
            avro.addProp(AvroNames.VERSION, connect.version());
        }
        if (connect.doc() != null) {
            avro.addProp(AvroNames.DOC, connect.doc());
        }
        if (connect.parameters() != null && !connect.parameters().isEmpty()) {
            avro.addProp(AvroNames.PARAMETERS, connect.parameters());
        }
    }

    private AvroWriter array(org.apache.kafka.connect.data.Schema connect, String path) {
        AvroWriter element = part(connect.valueSchema(), path + "[]");
        Schema avro = Schema.createArray(element.schema());
        return new AvroWriter(avro, data -> {
            List<?> list = (List<?>) Objects.requireNonNull(data);
            GenericArray<@Nullable Object> written = new GenericData.Array<>(list.size(), avro);
            list.forEach(each -> written.add(element.encoder().encode(each)));
            return written;
        });
    }

    private AvroWriter map(org.apache.kafka.connect.data.Schema connect, String path) {
        AvroWriter value = part(connect.valueSchema(), path + "{}");
        org.apache.kafka.connect.data.Schema keys = connect.keySchema();
        if (keys.type() == org.apache.kafka.connect.data.Schema.Type.STRING && !keys.isOptional()) {
            return new AvroWriter(Schema.createMap(value.schema()), data -> {
                Map<?, ?> map = (Map<?, ?>) Objects.requireNonNull(data);
                Map<Object, @Nullable Object> written = new LinkedHashMap<>();
                map.forEach((k, v) -> written.put(k, value.encoder().encode(v)));
                return written;
            });
        }
        AvroWriter key = part(keys, path + "{key}");
        Schema entry = Schema.createRecord(
                numbered(AvroNames.MAP_ENTRY, ++entries),
                null,
                AvroNames.NAMESPACE,
                false,
                List.of(new Schema.Field("key", key.schema()), new Schema.Field("value", value.schema())));
        entry.addProp(AvroNames.INTERNAL_TYPE, AvroNames.MAP_ENTRY);
        Schema avro = Schema.createArray(entry);
        return new AvroWriter(avro, data -> {
            Map<?, ?> map = (Map<?, ?>) Objects.requireNonNull(data);
            GenericArray<Object> written = new GenericData.Array<>(map.size(), avro);
            map.forEach((k, v) -> {
                GenericRecord each = new GenericData.Record(entry);
                each.put(0, key.encoder().encode(k));
                each.put(1, value.encoder().encode(v));
                written.add(each);
            });
            return written;
        });
    }

    private static String numbered(String name, int number) {
        return number == 1 ? name : name + number;
    }

    private AvroWriter struct(org.apache.kafka.connect.data.Schema connect, String path) {
        String fullName = connect.name() == null
                ? AvroNames.NAMESPACE + "." + numbered(AvroNames.DEFAULT_NAME, ++unnamed)
                : names.ofRecord(connect.name(), path);
        Named before = named.get(fullName);
        if (before != null) {
            if (!hasSameContent(before.connect(), connect)) {
                throw new DataException(path + ": another schema with other content has the name " + fullName
                        + " too, and Avro takes one for each name. Rename one of them, for example with the"
                        + " transformation SetSchemaMetadata");
            }
            return before.writer();
        }
        AvroWriter made = record(connect, fullName, path);
        named.put(fullName, new Named(connect, made));
        return made;
    }

    private static boolean hasSameContent(
            org.apache.kafka.connect.data.Schema one, org.apache.kafka.connect.data.Schema other) {
        return Objects.equals(one.name(), other.name())
                && one.fields().equals(other.fields())
                && Objects.equals(one.version(), other.version())
                && Objects.equals(one.doc(), other.doc())
                && Objects.equals(one.parameters(), other.parameters());
    }

    private AvroWriter record(org.apache.kafka.connect.data.Schema connect, String fullName, String path) {
        int dot = fullName.lastIndexOf('.');
        Schema avro = Schema.createRecord(
                fullName.substring(dot + 1), connect.doc(), dot < 0 ? null : fullName.substring(0, dot), false);
        List<Schema.Field> made = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        Field[] fields = connect.fields().toArray(Field[]::new);
        Encoder[] encoders = new Encoder[fields.length];
        boolean[] optional = new boolean[fields.length];
        for (int i = 0; i < fields.length; i++) {
            String own = path.equals(WHOLE) ? fields[i].name() : path + "." + fields[i].name();
            AvroWriter writer = part(fields[i].schema(), own);
            String name = names.ofField(fields[i].name(), own);
            if (!taken.add(name)) {
                throw new DataException(own + ": another field has the name " + name + " in Avro too. Rename one of"
                        + " them with the transformation ReplaceField");
            }
            made.add(field(name, fields[i].schema(), writer, own));
            encoders[i] = writer.encoder();
            optional[i] = fields[i].schema().isOptional();
        }
        avro.setFields(made);
        keep(connect, avro);
        return new AvroWriter(avro, data -> {
            Struct struct = (Struct) Objects.requireNonNull(data);
            GenericRecord record = new GenericData.Record(avro);
            for (int i = 0; i < fields.length; i++) {
                // the default stands for a missing value, not for a null that the schema allows
                Object value = optional[i] ? struct.getWithoutDefault(fields[i].name()) : struct.get(fields[i].name());
                record.put(i, encoders[i].encode(value));
            }
            return record;
        });
    }

    private static Schema.Field field(
            String name, org.apache.kafka.connect.data.Schema connect, AvroWriter writer, String path) {
        Object value = connect.defaultValue() != null
                ? inSchema(writer.encoder().encode(connect.defaultValue()))
                : connect.isOptional() ? JsonProperties.NULL_VALUE : null;
        try {
            return new Schema.Field(name, writer.schema(), connect.doc(), value);
        } catch (AvroRuntimeException e) {
            throw new DataException(path + ": Avro does not take the default of its schema. Remove the default");
        }
    }

    /** Returns an encoded default as Avro takes it in a schema. */
    private static Object inSchema(@Nullable Object encoded) {
        if (encoded == null) {
            return JsonProperties.NULL_VALUE;
        }
        if (encoded instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        if (encoded instanceof GenericRecord record) {
            Map<String, Object> fields = new LinkedHashMap<>();
            record.getSchema().getFields().forEach(each -> fields.put(each.name(), inSchema(record.get(each.pos()))));
            return fields;
        }
        if (encoded instanceof Map<?, ?> map) {
            Map<String, Object> values = new LinkedHashMap<>();
            map.forEach((key, value) -> values.put(key.toString(), inSchema(value)));
            return values;
        }
        return encoded instanceof List<?> list
                ? list.stream().map(AvroWriters::inSchema).toList()
                : encoded;
    }
}
