// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect.internal.json;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Makes what writes the data of a Connect schema as maps, lists and values that every mapper writes alike.
 *
 * @param iso whether dates and times are text rather than numbers
 */
record JsonWriters(boolean iso) {

    /** Makes what the serializer takes. Null stays null; an exception names the field. */
    @FunctionalInterface
    interface Encoder {
        @Nullable
        Object encode(@Nullable Object data);
    }

    /**
     * Returns the encoder of a schema.
     *
     * @param path the path of the field, for errors
     */
    Encoder encoder(Schema schema, String path) {
        Encoder encoder = required(schema, path);
        boolean optional = schema.isOptional();
        return data -> {
            if (data != null) {
                return encoder.encode(data);
            }
            if (!optional) {
                throw new DataException(path + ": it is null, and its schema is not optional");
            }
            return null;
        };
    }

    private Encoder required(Schema schema, String path) {
        String name = schema.name() == null ? "" : schema.name();
        return switch (name) {
            case Date.LOGICAL_NAME -> data -> date(schema, (java.util.Date) Objects.requireNonNull(data));
            case Time.LOGICAL_NAME -> data -> time(schema, (java.util.Date) Objects.requireNonNull(data));
            case Timestamp.LOGICAL_NAME -> data -> timestamp((java.util.Date) Objects.requireNonNull(data));
            default ->
                switch (schema.type()) {
                    case STRUCT -> struct(schema, path);
                    case ARRAY -> array(encoder(schema.valueSchema(), path + "[]"));
                    case MAP -> map(schema, path);
                    case BYTES -> data -> data instanceof ByteBuffer buffer ? bytes(buffer) : data; // or a Decimal
                    default -> data -> data;
                };
        };
    }

    private Object date(Schema schema, java.util.Date value) {
        int days = Date.fromLogical(schema, value);
        return iso ? LocalDate.ofEpochDay(days).toString() : (Object) days;
    }

    private Object time(Schema schema, java.util.Date value) {
        int millis = Time.fromLogical(schema, value);
        return iso
                ? LocalTime.ofNanoOfDay(TimeUnit.MILLISECONDS.toNanos(millis)).toString()
                : (Object) millis;
    }

    private Object timestamp(java.util.Date value) {
        return iso ? Instant.ofEpochMilli(value.getTime()).toString() : (Object) value.getTime();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private Encoder struct(Schema schema, String path) {
        Field[] fields = schema.fields().toArray(Field[]::new);
        Encoder[] encoders = new Encoder[fields.length];
        for (int i = 0; i < fields.length; i++) {
            String own = path.equals("the value") ? fields[i].name() : path + "." + fields[i].name();
            encoders[i] = encoder(fields[i].schema(), own);
        }
        return data -> {
            Struct struct = (Struct) Objects.requireNonNull(data);
            Map<String, @Nullable Object> written = new LinkedHashMap<>();
            for (int i = 0; i < fields.length; i++) {
                String name = fields[i].name();
                // the default stands for a missing value, not for a null that the schema allows
                Object value = fields[i].schema().isOptional() ? struct.getWithoutDefault(name) : struct.get(name);
                written.put(name, encoders[i].encode(value));
            }
            return written;
        };
    }

    private static Encoder array(Encoder element) {
        return data -> {
            List<?> list = (List<?>) Objects.requireNonNull(data);
            List<@Nullable Object> written = new ArrayList<>(list.size());
            list.forEach(each -> written.add(element.encode(each)));
            return written;
        };
    }

    /** JSON has names of text only: other keys are written as pairs, as Connect's own converter does. */
    private Encoder map(Schema schema, String path) {
        Encoder values = encoder(schema.valueSchema(), path + "{}");
        if (schema.keySchema().type() == Schema.Type.STRING
                && !schema.keySchema().isOptional()) {
            return data -> {
                Map<Object, @Nullable Object> written = new LinkedHashMap<>();
                ((Map<?, ?>) Objects.requireNonNull(data)).forEach((k, v) -> written.put(k, values.encode(v)));
                return written;
            };
        }
        Encoder keys = encoder(schema.keySchema(), path + "{key}");
        return data -> {
            List<Object> written = new ArrayList<>();
            ((Map<?, ?>) Objects.requireNonNull(data)).forEach((k, v) -> {
                List<@Nullable Object> pair = new ArrayList<>(2);
                pair.add(keys.encode(k));
                pair.add(values.encode(v));
                written.add(pair);
            });
            return written;
        };
    }
}
