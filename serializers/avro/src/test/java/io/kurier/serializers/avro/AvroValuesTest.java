// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import static io.kurier.serializers.avro.Samples.CANARY;
import static io.kurier.serializers.avro.Samples.record;
import static io.kurier.serializers.avro.Samples.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.serializers.avro.test.Hash;
import io.kurier.serializers.avro.test.Status;
import io.kurier.spi.Frame;
import io.kurier.spi.FrameReader;
import io.kurier.spi.FrameWriter;
import io.kurier.spi.Framing;
import io.kurier.spi.PayloadSchema;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that are not records: primitive types by their class, all others by the schema of a file. */
class AvroValuesTest {
    private static final String TOPIC = "t";
    private static final Schema BYTES = Schema.create(Schema.Type.BYTES);
    private static final Schema UNION = schema("['null','long','string',{'type':'array','items':'int'},"
            + "{'type':'record','name':'A','fields':[{'name':'a','type':'int'}]},"
            + "{'type':'enum','name':'E','symbols':['X','Y']},{'type':'fixed','name':'F','size':2}]");

    /** Frames of one byte, with bytes as Confluent's serializers write them. */
    private record Raw(Schema schema) implements Framing {
        @Override
        public FrameWriter writer(String topic, PayloadSchema written) {
            return headers -> new byte[] {9};
        }

        @Override
        public FrameReader reader(Collection<? extends PayloadSchema> known) {
            Frame frame = new Frame(PayloadSchema.of("avro", null, schema.toString()), 1);
            return (topic, headers, bytes, offset, length) -> frame;
        }

        @Override
        public boolean writesBytesWithoutLength() {
            return true;
        }
    }

    static Stream<Arguments> primitives() {
        return Stream.of(
                Arguments.of(true, Boolean.class, "01"),
                Arguments.of(-1, Integer.class, "01"),
                Arguments.of(1L << 40, Long.class, "808080808040"),
                Arguments.of(1.5f, Float.class, "0000c03f"),
                Arguments.of(-1.5, Double.class, "000000000000f8bf"),
                Arguments.of("h\u00FC", String.class, "0668c3bc"),
                Arguments.of("", CharSequence.class, "00"),
                Arguments.of(new byte[] {1, -1}, byte[].class, "0401ff"),
                Arguments.of(ByteBuffer.wrap(new byte[] {7}), ByteBuffer.class, "0207"));
    }

    @ParameterizedTest
    @MethodSource("primitives")
    void aPrimitiveValueHasTheSchemaOfItsClass(Object value, Class<Object> type, String hex) {
        byte[] single = Samples.encode(value);
        assertThat(single).startsWith(0xC3, 0x01);
        assertThat(HexFormat.of().formatHex(single).substring(20)).isEqualTo(hex);
        assertThat(new AvroSerializer<>(type).serialize(TOPIC, value)).isEqualTo(single);
        assertThat(new AvroDeserializer<>(type).deserialize(TOPIC, single)).isEqualTo(value);

        AvroDeserializer<Object> configured = new AvroDeserializer<>();
        configured.configure(Map.of("avro.type", type, "avro.framing", "none"), false);
        byte[] bare = Arrays.copyOfRange(single, 10, single.length);
        assertThat(configured.deserialize(TOPIC, bare)).isEqualTo(value);
        for (int length = 0; length < bare.length; length++) {
            byte[] cut = Arrays.copyOf(bare, length);
            assertThatThrownBy(() -> configured.deserialize(TOPIC, cut)).isInstanceOf(SerializationException.class);
        }
        assertThatThrownBy(() -> configured.deserialize(TOPIC, Arrays.copyOf(bare, bare.length + 1)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("1 bytes follow the record");
    }

    @Test
    void nullIsATombstoneEvenWhereTheSchemaHasNull() {
        AvroSerializer<Object> serializer = new AvroSerializer<>(UNION);
        assertThat(serializer.serialize(TOPIC, null)).isNull();
        assertThat(new AvroSerializer<>(String.class).serialize(TOPIC, null)).isNull();
        assertThat(new AvroDeserializer<>(String.class).deserialize(TOPIC, (byte[]) null))
                .isNull();
    }

    @Test
    void aWiderTypeReadsANarrowerOne() {
        Schema ints = Schema.create(Schema.Type.INT);
        assertThat(new AvroDeserializer<>(Long.class, ints).deserialize(TOPIC, Samples.encode(5)))
                .isEqualTo(5L);
        assertThat(new AvroDeserializer<>(String.class, BYTES).deserialize(TOPIC, Samples.encode(new byte[] {'a'})))
                .isEqualTo("a");
    }

    @Test
    void aReaderWithoutATypeHasKafkasTypesForTextAndBytes() {
        AvroDeserializer<?> reader = AvroDeserializer.generic(Schema.create(Schema.Type.STRING), BYTES);
        assertThat(reader.deserialize(TOPIC, Samples.encode("a"))).isEqualTo((Object) "a");
        assertThat(reader.deserialize(TOPIC, Samples.encode(ByteBuffer.wrap(new byte[] {3}))))
                .isEqualTo((Object) new byte[] {3});
    }

    @Test
    void bytesHaveNoLengthWhereTheFramingSaysSo() {
        Framing raw = new Raw(BYTES);
        byte[] value = {1, 2, 3};
        for (Declaration declaration : List.of(
                Declaration.NONE,
                new Declaration(DeclaredType.of(byte[].class, false), BYTES),
                new Declaration(DeclaredType.UNKNOWN, BYTES))) {
            AvroSerializer<Object> serializer = new AvroSerializer<>(declaration, false, AvroFormat.LIMITS, raw, null);
            assertThat(serializer.serialize(TOPIC, value)).containsExactly(9, 1, 2, 3);
            assertThat(serializer.serialize(TOPIC, ByteBuffer.wrap(value, 1, 2).asReadOnlyBuffer()))
                    .containsExactly(9, 2, 3);
            assertThat(serializer.serialize(TOPIC, new byte[0])).containsExactly(9);
        }
        assertThat(new AvroDeserializer<byte[]>(
                                DeclaredType.of(byte[].class, false), List.of(), List.of(), AvroFormat.LIMITS, raw)
                        .deserialize(TOPIC, new byte[] {9, 1, 2, 3}))
                .containsExactly(1, 2, 3);
        assertThat(new AvroDeserializer<>(DeclaredType.UNKNOWN, List.of(), List.of(), AvroFormat.LIMITS, raw)
                        .deserialize(TOPIC, new byte[] {9}))
                .isEqualTo(new byte[0]);
        Schema decimal = schema("{'type':'bytes','logicalType':'decimal','precision':6,'scale':2}");
        AvroSerializer<Object> decimals = new AvroSerializer<>(
                new Declaration(DeclaredType.UNKNOWN, decimal), false, AvroFormat.LIMITS, new Raw(decimal), null);
        assertThat(decimals.serialize(TOPIC, new BigDecimal("1.25"))).containsExactly(9, 125);
    }

    @Test
    void bytesWithinARecordOrAUnionKeepTheirLength() {
        Schema holder = schema("{'type':'record','name':'H','fields':[{'name':'b','type':'bytes'}]}");
        AvroSerializer<Object> serializer =
                new AvroSerializer<>(Declaration.NONE, false, AvroFormat.LIMITS, new Raw(holder), null);
        GenericRecord value = record(holder, ByteBuffer.wrap(new byte[] {5}));
        assertThat(serializer.serialize(TOPIC, value)).containsExactly(9, 2, 5);
        assertThat(new AvroDeserializer<>(
                                DeclaredType.UNKNOWN, List.of(), List.of(), AvroFormat.LIMITS, new Raw(holder))
                        .deserialize(TOPIC, new byte[] {9, 2, 5}))
                .isEqualTo(value);
        Schema union = schema("['null','bytes']");
        AvroSerializer<Object> unions = new AvroSerializer<>(
                new Declaration(DeclaredType.UNKNOWN, union), false, AvroFormat.LIMITS, new Raw(union), null);
        assertThat(unions.serialize(TOPIC, new byte[] {5})).containsExactly(9, 2, 2, 5);
    }

    @Test
    void arraysMapsEnumsAndFixedValuesAreWrittenByADeclaredSchema() {
        Schema array = schema("{'type':'array','items':'int'}");
        assertValue(array, List.of(1, 2), "04020400", List.of(1, 2));
        Schema map = schema("{'type':'map','values':'long'}");
        assertValue(map, Map.of("k", 3L), "02026b0600", Map.of(new Utf8("k"), 3L));
        Schema enumeration = schema("{'type':'enum','name':'E','symbols':['X','Y']}");
        assertValue(
                enumeration,
                new GenericData.EnumSymbol(enumeration, "Y"),
                "02",
                new GenericData.EnumSymbol(enumeration, "Y"));
        Schema fixed = schema("{'type':'fixed','name':'F','size':2}");
        assertValue(
                fixed,
                new GenericData.Fixed(fixed, new byte[] {1, 2}),
                "0102",
                new GenericData.Fixed(fixed, new byte[] {1, 2}));
    }

    @Test
    void generatedEnumsAndFixedClassesAreWrittenAndRead() {
        Hash hash = new Hash(new byte[] {1, 2, 3, 4});
        assertThat(new AvroDeserializer<>(Hash.class).deserialize(TOPIC, Samples.encode(hash)))
                .isEqualTo(hash);
        assertThat(new AvroDeserializer<>(Status.class)
                        .deserialize(TOPIC, new AvroSerializer<>(Status.class).serialize(TOPIC, Status.PAID)))
                .isEqualTo(Status.PAID);
    }

    @Test
    void aUnionHasTheBranchThatAvroResolves() {
        Schema record = UNION.getTypes().get(4);
        assertValue(UNION, 5L, "020a", 5L);
        assertValue(UNION, "a", "040261", "a");
        assertValue(UNION, List.of(1), "06020200", List.of(1));
        assertValue(UNION, record(record, 1), "0802", record(record, 1));
        Schema enumeration = UNION.getTypes().get(5);
        assertValue(
                UNION,
                new GenericData.EnumSymbol(enumeration, "Y"),
                "0a02",
                new GenericData.EnumSymbol(enumeration, "Y"));
    }

    @Test
    void aValueOfNoBranchOrOfSeveralIsRefused() {
        assertThatThrownBy(() -> new AvroSerializer<>(UNION).serialize(TOPIC, 5.5))
                .isInstanceOf(SerializationException.class)
                .hasMessage("cannot write union[null, long, string, array, A, E, F] as Avro at $: a java.lang.Double"
                        + " stands where the schema has one of null, long, string, array, record A (fingerprint "
                        + Fingerprint.of(UNION.getTypes().get(4)) + "), enum E, fixed F of 2 bytes");
        Schema twice = schema("[{'type':'string','logicalType':'uuid'},"
                + "{'type':'fixed','name':'F','size':16,'logicalType':'uuid'}]");
        assertThatThrownBy(() -> new AvroSerializer<>(twice).serialize(TOPIC, new UUID(1, 2)))
                .isInstanceOf(SerializationException.class)
                .hasMessage("cannot write union[string, F] as Avro at $: a java.util.UUID fits several branches of the"
                        + " union, string and fixed F of 16 bytes, and a reader cannot tell which is meant. Write the underlying value"
                        + " of one of them");
        assertThat(new AvroSerializer<>(twice).serialize(TOPIC, new UUID(1, 2).toString()))
                .hasSize(48);
    }

    @Test
    void aValueOfAnotherTypeThanTheDeclaredSchemaIsRefused() {
        assertThatThrownBy(() -> new AvroSerializer<Object>(Schema.create(Schema.Type.INT)).serialize(TOPIC, CANARY))
                .isInstanceOf(SerializationException.class)
                .hasMessage("cannot write int as Avro at $: a java.lang.String stands where the schema has int");
        assertThatThrownBy(() -> new AvroSerializer<Object>(Schema.create(Schema.Type.INT)).serialize(TOPIC, 1L << 33))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("a java.lang.Long stands where the schema has int");
        assertThatThrownBy(() -> Samples.encode("\uD83E"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("cannot write string as Avro at $: at index 0 ");
    }

    @Test
    void damagedValuesNeverDoAnythingButReadOrFail() {
        byte[] whole = Objects.requireNonNull(new AvroSerializer<>(UNION).serialize(TOPIC, List.of(1, 2, 3)));
        AvroDeserializer<?> reader = AvroDeserializer.generic(UNION);
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = whole.clone();
            damaged[10 + random.nextInt(damaged.length - 10)] = (byte) random.nextInt();
            try {
                reader.deserialize(TOPIC, Arrays.copyOf(damaged, 10 + random.nextInt(damaged.length - 9)));
            } catch (SerializationException e) {
                refused++;
            }
        }
        assertThat(refused).as("seed %s", seed).isPositive();
    }

    private static void assertValue(Schema schema, Object value, String hex, Object read) {
        byte[] encoded = Objects.requireNonNull(new AvroSerializer<>(schema).serialize(TOPIC, value));
        assertThat(HexFormat.of().formatHex(encoded).substring(20)).isEqualTo(hex);
        AvroDeserializer<?> reader = AvroDeserializer.generic(schema);
        assertThat((Object) reader.deserialize(TOPIC, encoded)).isEqualTo(read);
    }
}
