// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import static io.kurier.serializers.avro.Samples.CANARY;
import static io.kurier.serializers.avro.Samples.record;
import static io.kurier.serializers.avro.Samples.schema;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.serializers.avro.test.Item;
import io.kurier.serializers.avro.test.Node;
import io.kurier.serializers.avro.test.Order;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroFailureTest {
    private static final String TOPIC = "orders";

    private static final Schema CART = schema("""
            {'type':'record','name':'Cart','namespace':'test','fields':[
              {'name':'by','type':{'type':'map','values':{'type':'array','items':{'type':'record','name':'Line','fields':[
                {'name':'sku','type':'string'},{'name':'count','type':'int'}]}}}},
              {'name':'u','type':['null','long'],'default':null},
              {'name':'e','type':['null',{'type':'enum','name':'E','symbols':['A']}],'default':null},
              {'name':'x','type':['null',{'type':'fixed','name':'X','size':2}],'default':null},
              {'name':'d','type':['null',{'type':'bytes','logicalType':'decimal','precision':4,'scale':2}],'default':null},
              {'name':'n','type':'null','default':null}]}
            """);
    private static final Schema LINE =
            CART.getField("by").schema().getValueType().getElementType();
    private static final Schema BOMB =
            schema("{'type':'record','name':'Bomb','fields':[{'name':'a','type':{'type':'array','items':'null'}}]}");

    private interface Encoding {
        void to(BinaryEncoder encoder) throws IOException;
    }

    private static byte[] encoded(Schema schema, Encoding encoding) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            out.write(SingleObject.header(Fingerprint.of(schema)));
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            encoding.to(encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    @Test
    void aValueThatDoesNotFitIsNamedByPlaceAndClass() {
        GenericRecord cart = record(CART, Map.of(CANARY, List.of(record(LINE, "a", 1), record(LINE, "b", CANARY))));
        assertThatWriting(cart)
                .hasMessage("cannot write test.Cart as Avro at $.by.*[1].count: a java.lang.String stands where the"
                        + " schema has int");
        assertThatWriting(record(CART)).hasMessageContaining(" at $.by: null stands where the schema has map");
        assertThatWriting(record(CART, Map.of(), CANARY))
                .hasMessageContaining(" at $.u: a java.lang.String stands where the schema has one of null, long");
        assertThatWriting(record(CART, Map.of(), null, CANARY)).hasMessageContaining(" at $.e: a java.lang.String");
        assertThatWriting(record(CART, Map.of(), null, null, null, new BigDecimal("123456.78")))
                .hasMessageContaining(" at $.d: a java.math.BigDecimal cannot be written as the logical type decimal");
        assertThatWriting(new Item(CANARY, 1), item -> item.setSku(null))
                .hasMessageContaining("Item as Avro at $.sku: null stands where the schema has string");
    }

    private interface Change {
        void to(Item item);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertThatWriting(Item item, Change change) {
        change.to(item);
        return assertThatWriting(item);
    }

    @Test
    void whatAvroWouldAlterWithoutAWordIsRefused() {
        assertThatWriting(record(LINE, "a", 5_000_000_000L))
                .hasMessageContaining(" at $.count: a java.lang.Long stands where the schema has int");
        assertThatWriting(record(LINE, "a", 1.5)).hasMessageContaining(" at $.count: a java.lang.Double stands");
        assertThatWriting(record(
                        CART,
                        Map.of(),
                        null,
                        null,
                        new GenericData.Fixed(
                                CART.getField("x").schema().getTypes().get(1), new byte[3])))
                .hasMessageContaining(" at $.x: ");
        assertThatWriting(record(CART, Map.of(), null, null, null, null, 1))
                .hasMessageContaining(" at $.n: a java.lang.Integer stands where the schema has null");
        Schema turned = schema("{'type':'record','name':'Line','namespace':'test','fields':["
                + "{'name':'count','type':'int'},{'name':'sku','type':'string'}]}");
        assertThatWriting(record(CART, Map.of("k", List.of(record(turned, 1, "a")))))
                .hasMessageContaining(" at $.by.*[0]: a record of the schema test.Line (fingerprint ")
                .hasMessageContaining("stands where the schema has record test.Line (fingerprint ");
    }

    private enum Turned {
        B,
        A
    }

    @Test
    void aConstantOfAnotherEnumIsWrittenByItsNameAndNotByItsPosition() {
        Schema enumeration = schema("{'type':'enum','name':'E','symbols':['A','B']}");
        Schema schema = schema("{'type':'record','name':'H','fields':[{'name':'e','type':" + enumeration + "}]}");
        byte[] symbol = Samples.encode(record(schema, new GenericData.EnumSymbol(enumeration, "B")));
        assertThat(Samples.encode(record(schema, Turned.B))).isEqualTo(symbol);
        assertThatWriting(record(schema, Thread.State.NEW)).hasMessageContaining(" at $.e: a java.lang.Thread$State");
        assertThatWriting(record(schema, "B")).hasMessageContaining(" at $.e: a java.lang.String");
    }

    @Test
    void aNumberMayBeOfAnotherClassThatSaysTheSame() {
        Schema schema = schema("{'type':'record','name':'N','fields':[{'name':'i','type':'int'},"
                + "{'name':'l','type':'long'},{'name':'f','type':'float'},{'name':'d','type':'double'}]}");
        byte[] plain = Samples.encode(record(schema, 1, 2L, 0.1f, 0.1));
        assertThat(Samples.encode(record(schema, 1L, (short) 2, 0.1, new BigDecimal("0.10"))))
                .isEqualTo(plain);
        for (Number number : List.of(1e300, 0.123456789012, new BigDecimal("0.1234567890123"), Long.MAX_VALUE)) {
            assertThatWriting(record(schema, 1, 2L, number, 0.1)).hasMessageContaining(" at $.f: a java.");
        }
        assertThatWriting(record(schema, 1, 2L, 0.1f, new BigDecimal("0.12345678901234567890")))
                .hasMessageContaining(" at $.d: a java.math.BigDecimal");
        assertThat(Samples.encode(record(schema, 1, 2L, Double.NaN, Float.NEGATIVE_INFINITY)))
                .isEqualTo(Samples.encode(record(schema, 1, 2L, Float.NaN, Double.NEGATIVE_INFINITY)));
    }

    @Test
    void aRecordWhoseOwnMethodsFailIsRefusedWithoutWhatTheySay() {
        assertThatWriting(new GenericData.Record(LINE) {
                    @Override
                    public Object get(int index) {
                        throw new IllegalStateException(CANARY);
                    }
                })
                .hasMessage("cannot write test.Line as Avro: java.lang.IllegalStateException was thrown on the way");
        assertThatWriting(new GenericData.Record(LINE) {
                    @Override
                    public @Nullable Schema getSchema() {
                        return null;
                    }
                })
                .hasMessageEndingWith("as Avro: its getSchema() answers null");
    }

    @Test
    void aValueWithoutASchemaIsRefused() {
        assertThatWriting(List.of(CANARY))
                .hasMessageEndingWith(" as Avro: it has no schema of its own. Declare the class (avro.type in a Kafka"
                        + " client's configuration) or the schema (avro.schema), or publish a GenericRecord, a class that"
                        + " Avro has generated, or a value of a primitive type");
    }

    @Test
    void aRecordOfAnotherSchemaThanTheDeclaredOneIsRefusedWithBothNames() {
        assertThatThrownBy(() -> new AvroSerializer<GenericRecord>(CART).serialize(TOPIC, record(LINE, CANARY, 1)))
                .isInstanceOf(SerializationException.class)
                .hasMessage("cannot write test.Line (fingerprint " + Fingerprint.of(LINE)
                        + ") as Avro: the schema that is declared here is test.Cart (fingerprint "
                        + Fingerprint.of(CART) + "). Make the record with that schema, or declare the other one");
    }

    @Test
    void aSerializerGoesOnAfterARecordThatFailedHalfWay() {
        AvroSerializer<Object> serializer = new AvroSerializer<>();
        byte[] before = serializer.serialize(TOPIC, record(LINE, "a", 1));
        assertThatThrownBy(() -> serializer.serialize(TOPIC, record(LINE, "half", null)))
                .isInstanceOf(SerializationException.class);
        assertThat(serializer.serialize(TOPIC, record(LINE, "a", 1))).isEqualTo(before);
    }

    @Test
    void aRecordThatContainsItselfIsRefused() {
        Node node = new Node(CANARY, null);
        node.setNext(node);
        assertThatWriting(node).hasMessageContaining("Does one contain itself?");
    }

    @Test
    void anUnknownFingerprintIsNamedWithTheKnownOnes() {
        byte[] line = Samples.encode(record(LINE, CANARY, 1));
        assertThatReading(AvroDeserializer.generic(CART, BOMB), line)
                .hasMessage("cannot read Avro as GenericRecord: it was written with a schema of the fingerprint "
                        + Fingerprint.of(LINE) + ", and only these are known: test.Cart (fingerprint "
                        + Fingerprint.of(CART) + "), Bomb (fingerprint " + Fingerprint.of(BOMB)
                        + "). Add the schema it was written with to schemas (avro.schemas in a Kafka client's"
                        + " configuration)");
        assertThatReading(AvroDeserializer.generic(), line).hasMessageContaining("no schema is known");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                 | there are no bytes. A tombstone is null",
                "'\u0000\u0000\u0000\u0000\u0001abc' | Confluent's wire format",
                "Obj\u0001abc       | an Avro container file",
                "{\"a\":1}          | does not begin with the bytes C3 01",
            })
    void whatIsNoSingleObjectIsToldByItsFirstBytes(String bytes, String reason) {
        assertThatReading(new AvroDeserializer<>(Order.class), bytes.getBytes(UTF_8))
                .hasMessageStartingWith("cannot read Avro as io.kurier.serializers.avro.test.Order: ")
                .hasMessageContaining(reason);
    }

    @Test
    void aRecordThatIsCutAnywhereIsRefused() {
        byte[] whole = Samples.encode(Samples.order(CANARY));
        for (int length = 0; length < whole.length; length++) {
            assertThatReading(new AvroDeserializer<>(Order.class), Arrays.copyOf(whole, length))
                    .hasMessageStartingWith("cannot read Avro as ");
        }
        assertThatReading(new AvroDeserializer<>(Order.class), Arrays.copyOf(whole, whole.length - 1))
                .hasMessageContaining("the record ends too early");
    }

    @Test
    void bytesBehindTheRecordAreAnError() {
        byte[] whole = Samples.encode(Samples.order(CANARY));
        assertThatReading(new AvroDeserializer<>(Order.class), Arrays.copyOf(whole, whole.length + 3))
                .hasMessageContaining("3 bytes follow the record");
    }

    @Test
    void damagedBytesNeverDoAnythingButReadOrFail() {
        byte[] whole = Samples.encode(Samples.order(CANARY));
        AvroDeserializer<Order> deserializer = new AvroDeserializer<>(Order.class);
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = whole.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                deserializer.deserialize(TOPIC, damaged);
            } catch (SerializationException e) {
                refused++;
                assertThat(Samples.stackTrace(e)).as("seed %s", seed).doesNotContain(CANARY);
            }
        }
        assertThat(refused).as("seed %s", seed).isPositive();
    }

    @Test
    void anArrayOfItemsWithoutBytesCannotFillTheHeap() {
        byte[] bomb = encoded(BOMB, encoder -> {
            encoder.writeLong(2_000_000_000L);
            encoder.writeLong(0);
        });
        assertThatReading(AvroDeserializer.generic(BOMB), bomb).hasMessageContaining("would take more than");
        byte[] many = encoded(BOMB, encoder -> {
            for (int block = 0; block < 1_000; block++) {
                encoder.writeLong(60_000);
            }
            encoder.writeLong(0);
        });
        assertThatReading(AvroDeserializer.generic(BOMB), many).hasMessageContaining("would take more than");
        Schema skipping =
                schema("{'type':'record','name':'Node','namespace':'io.kurier.serializers.avro.test','fields':["
                        + "{'name':'name','type':'string'},{'name':'gone','type':{'type':'array','items':'null'}}]}");
        byte[] skipped = encoded(skipping, encoder -> {
            encoder.writeString("a");
            encoder.writeLong(2_000_000_000L);
            encoder.writeLong(0);
        });
        assertThatReading(new AvroDeserializer<>(Node.class, skipping), skipped)
                .hasMessageContaining("would take more than");
    }

    @Test
    void recordsWithinRecordsCannotFillTheStack() {
        byte[] deep = encoded(Node.getClassSchema(), encoder -> {
            for (int i = 0; i < 1_000_000; i++) {
                encoder.writeString("");
                encoder.writeIndex(1);
            }
        });
        assertThatReading(new AvroDeserializer<>(Node.class), deep).hasMessageContaining("deeper than 500 levels");
    }

    @Test
    void schemasThatDoNotMatchAreToldApart() {
        Schema other = schema("{'type':'record','name':'Node','namespace':'io.kurier.serializers.avro.test','fields':["
                + "{'name':'title','type':'string'}]}");
        byte[] encoded = Samples.encode(record(other, CANARY));
        assertThatReading(new AvroDeserializer<>(Node.class, other), encoded)
                .hasMessageContaining(
                        "the schemas do not match: READER_FIELD_MISSING_DEFAULT_VALUE at /fields/0 (name)");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertThatWriting(@Nullable Object value) {
        return assertThatThrownBy(() -> new AvroSerializer<>().serialize(TOPIC, value))
                .isInstanceOf(SerializationException.class)
                .satisfies(thrown -> assertThat(Samples.stackTrace(thrown)).doesNotContain(CANARY));
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertThatReading(
            AvroDeserializer<?> deserializer, byte[] encoded) {
        return assertThatThrownBy(() -> deserializer.deserialize(TOPIC, encoded))
                .isInstanceOf(SerializationException.class)
                .satisfies(thrown -> assertThat(Samples.stackTrace(thrown)).doesNotContain(CANARY));
    }
}
