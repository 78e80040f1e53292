// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import io.kurier.serializers.avro.test.Hash;
import io.kurier.serializers.avro.test.Item;
import io.kurier.serializers.avro.test.Order;
import io.kurier.serializers.avro.test.Status;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** The values that the tests write. */
final class Samples {
    /** Stands for what must not be seen in a log. */
    static final String CANARY = "CANARY7f3a";

    private Samples() {}

    static Schema schema(String json) {
        return new Schema.Parser().parse(json.replace('\'', '"'));
    }

    static Order order() {
        return order("o-1");
    }

    static Order order(String id) {
        return Order.newBuilder()
                .setId(id)
                .setCents(-990)
                .setTotal(new BigDecimal("9.90"))
                .setPlaced(Instant.ofEpochMilli(1_700_000_000_123L))
                .setDue(LocalDate.of(2026, 11, 22))
                .setStatus(Status.PAID)
                .setItems(List.of(new Item("a", 1), new Item("ü", 2)))
                .setLabels(Map.of("k", "v"))
                .setHash(new Hash(new byte[] {1, 2, 3, 4}))
                .build();
    }

    static GenericRecord record(Schema schema, @Nullable Object... values) {
        GenericRecord record = new GenericData.Record(schema);
        for (int i = 0; i < values.length; i++) {
            record.put(i, values[i]);
        }
        return record;
    }

    static byte[] encode(Object value) {
        return Objects.requireNonNull(new AvroSerializer<>().serialize("orders", value));
    }

    static String stackTrace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
