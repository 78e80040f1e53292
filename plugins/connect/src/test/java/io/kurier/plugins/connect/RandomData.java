// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/** Random schemas of Connect, and data of them. */
final class RandomData {
    private static final long DAY = 86_400_000L;

    private final Random random;
    private final boolean full;
    private int names;

    /**
     * Creates a source.
     *
     * @param full whether schemas have all that Connect has, rather than what every format keeps
     */
    RandomData(long seed, boolean full) {
        this.random = new Random(seed);
        this.full = full;
    }

    Schema struct(int depth) {
        return structBuilder(depth).build();
    }

    private SchemaBuilder structBuilder(int depth) {
        SchemaBuilder schema = SchemaBuilder.struct().name("shop.events.Type" + ++names);
        int fields = 1 + random.nextInt(6);
        for (int i = 0; i < fields; i++) {
            schema.field("f" + i, field(depth, true));
        }
        return schema;
    }

    private Schema field(int depth, boolean inStruct) {
        SchemaBuilder schema = switch (random.nextInt(depth > 0 ? 15 : 12)) {
            case 0 -> full ? SchemaBuilder.int8() : SchemaBuilder.int32();
            case 1 -> full ? SchemaBuilder.int16() : SchemaBuilder.int64();
            case 2 -> SchemaBuilder.int32();
            case 3 -> SchemaBuilder.int64();
            case 4 -> SchemaBuilder.float32();
            case 5 -> SchemaBuilder.float64();
            case 6 -> SchemaBuilder.bool();
            case 7 -> SchemaBuilder.bytes();
            case 8 -> full ? Decimal.builder(random.nextInt(5)) : SchemaBuilder.string();
            case 9 -> Date.builder();
            case 10 -> random.nextBoolean() ? Time.builder() : Timestamp.builder();
            case 11 -> SchemaBuilder.string();
            case 12 -> SchemaBuilder.array(element(depth - 1));
            case 13 ->
                SchemaBuilder.map(
                        full && random.nextBoolean() ? Schema.INT32_SCHEMA : Schema.STRING_SCHEMA, element(depth - 1));
            default -> structBuilder(depth - 1);
        };
        boolean container = schema.type() == Schema.Type.ARRAY || schema.type() == Schema.Type.MAP;
        boolean message = schema.type() == Schema.Type.STRUCT || schema.name() != null;
        if (full ? random.nextInt(3) == 0 : inStruct && !container && (message || random.nextInt(3) == 0)) {
            schema.optional();
        }
        if (full && schema.type() == Schema.Type.INT32 && schema.name() == null && inStruct) {
            schema.name("io.debezium.time.Date")
                    .version(1)
                    .doc("days")
                    .parameter("a", "b")
                    .defaultValue(7);
        }
        if (full && schema.type() == Schema.Type.STRING && inStruct) {
            schema.defaultValue("none");
        }
        return schema.build();
    }

    private Schema element(int depth) {
        while (true) {
            Schema element = field(depth, false);
            boolean container = element.type() == Schema.Type.ARRAY || element.type() == Schema.Type.MAP;
            if (full || !container) {
                return element;
            }
        }
    }

    Struct value(Schema schema) {
        Struct struct = new Struct(schema);
        for (Field field : schema.fields()) {
            struct.put(field, any(field.schema()));
        }
        return struct;
    }

    private @Nullable Object any(Schema schema) {
        if (schema.isOptional() && random.nextInt(3) == 0) {
            return null;
        }
        String name = String.valueOf(schema.name());
        return switch (name) {
            case Decimal.LOGICAL_NAME ->
                new BigDecimal(
                        new BigInteger(1 + random.nextInt(90), random),
                        Integer.parseInt(schema.parameters().get("scale")));
            case Date.LOGICAL_NAME -> new java.util.Date(random.nextInt(40_000) * DAY - 10_000 * DAY);
            case Time.LOGICAL_NAME -> new java.util.Date(random.nextInt((int) DAY));
            case Timestamp.LOGICAL_NAME -> new java.util.Date((random.nextLong() >> 22) / 2);
            default -> plain(schema);
        };
    }

    private Object plain(Schema schema) {
        return switch (schema.type()) {
            case INT8 -> (byte) random.nextInt();
            case INT16 -> (short) random.nextInt();
            case INT32 -> random.nextInt();
            case INT64 -> random.nextLong();
            case FLOAT32 -> random.nextFloat();
            case FLOAT64 -> random.nextDouble();
            case BOOLEAN -> random.nextBoolean();
            case STRING -> Integer.toString(random.nextInt(), 36) + (random.nextBoolean() ? "é€" : "");
            case BYTES -> {
                byte[] bytes = new byte[random.nextInt(20)];
                random.nextBytes(bytes);
                yield ByteBuffer.wrap(bytes);
            }
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(any(schema.valueSchema()));
                }
                yield list;
            }
            case MAP -> {
                Map<Object, @Nullable Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(plain(schema.keySchema()), any(schema.valueSchema()));
                }
                yield map;
            }
            case STRUCT -> value(schema);
        };
    }
}
