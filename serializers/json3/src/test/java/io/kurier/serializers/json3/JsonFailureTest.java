// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.kurier.TypeRef;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.SerializationException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

class JsonFailureTest {
    private static final String TOPIC = "orders";
    /** Stands for what must not be seen in a log. */
    private static final String CANARY = "CANARY7f3a";

    record Item(String sku, int count) {
        Item {
            if (count < 0) {
                throw new IllegalArgumentException(CANARY + " of " + sku);
            }
        }
    }

    record Cart(
            Map<String, List<Item>> byCustomer, @Nullable Instant placed) {}

    record Exploding(String sku) {
        @Override
        public String sku() {
            throw new IllegalStateException(sku);
        }
    }

    static final class Open {
        private final Map<String, Integer> others = new HashMap<>();

        @JsonAnySetter
        void other(String name, Integer value) {
            others.put(name, value);
        }
    }

    static final class Node {
        public final List<Node> next = new ArrayList<>();
        public final String name = CANARY;
    }

    @Test
    void aWrongValueIsAnErrorOfOneSentenceWithTypePathAndPosition() {
        assertThatReading(Item.class, "{\n  \"sku\": \"a\",\n  \"count\": \"" + CANARY + "\"\n}")
                .hasMessage("cannot read JSON as io.kurier.serializers.json3.JsonFailureTest$Item at $.count"
                        + " (line 3, column 12): the value is not a valid int");
    }

    @Test
    void aPathShowsNamesOfCodeAndNeverTheKeysOfAMap() {
        assertThatReading(
                        Cart.class,
                        "{\"byCustomer\":{\"" + CANARY
                                + "\":[{\"sku\":\"a\",\"count\":1},{\"sku\":\"b\",\"count\":[]}]}}")
                .hasMessageContaining(" at $.byCustomer.*[1].count (line 1, column ");
        assertThatReading(Open.class, "{\"" + CANARY + "\":\"x\"}").hasMessageContaining(" at $.* (line 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"sku\":{}}                   | at $.sku (line 1, column 8): an object does not fit java.lang.String",
                "{\"sku\":\"a\",\"count\":[]}     | at $.count (line 1, column 20): an array does not fit int",
                "[]                           | (line 1, column 1): an array does not fit io.kurier",
                "\"x\"                        | (line 1, column 1): a text does not fit io.kurier",
                "17                           | (line 1, column 1): a number does not fit io.kurier",
                "true                         | (line 1, column 1): true or false does not fit io.kurier",
                "{\"sku\":\"a\",\"count\":99999999999} | at $.count (line 1, column 31): the number is outside the range",
                "{\"sku\":                     | the JSON ends too early",
                "{sku:1}                      | (line 1, column 2): it is not well-formed JSON in UTF-8",
            })
    void anErrorSaysWhatStandsThereInstead(String json, String what) {
        assertThatReading(Item.class, json).hasMessageContaining(what);
    }

    @Test
    void refusesAPropertyThatATreeHasTwice() {
        assertThatReading(JsonNode.class, "{\"a\":1,\"a\":2}")
                .hasMessageContaining("an object has the same property twice");
    }

    static List<Supplier<@Nullable Object>> everythingThatFails() {
        ObjectMapper strict = JsonDefaults.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
        ObjectMapper narrow = new JsonMapper(JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxStringLength(5).build())
                .build());
        String quoted = "\"" + CANARY + "\"";
        Node cycle = new Node();
        cycle.next.add(cycle);
        return List.of(
                () -> read(Item.class, strict, "{" + quoted + ":1}"),
                () -> read(Item.class, strict, "{\"sku\":" + CANARY + "}"),
                () -> read(Item.class, strict, "{\"sku\":\"a\",\"count\":" + quoted + "}"),
                () -> read(Item.class, strict, "{\"sku\":\"a\",\"count\":-1}"),
                () -> read(Item.class, strict, "{\"sku\":\"" + CANARY),
                () -> read(Item.class, strict, "{\"sku\":" + quoted + "} " + CANARY),
                () -> read(Item.class, strict, "{\"sku\":" + quoted + "} {}"),
                () -> read(Item.class, strict, "{\"sku\":{" + quoted + ":1}}"),
                () -> read(Item.class, strict, "[" + quoted + "]"),
                () -> read(Item.class, strict, quoted),
                () -> read(Cart.class, strict, "{\"placed\":" + quoted + "}"),
                () -> read(Cart.class, strict, "{\"byCustomer\":{" + quoted + ":[{\"count\":" + quoted + "}]}}"),
                () -> read(Animal.class, strict, "{\"kind\":" + quoted + "}"),
                () -> read(Animal.class, strict, "{\"name\":" + quoted + "}"),
                () -> read(Open.class, strict, "{" + quoted + ":" + quoted + "}"),
                () -> read(Runnable.class, strict, quoted),
                () -> read(Order.State.class, strict, quoted),
                () -> read(JsonNode.class, strict, "{" + quoted + ":1," + quoted + ":2}"),
                () -> read(JsonNode.class, narrow, quoted),
                () -> read(Integer.class, strict, "1.9"),
                () -> new JsonSerializer<>().serialize(TOPIC, new Exploding(CANARY)),
                () -> new JsonSerializer<>().serialize(TOPIC, Map.of(CANARY, new Object())),
                () -> new JsonSerializer<>().serialize(TOPIC, cycle));
    }

    @ParameterizedTest
    @MethodSource("everythingThatFails")
    void neitherMessageNorStackTraceShowsThePayload(Supplier<@Nullable Object> failing) {
        assertThatThrownBy(failing::get)
                .isInstanceOf(SerializationException.class)
                .satisfies(thrown -> {
                    StringWriter trace = new StringWriter();
                    thrown.printStackTrace(new PrintWriter(trace));
                    assertThat(trace.toString())
                            .doesNotContain(CANARY)
                            .startsWith(SerializationException.class.getName());
                });
    }

    @Test
    void theCauseKeepsClassAndStackTraceOfWhatWasThrown() {
        assertThatThrownBy(() -> new JsonSerializer<>().serialize(TOPIC, new Exploding(CANARY)))
                .hasMessage("cannot write io.kurier.serializers.json3.JsonFailureTest$Exploding as JSON at $.sku:"
                        + " java.lang.IllegalStateException was thrown on the way")
                .rootCause()
                .hasMessageStartingWith("java.lang.IllegalStateException, whose message is withheld")
                .satisfies(root ->
                        assertThat(root.getStackTrace()[0].getClassName()).isEqualTo(Exploding.class.getName()));
    }

    @Test
    void aCycleOfObjectsIsAnErrorAndItsPathStaysReadable() {
        Node cycle = new Node();
        cycle.next.add(cycle);
        assertThatThrownBy(() -> new JsonSerializer<>().serialize(TOPIC, cycle))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(" at $.next[0].next[0]")
                .hasMessageContaining("...: ")
                .hasMessageContaining("nesting depth");
    }

    @Test
    void aTypeThatJacksonCannotWriteTellsWhatToDo() {
        assertThatThrownBy(() -> new JsonSerializer<>().serialize(TOPIC, new Object()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("Jackson finds no way to write the type java.lang.Object. Make it a record");
        assertThatReading(Runnable.class, "{}")
                .hasMessageContaining("Jackson finds no way to read the type java.lang.Runnable");
    }

    @Test
    void refusesASecondJsonTextEvenIfTheMapperWouldNot() {
        assertThatThrownBy(() -> read(JsonNode.class, new ObjectMapper(), "{\"a\":1}\n{\"a\":2}"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("a second JSON text begins at line 2, column 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t "})
    void refusesAnEmptyText(String blank) {
        assertThatReading(JsonNode.class, blank).hasMessageContaining("the bytes are empty or blank");
        assertThatReading(Item.class, blank).hasMessageContaining("the bytes are empty or blank");
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] latin1 = {'"', (byte) 0xfc, '"'};
        assertThatThrownBy(() -> new JsonDeserializer<JsonNode>().deserialize(TOPIC, latin1))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("not well-formed JSON in UTF-8");
    }

    @Test
    void refusesWhatIsLargerThanTheLimitBeforeParsingIt() {
        JsonDeserializer<JsonNode> deserializer = new JsonDeserializer<>();
        deserializer.configure(Map.of("json.max.bytes", "4"), false);
        assertThat(deserializer.deserialize(TOPIC, "1234".getBytes(UTF_8))).isNotNull();
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, "no JSON".getBytes(UTF_8)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("it has 7 bytes, and at most 4 are read");
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        assertThatReading(JsonNode.class, "[".repeat(5_000) + "]".repeat(5_000))
                .hasMessageContaining("nesting depth (501)");
    }

    @Test
    void jsonCannotChooseAClass() {
        Object value = new JsonDeserializer<>(Object.class)
                .deserialize(TOPIC, "[\"java.net.URL\",\"http://127.0.0.1\"]".getBytes(UTF_8));
        assertThat(value).isEqualTo(List.of("java.net.URL", "http://127.0.0.1"));
    }

    @Test
    void saysSoIfADeclaredElementCannotBeWritten() {
        JsonSerializer<List<Object>> serializer = new JsonSerializer<>(new TypeRef<List<Object>>() {});
        assertThatThrownBy(() -> serializer.serialize(TOPIC, List.of(1, new Object())))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("cannot write java.util.List<java.lang.Object> as JSON at $[1]: ");
    }

    private static <T> @Nullable T read(Class<T> type, ObjectMapper mapper, String json) {
        return new JsonDeserializer<>(type, mapper).deserialize(TOPIC, json.getBytes(UTF_8));
    }

    private static AbstractThrowableAssert<?, ?> assertThatReading(Class<?> type, String json) {
        return assertThatThrownBy(() -> read(type, JsonDefaults.builder().build(), json))
                .isInstanceOf(SerializationException.class)
                .hasMessageNotContaining(CANARY);
    }
}
