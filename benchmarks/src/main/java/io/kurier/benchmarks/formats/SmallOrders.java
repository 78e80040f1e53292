// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.formats;

import io.kurier.benchmarks.formats.avro.AvroLine;
import io.kurier.benchmarks.formats.avro.AvroOrder;
import io.kurier.benchmarks.formats.avro.AvroStatus;
import io.kurier.benchmarks.formats.protobuf.ProtobufOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.ClassSecurityValidator;

/** Orders of two lines, 106 bytes as Avro's binary encoding, the same in every run, as the objects of each library. */
public final class SmallOrders {
    private static final int COUNT = 1_000;
    private static final int LINES = 2;
    private static final long FIRST_PLACED = 1_760_000_000_000L;

    private SmallOrders() {}

    /** What all of them are made of. */
    private record Content(UUID id, int customer, long placedAt, int status, int cents, List<Integer> skus) {
        static Content of(Random random, int number) {
            List<Integer> skus = new ArrayList<>();
            for (int i = 0; i < LINES; i++) {
                skus.add(10_000 + random.nextInt(90_000));
            }
            return new Content(
                    new UUID(random.nextLong(), random.nextLong()),
                    100_000 + random.nextInt(20_000),
                    FIRST_PLACED + number * 911L,
                    random.nextInt(3),
                    10_000 + random.nextInt(90_000),
                    skus);
        }
    }

    /** Returns generated or generic Avro records. */
    public static IndexedRecord[] avro(boolean specific) {
        return make(content -> specific ? specific(content) : generic(specific(content)))
                .toArray(IndexedRecord[]::new);
    }

    /** Lets Avro's own readers and writers create the generated classes, as an application without Kurier has to. */
    public static void trustClasses() {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.DEFAULT, type -> type.getPackage() == AvroOrder.class.getPackage()));
    }

    /** Returns generated messages. */
    public static ProtobufOrder[] protobuf() {
        return make(SmallOrders::message).toArray(ProtobufOrder[]::new);
    }

    private static <T> List<T> make(Function<Content, T> made) {
        Random random = new Random(7);
        List<T> all = new ArrayList<>(COUNT);
        for (int i = 0; i < COUNT; i++) {
            all.add(made.apply(Content.of(random, i)));
        }
        return all;
    }

    private static AvroOrder specific(Content content) {
        List<AvroLine> lines = new ArrayList<>();
        content.skus.forEach(sku -> lines.add(new AvroLine(String.valueOf(sku), 3, (long) sku)));
        return AvroOrder.newBuilder()
                .setId(content.id.toString())
                .setCustomer("C-" + content.customer)
                .setPlacedAt(content.placedAt)
                .setStatus(AvroStatus.values()[content.status])
                .setCurrency("EUR")
                .setCents(content.cents)
                .setNote("behind the blue bins 2")
                .setLines(lines)
                .build();
    }

    private static GenericRecord generic(AvroOrder order) {
        GenericRecord record = new GenericData.Record(order.getSchema());
        for (int i = 0; i < order.getSchema().getFields().size(); i++) {
            record.put(i, order.get(i));
        }
        record.put(
                "status",
                new GenericData.EnumSymbol(
                        order.getSchema().getField("status").schema(),
                        order.getStatus().name()));
        List<GenericRecord> lines = new ArrayList<>();
        Schema lineSchema = order.getSchema().getField("lines").schema().getElementType();
        for (AvroLine line : order.getLines()) {
            GenericRecord generic = new GenericData.Record(lineSchema);
            for (int i = 0; i < lineSchema.getFields().size(); i++) {
                generic.put(i, line.get(i));
            }
            lines.add(generic);
        }
        record.put("lines", lines);
        return record;
    }

    private static ProtobufOrder message(Content content) {
        ProtobufOrder.Builder order = ProtobufOrder.newBuilder()
                .setId(content.id.toString())
                .setCustomer("C-" + content.customer)
                .setPlacedAt(content.placedAt)
                .setStatusValue(content.status)
                .setCurrency("EUR")
                .setCents(content.cents)
                .setNote("behind the blue bins 2");
        for (int sku : content.skus) {
            order.addLines(ProtobufOrder.Line.newBuilder()
                    .setSku(String.valueOf(sku))
                    .setQuantity(3)
                    .setCents(sku));
        }
        return order.build();
    }
}
