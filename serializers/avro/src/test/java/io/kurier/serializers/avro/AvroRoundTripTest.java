// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import static io.kurier.serializers.avro.Samples.record;
import static io.kurier.serializers.avro.Samples.schema;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.serializers.avro.test.Node;
import io.kurier.serializers.avro.test.Order;
import io.kurier.serializers.avro.test.Plain;
import io.kurier.serializers.avro.test.Word;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class AvroRoundTripTest {
    private static final String TOPIC = "orders";

    private static final Schema EVERYTHING = schema("""
            {'type':'record','name':'Everything','namespace':'test','fields':[
              {'name':'n','type':'null'},{'name':'b','type':'boolean'},{'name':'i','type':'int'},{'name':'l','type':'long'},
              {'name':'f','type':'float'},{'name':'d','type':'double'},{'name':'s','type':'string'},{'name':'y','type':'bytes'},
              {'name':'e','type':{'type':'enum','name':'E','symbols':['A','B']}},
              {'name':'x','type':{'type':'fixed','name':'X','size':2}},
              {'name':'a','type':{'type':'array','items':['null','long','string']}},
              {'name':'m','type':{'type':'map','values':{'type':'record','name':'R','fields':[{'name':'v','type':'int'}]}}},
              {'name':'u','type':['null','E','X','R']},
              {'name':'nulls','type':{'type':'array','items':'null'}}]}
            """);

    private static GenericRecord everything() {
        Schema enumeration = EVERYTHING.getField("e").schema();
        Schema inner = EVERYTHING.getField("m").schema().getValueType();
        return record(
                EVERYTHING,
                null,
                true,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                1.5f,
                Double.NaN,
                new Utf8("\u00FC\uD83D\uDE00"),
                ByteBuffer.wrap(new byte[] {0, -1}),
                new GenericData.EnumSymbol(enumeration, "B"),
                new GenericData.Fixed(EVERYTHING.getField("x").schema(), new byte[] {7, 8}),
                Arrays.asList(null, 1L, new Utf8("text")),
                Map.of(new Utf8("key"), record(inner, 5)),
                record(inner, 6),
                Arrays.asList(null, null, null));
    }

    @Test
    void aGenericRecordOfAllTypesComesBackEqual() {
        byte[] encoded = Samples.encode(everything());
        assertThat(AvroDeserializer.generic(EVERYTHING).deserialize(TOPIC, encoded))
                .isEqualTo(everything());
    }

    @Test
    void aSpecificRecordComesBackEqualWithItsLogicalTypes() {
        byte[] encoded = Samples.encode(Samples.order());
        Order back = Objects.requireNonNull(new AvroDeserializer<>(Order.class).deserialize(TOPIC, encoded));
        assertThat(back).isEqualTo(Samples.order()).isExactlyInstanceOf(Order.class);
        assertThat(back.getTotal()).isEqualTo(new BigDecimal("9.90"));
        assertThat(back.getPlaced()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_123L));
    }

    @Test
    void theBytesAreThoseOfAvrosOwnEncoder() throws IOException {
        byte[] specific = Samples.encode(Samples.order());
        assertThat(ByteBuffer.wrap(specific))
                .isEqualTo(Order.getEncoder().encode(Samples.order()))
                .isEqualTo(Samples.order().toByteBuffer());
        byte[] generic = Samples.encode(everything());
        assertThat(ByteBuffer.wrap(generic))
                .isEqualTo(new BinaryMessageEncoder<>(GenericData.get(), EVERYTHING).encode(everything()));
        assertThat(new BinaryMessageDecoder<GenericRecord>(GenericData.get(), EVERYTHING).decode(generic))
                .isEqualTo(everything());
    }

    @Test
    void oneSerializerWritesRecordsOfManySchemas() {
        AvroSerializer<Object> serializer = new AvroSerializer<>();
        AvroDeserializer<GenericRecord> deserializer =
                AvroDeserializer.generic(EVERYTHING, Order.getClassSchema(), Node.getClassSchema());
        for (GenericRecord value : List.of(everything(), record(Node.getClassSchema(), "a", null), everything())) {
            assertThat(deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, value)))
                    .hasToString(value.toString());
        }
    }

    @Test
    void aGenericRecordMayHoldLogicalTypesAndComesBackWithThePlainOnes() {
        Schema schema = schema("""
                {'type':'record','name':'Logical','fields':[
                  {'name':'at','type':{'type':'long','logicalType':'timestamp-millis'}},
                  {'name':'total','type':['null',{'type':'bytes','logicalType':'decimal','precision':4,'scale':2}]}]}
                """);
        byte[] encoded = Samples.encode(record(schema, Instant.ofEpochMilli(5), new BigDecimal("1.25")));
        GenericRecord plain = record(schema, 5L, ByteBuffer.wrap(new byte[] {125}));
        assertThat(AvroDeserializer.generic(schema).deserialize(TOPIC, encoded)).isEqualTo(plain);
        assertThat(new AvroSerializer<GenericRecord>().serialize(TOPIC, plain)).isEqualTo(encoded);
    }

    @Test
    void aClassReadsWhatWasWrittenWithAnOlderSchemaWithOtherOrderAndFields() {
        Schema older = schema("""
                {'type':'record','name':'Node','namespace':'io.kurier.serializers.avro.test','fields':[
                  {'name':'gone','type':{'type':'array','items':'null'}},{'name':'name','type':'string'}]}
                """);
        byte[] encoded = Samples.encode(record(older, Arrays.asList(null, null), "a"));
        assertThat(new AvroDeserializer<>(Node.class, older).deserialize(TOPIC, encoded))
                .isEqualTo(new Node("a", null));
    }

    @Test
    void nullIsATombstoneBothWays() {
        assertThat(new AvroSerializer<Order>().serialize(TOPIC, null)).isNull();
        AvroDeserializer<Order> deserializer = new AvroDeserializer<>(Order.class);
        assertThat(deserializer.deserialize(TOPIC, (byte[]) null)).isNull();
        assertThat(deserializer.deserialize(TOPIC, new RecordHeaders(), (ByteBuffer) null))
                .isNull();
    }

    @Test
    void aBufferIsReadWhereItStandsAndLeftAsItIs() {
        byte[] encoded = Samples.encode(Samples.order());
        ByteBuffer direct = ByteBuffer.allocateDirect(encoded.length + 4);
        direct.position(2).put(encoded).position(2).limit(encoded.length + 2);
        ByteBuffer heap = ByteBuffer.allocate(encoded.length + 4);
        heap.position(2).put(encoded).position(2).limit(encoded.length + 2);
        AvroDeserializer<Order> deserializer = new AvroDeserializer<>(Order.class);
        for (ByteBuffer buffer : List.of(direct, heap.slice().asReadOnlyBuffer(), heap)) {
            int position = buffer.position();
            assertThat(deserializer.deserialize(TOPIC, new RecordHeaders(), buffer))
                    .isEqualTo(Samples.order());
            assertThat(buffer.position()).isEqualTo(position);
        }
    }

    @Test
    void aKeyHasTheSameBytesInWhateverOrderItsMapsWereFilled() {
        Schema schema =
                schema("{'type':'record','name':'Key','fields':[{'name':'m','type':{'type':'map','values':'int'}}]}");
        Map<String, Integer> forth = new LinkedHashMap<>();
        Map<String, Integer> back = new LinkedHashMap<>();
        for (int i = 0; i < 4; i++) {
            forth.put("abcd".substring(i, i + 1), i);
            back.put("dcba".substring(i, i + 1), 3 - i);
        }
        AvroSerializer<GenericRecord> keys = new AvroSerializer<>();
        keys.configure(Map.of(), true);
        assertThat(keys.serialize(TOPIC, record(schema, forth))).isEqualTo(keys.serialize(TOPIC, record(schema, back)));
        assertThat(AvroDeserializer.generic(schema).deserialize(TOPIC, keys.serialize(TOPIC, record(schema, back))))
                .isEqualTo(
                        record(schema, Map.of(new Utf8("a"), 0, new Utf8("b"), 1, new Utf8("c"), 2, new Utf8("d"), 3)));
    }

    @Test
    void eightThreadsMayShareASerializerAndADeserializer() throws Exception {
        AvroSerializer<Order> serializer = new AvroSerializer<>();
        AvroDeserializer<Order> deserializer = new AvroDeserializer<>(Order.class);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<List<Order>>> work = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                String prefix = "t" + thread + "-";
                work.add(() -> {
                    List<Order> back = new ArrayList<>();
                    for (int i = 0; i < 500; i++) {
                        back.add(deserializer.deserialize(
                                TOPIC, serializer.serialize(TOPIC, Samples.order(prefix + i))));
                    }
                    return back;
                });
            }
            List<Future<List<Order>>> all = pool.invokeAll(work);
            for (int thread = 0; thread < 8; thread++) {
                List<Order> back = all.get(thread).get();
                for (int i = 0; i < 500; i++) {
                    assertThat(back.get(i)).isEqualTo(Samples.order("t" + thread + "-" + i));
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aNewSchemaForEveryRecordDoesNotFillTheSerializer() {
        AvroSerializer<Object> serializer = new AvroSerializer<>();
        for (int i = 0; i < 2_500; i++) {
            Schema schema = schema("{'type':'record','name':'S" + i + "','fields':[{'name':'i','type':'int'}]}");
            byte[] encoded = serializer.serialize(TOPIC, record(schema, i));
            assertThat(AvroDeserializer.generic(schema).deserialize(TOPIC, encoded))
                    .isEqualTo(record(schema, i));
            assertThat(serializer.schemas()).isLessThanOrEqualTo(1_000);
        }
    }

    @Test
    void aClassWithByteBuffersForDecimalsAndUtf8ForTextsComesBack() {
        Plain plain = Plain.newBuilder()
                .setText("t")
                .setTotal(ByteBuffer.wrap(new byte[] {3, -34}))
                .setMaybe(ByteBuffer.wrap(new byte[] {1}))
                .setWord(Word.class$)
                .setLabels(Map.of("k", "v"))
                .build();
        Plain read =
                Objects.requireNonNull(new AvroDeserializer<>(Plain.class).deserialize(TOPIC, Samples.encode(plain)));
        assertThat(read).hasToString(plain.toString());
        assertThat(Samples.encode(read)).isEqualTo(Samples.encode(plain));
        assertThat(plain.getTotal().remaining()).isEqualTo(2);
    }
}
