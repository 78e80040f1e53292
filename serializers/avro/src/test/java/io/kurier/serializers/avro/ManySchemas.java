// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import static io.kurier.serializers.avro.Samples.record;
import static io.kurier.serializers.avro.Samples.schema;

import io.kurier.spi.Frame;
import io.kurier.spi.FrameReader;
import io.kurier.spi.FrameWriter;
import io.kurier.spi.Framing;
import io.kurier.spi.PayloadSchema;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Writes and reads records of 100,000 schemas by one serializer and two deserializers. */
final class ManySchemas {
    private static final int SCHEMAS = 100_000;

    private ManySchemas() {}

    static final class Thing {
        int i;
    }

    /** Names a schema by its number, as a registry does, and keeps none. */
    private static final class Numbered implements Framing {
        @Override
        public FrameWriter writer(String topic, PayloadSchema schema) {
            int number = Integer.parseInt(String.valueOf(schema.fullName()).substring(1));
            byte[] prefix = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
            return headers -> prefix;
        }

        @Override
        public FrameReader reader(Collection<? extends PayloadSchema> known) {
            return (topic, headers, bytes, offset, length) -> {
                int number = ByteBuffer.wrap(bytes, offset, length).getInt();
                return new Frame(PayloadSchema.of("avro", null, numbered(number).toString()), Integer.BYTES);
            };
        }
    }

    private static Schema numbered(int number) {
        return schema("{'type':'record','name':'S" + number + "','fields':[{'name':'i','type':'int'}]}");
    }

    public static void main(String[] arguments) {
        Framing framing = new Numbered();
        AvroSerializer<Object> serializer =
                new AvroSerializer<>(Declaration.NONE, false, AvroFormat.LIMITS, framing, null);
        AvroDeserializer<GenericRecord> generic =
                new AvroDeserializer<>(DeclaredType.UNKNOWN, List.of(), List.of(), AvroFormat.LIMITS, framing);
        AvroDeserializer<Thing> things = new AvroDeserializer<>(
                DeclaredType.of(Thing.class, false), List.of(), List.of(), AvroFormat.LIMITS, framing);
        for (int i = 0; i < SCHEMAS; i++) {
            byte[] bytes = serializer.serialize("t", record(numbered(i), i));
            GenericRecord back = generic.deserialize("t", bytes);
            Thing thing = things.deserialize("t", bytes);
            if (back == null || !back.get("i").equals(i) || thing == null || thing.i != i) {
                throw new AssertionError("record " + i + " did not come back");
            }
        }
        System.out.print(SCHEMAS + " were written and read\n");
    }
}
