// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import static io.kurier.serializers.avro.Samples.record;
import static io.kurier.serializers.avro.Samples.schema;

import io.kurier.serializers.avro.test.Item;
import io.kurier.serializers.avro.test.Node;
import io.kurier.serializers.avro.test.Order;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Writes and reads records of about a megabyte, as measurements, lists and tables make them. */
final class HonestRecords {
    private HonestRecords() {}

    public static void main(String[] arguments) {
        many("'float'", 250_000, i -> i / 8f);
        many("'double'", 125_000, i -> i / 8d);
        many("'int'", 1_000_000, i -> i % 50);
        many("'int'", 350_000, i -> i);
        many("{'type':'int','logicalType':'date'}", 350_000, i -> 20_000 + i % 1_000);
        many("{'type':'long','logicalType':'timestamp-millis'}", 150_000, i -> 1_700_000_000_000L + i);
        many("'boolean'", 1_000_000, i -> i % 2 == 0);
        many("['null','double']", 200_000, i -> i % 2 == 0 ? null : (Object) (double) i);
        many("'string'", 350_000, i -> String.valueOf(i % 90 + 10));
        many("'string'", 40_000, i -> "the text of row " + (100_000 + i));
        Schema point = schema(
                "{'type':'record','name':'Point','fields':[{'name':'x','type':'int'},{'name':'y','type':'int'}]}");
        many(point.toString(), 250_000, i -> record(point, i % 100 - 50, i % 3_000));
        Schema row = schema("{'type':'record','name':'Row','fields':[{'name':'id','type':'long'},{'name':'name','type':"
                + "'string'},{'name':'price','type':['null','double']},{'name':'tags','type':{'type':'array','items':"
                + "'string'}},{'name':'labels','type':{'type':'map','values':'string'}}]}");
        many(
                row.toString(),
                16_000,
                i -> record(row, (long) i, "article " + i, i / 4d, List.of("new", "blue"), Map.of("size", "XL")));
        Map<String, Integer> counts = new LinkedHashMap<>();
        IntStream.range(0, 100_000).forEach(i -> counts.put("name" + i, i));
        both("{'type':'map','values':'int'}", counts);
        both("'bytes'", ByteBuffer.wrap(new byte[1_000_000]));
        both("'string'", "ü€".repeat(150_000));
        Order order = Samples.order();
        order.setItems(IntStream.range(0, 100_000)
                .mapToObj(i -> new Item("sku" + i, i))
                .toList());
        require(order.equals(new AvroDeserializer<>(Order.class).deserialize("t", Samples.encode(order))));
        Node node = new Node("leaf", null);
        for (int depth = 1; depth < 200; depth++) {
            node = new Node("level " + depth, node);
        }
        require(node.equals(new AvroDeserializer<>(Node.class).deserialize("t", Samples.encode(node))));
        System.out.print("all came back\n");
    }

    private static void many(String item, int count, IntFunction<?> value) {
        both(
                "{'type':'array','items':" + item + "}",
                IntStream.range(0, count).mapToObj(value).toList());
    }

    private static void both(String field, Object value) {
        Schema schema = schema("{'type':'record','name':'Large','fields':[{'name':'f','type':" + field + "}]}");
        // As a key: the order of maps must not matter.
        AvroSerializer<GenericRecord> serializer =
                new AvroSerializer<>(new Declaration(DeclaredType.UNKNOWN, schema), true, AvroFormat.LIMITS);
        byte[] bytes = serializer.serialize("t", record(schema, value));
        GenericRecord back = AvroDeserializer.generic(schema).deserialize("t", bytes);
        require(bytes != null && bytes.length > 700_000 && Arrays.equals(serializer.serialize("t", back), bytes));
    }

    private static void require(boolean same) {
        if (!same) {
            throw new AssertionError("a record did not come back");
        }
    }
}
