// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.FieldReader;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A field of JSON as the bytes by which a partition is chosen. */
class JsonFieldTest {
    private static final String CANARY = "CANARY7f3a";

    private final SerializerPlugin plugin = new JsonSerializerPlugin();

    enum State {
        OPEN,
        PAID
    }

    record Customer(@Nullable String id, Map<String, Object> more) {}

    record Placed(
            String id,
            List<String> tags,
            int count,
            long most,
            BigInteger huge,
            boolean paid,
            State state,
            double ratio,
            BigDecimal total,
            byte[] seal,
            Customer customer,
            @Nullable Customer referrer) {}

    private static Placed placed() {
        return new Placed(
                "Zoë 🦉",
                List.of(CANARY),
                -7,
                Long.MIN_VALUE,
                BigInteger.TEN.pow(40),
                true,
                State.PAID,
                1.0,
                new BigDecimal("9.90"),
                new byte[] {1, 2, 3},
                new Customer("c-1", Map.of("number", 12)),
                null);
    }

    private FieldReader reader(String path, Map<String, String> keys) {
        return plugin.fieldReader(settings(keys), path);
    }

    private SerializerSettings settings(Map<String, String> keys) {
        return new SerializerSettings(
                "json", "orders", "orders", false, Object.class, new AbstractConfig(plugin.configDef(), keys));
    }

    private byte[] written(Object value) {
        @SuppressWarnings("unchecked") // it takes what is declared
        Serializer<Object> serializer = (Serializer<Object>) plugin.serializer(settings(Map.of()));
        return serializer.serialize("orders", value);
    }

    private byte @Nullable [] read(String path, byte @Nullable [] value) {
        return reader(path, Map.of()).read(record(value));
    }

    private @Nullable String text(String path, String json) {
        byte[] bytes = read(path, json.getBytes(UTF_8));
        return bytes == null ? null : new String(bytes, UTF_8);
    }

    private static EncodedRecord record(byte @Nullable [] value) {
        return new EncodedRecord("orders", null, value, new RecordHeaders());
    }

    @ParameterizedTest
    @CsvSource({
        "id, Zoë 🦉",
        "count, -7",
        "most, -9223372036854775808",
        "huge, 10000000000000000000000000000000000000000",
        "paid, true",
        "state, PAID",
        "seal, AQID",
        "customer.id, c-1",
        "customer.more.number, 12"
    })
    void readsEachKindThatTheSerializerWrites(String path, String expected) {
        assertThat(read(path, written(placed()))).isEqualTo(expected.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "referrer", "referrer.id", "customer.other", "customer.more.other", "i", "id "})
    void aFieldThatIsMissingOrNullHasNoBytes(String path) {
        assertThat(read(path, written(placed()))).isNull();
    }

    @Test
    void aTombstoneAndTheJsonNullHaveNoFields() {
        assertThat(read("id", null)).isNull();
        assertThat(text("id", "null")).isNull();
        assertThat(text("id", "{}")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tags | it is a list, and only text, whole numbers, booleans, bytes and enums can be read",
                "ratio | it is a number with a fraction or an exponent, and only text, whole numbers, booleans, bytes"
                        + " and enums can be read",
                "total | it is a number with a fraction or an exponent, and only text, whole numbers, booleans, bytes"
                        + " and enums can be read",
                "customer | it is an object. Name one of its fields",
                "tags.id | tags is a list, which has no fields",
                "customer.id.part | customer.id is a text, which has no fields",
                "count.part | count is a whole number, which has no fields"
            })
    void refusesAFieldOfAnotherKindAndShowsNoValue(String path, String reason) {
        byte[] value = written(placed());
        assertThatThrownBy(() -> read(path, value))
                .isInstanceOf(SerializationException.class)
                .hasMessage("cannot read the field " + path + " of the value: " + reason)
                .hasMessageNotContaining(CANARY);
    }

    @Test
    void aWholeNumberIsOneThatIsWrittenAsOne() {
        assertThat(text("n", "{\"n\":-0}")).isEqualTo("0");
        assertThat(text("n", "{\"n\":9223372036854775808}")).isEqualTo("9223372036854775808");
        for (String number : List.of("1.0", "1e3", "1E+3", "-0.0")) {
            assertThatThrownBy(() -> text("n", "{\"n\":" + number + "}"))
                    .hasMessageContaining("a number with a fraction or an exponent");
        }
    }

    @Test
    void valuesThatAreNoObjectsHaveNoFields() {
        assertThatThrownBy(() -> text("id", "[{\"id\":1}]"))
                .isInstanceOf(SerializationException.class)
                .hasMessage("cannot read the field id of the value: the value is a list, which has no fields");
        assertThatThrownBy(() -> text("id", "\"id\"")).hasMessageContaining("the value is a text");
    }

    @Test
    void ofANameThatIsThereSeveralTimesTheLastCounts() {
        assertThat(text("id", "{\"id\":\"a\",\"x\":{\"id\":\"b\"},\"id\":\"c\"}"))
                .isEqualTo("c");
        assertThat(text("a.id", "{\"a\":{\"id\":1},\"a\":{\"x\":2}}")).isNull();
        assertThat(text("a.id", "{\"a\":{\"id\":1},\"a\":null}")).isNull();
    }

    @Test
    void namesAndTextsAreWhatTheirEscapesStandFor() {
        assertThat(text("id", "{\"\\u0069d\":\"\\u00eb\\ud83e\\udd89\"}")).isEqualTo("ë🦉");
        assertThat(text("id", "{\"id\":\"\"}")).isEmpty();
        assertThatThrownBy(() -> text("id", "{\"id\":\"a\\ud83e\"}"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("in the text at index 1 (of 2, counted from 0) stands one half");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "id.", ".id", "a..b", " "})
    void refusesAPathWithAnEmptyName(String path) {
        assertThatThrownBy(() -> reader(path, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("the path \"" + path + "\" names no field: write the name of a field, or names joined by"
                        + " dots for a field of a nested record, such as customer.id");
    }

    @Test
    void refusesWhatIsNotOneJsonText() {
        assertThatThrownBy(() -> text("id", " "))
                .isInstanceOf(SerializationException.class)
                .hasMessage("cannot read the field id of the value: it is empty or blank. A tombstone is null");
        assertThatThrownBy(() -> text("id", "{\"id\":1} {\"id\":2}"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("a second JSON text begins at line 1, column 10");
        assertThatThrownBy(() -> text("id", "{\"id\":\"" + CANARY + "\",\"a\":x}"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("it cannot be read (line 1, column ")
                .hasMessageContaining("it is not well-formed JSON in UTF-8")
                .hasMessageNotContaining(CANARY)
                .hasStackTraceContaining("message is withheld");
        assertThatThrownBy(() -> read("id", new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'}))
                .hasMessageContaining("no character of it has the byte at index 2");
    }

    @Test
    void theLimitsOfReadingHold() {
        EncodedRecord long20 = record("{\"id\":\"0123456789\"}".getBytes(UTF_8));
        assertThatThrownBy(() -> reader("id", Map.of("max.bytes", "10")).read(long20))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("at most 10 are read");
        String deep = "{\"a\":" + "[".repeat(600) + "]".repeat(600) + ",\"id\":1}";
        assertThatThrownBy(() -> text("id", deep))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("max.depth");
        assertThat(reader("id", Map.of("max.depth", "700")).read(record(deep.getBytes(UTF_8))))
                .containsExactly('1');
    }

    @Test
    void damagedValuesAreRefusedAndNothingElseIsThrown() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] whole = written(placed());
        FieldReader reader = reader("customer.id", Map.of());
        for (int length = 0; length < whole.length; length++) {
            EncodedRecord cut = record(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> reader.read(cut)).isInstanceOf(SerializationException.class);
        }
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                Object unused = reader.read(record(damaged));
            } catch (SerializationException e) {
                assertThat(e).as("seed " + seed).hasMessageStartingWith("cannot read the field customer.id");
            }
        }
    }

    @Test
    void fieldsAreReadWithTheApplicationsMapper() {
        SerializerPlugin custom = new JsonSerializerPlugin(JsonDefaults.builder()
                .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                .build());
        FieldReader reader = custom.fieldReader(settings(Map.of()), "id");
        assertThat(reader.read(record("{/* a comment */\"id\":7}".getBytes(UTF_8))))
                .containsExactly('7');
        reader.close();
    }
}
