// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import static io.kurier.serializers.avro.Samples.record;
import static io.kurier.serializers.avro.Samples.schema;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.serializers.avro.test.Logical;
import io.kurier.serializers.avro.test.Span;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.reflect.AvroSchema;
import org.apache.avro.reflect.Nullable;
import org.apache.avro.util.TimePeriod;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden bytes of each logical type, for generic records, generated classes and plain classes. */
class AvroLogicalTypesTest {
    private static final String TOPIC = "t";
    private static final String SPAN = "010000000200000003000000";
    private static final UUID ID = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");
    private static final String ID_HEX = "123e4567e89b12d3a456426614174000";
    private static final String ID_TEXT_HEX =
            "48" + HexFormat.of().formatHex(ID.toString().getBytes(UTF_8));
    private static final LocalDate DAY = LocalDate.of(2000, 1, 1);
    private static final Instant MILLIS = Instant.ofEpochMilli(1_500);
    private static final Instant MICROS = Instant.ofEpochSecond(0, 1_000_000);
    private static final Instant NANOS = Instant.ofEpochSecond(0, 1_000);
    private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

    static Stream<Arguments> vectors() {
        return Stream.of(
                vector("'bytes','logicalType':'decimal','precision':6,'scale':2", new BigDecimal("-1.25"), "0283"),
                vector(
                        "'fixed','name':'F','size':4,'logicalType':'decimal','precision':6,'scale':2",
                        new BigDecimal("-1.25"),
                        "ffffff83"),
                vector("'bytes','logicalType':'big-decimal'", new BigDecimal("1.25"), "06027d04"),
                vector("'string','logicalType':'uuid'", ID, ID_TEXT_HEX),
                vector("'fixed','name':'F','size':16,'logicalType':'uuid'", ID, ID_HEX),
                vector("'int','logicalType':'date'", DAY, "9aab01"),
                vector("'int','logicalType':'time-millis'", LocalTime.ofNanoOfDay(1_500_000_000), "b817"),
                vector("'long','logicalType':'time-micros'", LocalTime.ofNanoOfDay(1_000_000), "d00f"),
                vector("'long','logicalType':'timestamp-millis'", MILLIS, "b817"),
                vector("'long','logicalType':'timestamp-millis'", Instant.ofEpochMilli(-1), "01"),
                vector("'long','logicalType':'timestamp-micros'", MICROS, "d00f"),
                vector("'long','logicalType':'timestamp-nanos'", NANOS, "d00f"),
                vector("'long','logicalType':'local-timestamp-millis'", EPOCH.plusNanos(1_500_000_000), "b817"),
                vector("'long','logicalType':'local-timestamp-micros'", EPOCH.plusNanos(1_000_000), "d00f"),
                vector("'long','logicalType':'local-timestamp-nanos'", EPOCH.plusNanos(1_000), "d00f"),
                vector(
                        "'fixed','name':'F','size':12,'logicalType':'duration'",
                        TimePeriod.of(1, 2, 3),
                        "010000000200000003000000"));
    }

    private static Arguments vector(String type, Object value, String hex) {
        return Arguments.of("{'type':" + type + "}", value, hex);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aGenericFieldAndAWholeValueHaveTheSameBytes(String type, Object value, String hex) {
        Schema field = schema("{'type':'record','name':'R','fields':[{'name':'v','type':" + type + "}]}");
        byte[] encoded = bare(new AvroSerializer<>(), record(field, value));
        assertThat(HexFormat.of().formatHex(encoded)).isEqualTo(hex);
        Object plain = Objects.requireNonNull(
                        bareReader(AvroDeserializer.generic(field)).deserialize(TOPIC, encoded))
                .get("v");
        assertThat(bare(new AvroSerializer<>(), record(field, plain))).isEqualTo(encoded);

        Schema whole = schema(type);
        assertThat(HexFormat.of().formatHex(bare(new AvroSerializer<>(whole), value)))
                .isEqualTo(hex);
        @SuppressWarnings("unchecked") // the class of the value
        Class<Object> declared = (Class<Object>) value.getClass();
        assertThat(bareReader(new AvroDeserializer<>(declared, whole)).deserialize(TOPIC, encoded))
                .isEqualTo(value);
    }

    /** Avro generates the fixed class for a duration, and Java's types for all others. */
    @Test
    void aGeneratedClassHasTheJavaTypes() {
        Logical logical = Logical.newBuilder()
                .setDecimal(new BigDecimal("-1.25"))
                .setAmount(new BigDecimal("-1.25"))
                .setUuid(ID)
                .setDate(DAY)
                .setTimeMillis(LocalTime.ofNanoOfDay(1_500_000_000))
                .setTimeMicros(LocalTime.ofNanoOfDay(1_000_000))
                .setMillis(MILLIS)
                .setMicros(MICROS)
                .setNanos(NANOS)
                .setLocalMillis(EPOCH.plusNanos(1_500_000_000))
                .setLocalMicros(EPOCH.plusNanos(1_000_000))
                .setLocalNanos(EPOCH.plusNanos(1_000))
                .setId(ID)
                .setDuration(new Span(HexFormat.of().parseHex(SPAN)))
                .setMaybe(MILLIS)
                .build();
        byte[] encoded = bare(new AvroSerializer<>(), logical);
        assertThat(HexFormat.of().formatHex(encoded))
                .isEqualTo("0283" + "ffffff83" + ID_TEXT_HEX + "9aab01" + "b817" + "d00f" + "b817" + "d00f" + "d00f"
                        + "b817" + "d00f" + "d00f" + ID_HEX + "010000000200000003000000" + "02b817");
        Logical read = bareReader(new AvroDeserializer<>(Logical.class)).deserialize(TOPIC, encoded);
        assertThat(read).isEqualTo(logical);
        assertThat(Objects.requireNonNull(read).getId()).isEqualTo(ID);
    }

    /** Fields in the order of their names, as Avro's reflect model has them. */
    static final class Plain {
        @AvroSchema("{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":6,\"scale\":2}")
        BigDecimal a = BigDecimal.ZERO;

        @AvroSchema(
                "{\"type\":\"fixed\",\"name\":\"F\",\"size\":4,\"logicalType\":\"decimal\",\"precision\":6,\"scale\":2}")
        BigDecimal b = BigDecimal.ZERO;

        UUID c = new UUID(0, 0);

        @AvroSchema("{\"type\":\"fixed\",\"name\":\"U\",\"size\":16,\"logicalType\":\"uuid\"}")
        UUID d = new UUID(0, 0);

        LocalDate e = LocalDate.EPOCH;

        @AvroSchema("{\"type\":\"int\",\"logicalType\":\"time-millis\"}")
        LocalTime f = LocalTime.MIN;

        @AvroSchema("{\"type\":\"long\",\"logicalType\":\"time-micros\"}")
        LocalTime g = LocalTime.MIN;

        @AvroSchema("{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}")
        Instant h = Instant.EPOCH;

        @AvroSchema("{\"type\":\"long\",\"logicalType\":\"timestamp-nanos\"}")
        Instant i = Instant.EPOCH;

        @AvroSchema("{\"type\":\"long\",\"logicalType\":\"local-timestamp-millis\"}")
        LocalDateTime j = EPOCH;

        @AvroSchema("{\"type\":\"long\",\"logicalType\":\"local-timestamp-nanos\"}")
        LocalDateTime k = EPOCH;

        @AvroSchema("{\"type\":\"fixed\",\"name\":\"D\",\"size\":12,\"logicalType\":\"duration\"}")
        TimePeriod l = TimePeriod.of(0, 0, 0);

        Instant m = Instant.EPOCH;

        @Nullable
        LocalDate n = LocalDate.EPOCH;

        List<LocalDate> o = List.of();
        Map<String, Instant> p = Map.of();
    }

    @Test
    void aPlainClassHasTheJavaTypes() {
        Plain plain = new Plain();
        plain.a = new BigDecimal("-1.25");
        plain.b = plain.a;
        plain.c = ID;
        plain.d = ID;
        plain.e = DAY;
        plain.f = LocalTime.ofNanoOfDay(1_500_000_000);
        plain.g = LocalTime.ofNanoOfDay(1_000_000);
        plain.h = MILLIS;
        plain.i = NANOS;
        plain.j = EPOCH.plusNanos(1_500_000_000);
        plain.k = EPOCH.plusNanos(1_000);
        plain.l = TimePeriod.of(1, 2, 3);
        plain.m = MICROS;
        plain.n = DAY;
        plain.o = List.of(DAY);
        plain.p = Map.of("k", MICROS);
        byte[] encoded = bare(new AvroSerializer<>(Plain.class), plain);
        assertThat(HexFormat.of().formatHex(encoded))
                .isEqualTo("0283" + "ffffff83" + ID_TEXT_HEX + ID_HEX + "9aab01" + "b817" + "d00f" + "b817" + "d00f"
                        + "b817" + "d00f" + "010000000200000003000000" + "d00f" + "02" + "9aab01" + "02" + "9aab01"
                        + "00" + "02026b" + "d00f" + "00");
        assertThat(bareReader(new AvroDeserializer<>(Plain.class)).deserialize(TOPIC, encoded))
                .usingRecursiveComparison()
                .isEqualTo(plain);
    }

    @Test
    void aDecimalThatItsScaleCannotHoldIsRefused() {
        Schema decimal = schema("{'type':'bytes','logicalType':'decimal','precision':6,'scale':2}");
        assertThatThrownBy(() -> new AvroSerializer<>(decimal).serialize(TOPIC, new BigDecimal("1.255")))
                .isInstanceOf(SerializationException.class)
                .hasMessage("cannot write bytes as Avro at $: a java.math.BigDecimal cannot be written as the logical"
                        + " type decimal of the schema without altering it, or is outside its range");
    }

    @Test
    void genericValuesAreReadAsTheirUnderlyingTypes() {
        Schema schema = schema(
                "{'type':'record','name':'R','fields':[{'name':'u','type':{'type':'string','logicalType':"
                        + "'uuid'}},{'name':'d','type':{'type':'bytes','logicalType':'decimal','precision':6,'scale':2}}]}");
        byte[] encoded = bare(new AvroSerializer<>(), record(schema, ID, new BigDecimal("1.25")));
        assertThat(bareReader(AvroDeserializer.generic(schema)).deserialize(TOPIC, encoded))
                .isEqualTo(record(schema, new Utf8(ID.toString()), ByteBuffer.wrap(new byte[] {125})));
    }

    private static <T> byte[] bare(AvroSerializer<T> serializer, T value) {
        serializer.configure(Map.of("avro.framing", "none"), false);
        return Objects.requireNonNull(serializer.serialize(TOPIC, value));
    }

    private static <T> AvroDeserializer<T> bareReader(AvroDeserializer<T> deserializer) {
        deserializer.configure(Map.of("avro.framing", "none"), false);
        return deserializer;
    }
}
