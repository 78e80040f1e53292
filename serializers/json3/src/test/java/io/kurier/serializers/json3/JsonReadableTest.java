// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** What is written can be read with the same settings, or it is not written. */
class JsonReadableTest {
    private static final String TOPIC = "t";

    record Raw(@JsonRawValue String value) {}

    static final class Chain {
        public @Nullable Chain next;
        public @Nullable Map<String, List<Chain>> others;
    }

    @ParameterizedTest
    @ValueSource(ints = {999, 1_000, 1_001, 5_000})
    void aNumberOfMoreDigitsThanAreReadIsNotWritten(int digits) {
        BigInteger number = BigInteger.TEN.pow(digits - 1);
        for (Object value : List.of(
                number,
                number.negate(),
                new BigDecimal(number),
                new BigDecimal(number.add(BigInteger.ONE), 5),
                new BigDecimal(number.add(BigInteger.ONE), digits),
                Map.of("a", List.of(number)))) {
            assertWrittenIfReadable(value, JsonDefaults.builder().build());
        }
        assertWrites(number, digits <= 1_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {49_996, 49_997, 49_999, 50_000, 50_001, 50_004})
    void aNameOfMoreLettersThanAreReadIsNotWritten(int letters) {
        for (String letter : List.of("a", "ü", "€", "\"", "🦉")) {
            String name = letter.repeat(letters / letter.length());
            assertWrittenIfReadable(Map.of(name, 1), JsonDefaults.builder().build());
        }
        assertWrites(Map.of("a".repeat(letters), 1), letters <= 50_000);
    }

    @Test
    void aTextOfMoreLettersThanAreReadIsNotWritten() {
        ObjectMapper narrow = narrow();
        for (int letters = 28; letters < 33; letters++) {
            for (String letter : List.of("a", "ü", "\n")) {
                assertWrittenIfReadable(letter.repeat(letters), narrow);
                assertWrittenIfReadable(new String[] {letter.repeat(letters)}, narrow);
                assertWrittenIfReadable(letter.repeat(letters).toCharArray(), narrow);
            }
            assertWrittenIfReadable(new byte[letters], narrow);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {499, 500, 501, 2_000})
    void whatIsNestedMoreDeeplyThanIsReadIsNotWritten(int depth) {
        Object nested = 1;
        JsonNode tree = new ObjectMapper().getNodeFactory().numberNode(1);
        for (int i = 0; i < depth; i++) {
            nested = i % 2 == 0 ? List.of(nested) : Map.of("a", nested);
            tree = new ObjectMapper().createArrayNode().add(tree);
        }
        assertWrites(nested, depth <= 500);
        assertWrites(tree, depth <= 500);
    }

    @Test
    void theLimitsOfConfigurationHoldInBothDirections() {
        Map<String, String> narrow = Map.of("json.max.depth", "3", "json.max.bytes", "30");
        JsonSerializer<Object> serializer = new JsonSerializer<>();
        serializer.configure(narrow, false);
        JsonDeserializer<JsonNode> deserializer = new JsonDeserializer<>();
        deserializer.configure(narrow, false);
        assertThat(deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, List.of(List.of(List.of(1))))))
                .isNotNull();
        assertThatThrownBy(() -> serializer.serialize(TOPIC, List.of(List.of(List.of(List.of(1))))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("raise max.depth (json.max.depth");
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, "[[[[1]]]]".getBytes()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("raise max.depth (json.max.depth");
        assertThatThrownBy(() -> serializer.serialize(TOPIC, "a".repeat(29)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("it could not be read with these settings: it has 31 bytes, and at most 30");

        JsonSerializer<Object> deep = new JsonSerializer<>();
        deep.configure(Map.of("json.max.depth", "2000"), false);
        JsonDeserializer<Object> deepReader = new JsonDeserializer<>(Object.class);
        deepReader.configure(Map.of("json.max.depth", "2000"), false);
        Object nested = List.of();
        for (int i = 0; i < 700; i++) {
            nested = List.of(nested);
        }
        assertThat(deepReader.deserialize(TOPIC, deep.serialize(TOPIC, nested))).isNotNull();
    }

    @Test
    void aValueThatWouldTakeTooMuchMemoryIsNotWritten() {
        Object nested = List.of();
        for (int i = 0; i < 400; i++) {
            nested = List.of(nested);
        }
        List<Object> bomb = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            bomb.add(nested);
        }
        assertThatThrownBy(() -> new JsonSerializer<>().serialize(TOPIC, bomb))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("raise max.expansion");
    }

    @Test
    void halfOfASurrogatePairIsEscapedInATextAndRefusedInAName() {
        for (String half : List.of("\ud83e", "\udd89", "a\ud83e", "\udd89\ud83e", "\ud83e\ud83e\udd89", "é\udd89b")) {
            for (String text : List.of(half, "x".repeat(7_999) + half, "€".repeat(2_666) + half + "é")) {
                assertThat(back(text)).isEqualTo(text);
                for (Object named : List.of(
                        Map.of(text, "a"), new ObjectMapper().createObjectNode().put(text, "a"))) {
                    assertThatThrownBy(() -> new JsonSerializer<>().serialize(TOPIC, named))
                            .isInstanceOf(SerializationException.class)
                            .hasMessageContaining("in a name, at index ")
                            .hasMessageContaining("stands one half of a surrogate pair, which is no character");
                    assertWrittenIfReadable(named, JsonDefaults.builder().build());
                }
            }
        }
        assertThat(new JsonSerializer<>().serialize(TOPIC, "\ud83e?")).isEqualTo("\"\\uD83E?\"".getBytes());
    }

    private static @Nullable Object back(Object value) {
        JsonSerializer<Object> forKeys = new JsonSerializer<>();
        forKeys.configure(Map.of(), true);
        return new JsonDeserializer<>(Object.class).deserialize(TOPIC, forKeys.serialize(TOPIC, value));
    }

    @Test
    void whatAnApplicationWritesAsJsonItselfIsLookedAt() {
        assertWrites(new Raw("{\"a\":[1,2]}"), true);
        assertWrites(new Raw("{\"a\":[1,2}"), false);
        assertWrites(new Raw("1".repeat(1_001)), false);
        assertWrites(new Raw("[".repeat(501) + "]".repeat(501)), false);
    }

    @Test
    void randomValuesAreWrittenIfTheyAreReadable() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        ObjectMapper narrow = narrow();
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            Object value = value(random, 8);
            refused += assertWrittenIfReadable("seed " + seed, value, narrow) ? 0 : 1;
        }
        assertThat(refused).as("seed %s", seed).isBetween(100, 2_900);
    }

    /** A class that contains itself, in threads of all sizes of stacks. */
    @Test
    void noStackIsTooSmallForAnExceptionOfTheDocumentedType() throws InterruptedException {
        Map<String, String> deep = Map.of("json.max.depth", "100000");
        JsonDeserializer<Chain> reader = new JsonDeserializer<>(Chain.class);
        reader.configure(deep, false);
        JsonSerializer<Chain> writer = new JsonSerializer<>();
        writer.configure(deep, false);
        for (int depth : new int[] {10, 490, 990, 20_000}) {
            byte[] json = ("{\"next\":".repeat(depth) + "null" + "}".repeat(depth)).getBytes();
            byte[] maps = ("{\"others\":{\"a\":[".repeat(depth) + "]}}".repeat(depth)).getBytes();
            Chain chain = null;
            for (int i = 0; i < depth; i++) {
                Chain before = new Chain();
                before.next = chain;
                chain = before;
            }
            Chain whole = chain;
            for (int stack = 160; stack <= 1_280; stack += 160) {
                assertThat(thrownWith(stack, () -> reader.deserialize(TOPIC, json)))
                        .satisfiesAnyOf(
                                none -> assertThat(none).isNull(),
                                thrown -> assertThat(thrown).isExactlyInstanceOf(SerializationException.class));
                assertThat(thrownWith(stack, () -> reader.deserialize(TOPIC, maps)))
                        .satisfiesAnyOf(
                                none -> assertThat(none).isNull(),
                                thrown -> assertThat(thrown).isExactlyInstanceOf(SerializationException.class));
                assertThat(thrownWith(stack, () -> writer.serialize(TOPIC, whole)))
                        .satisfiesAnyOf(
                                none -> assertThat(none).isNull(),
                                thrown -> assertThat(thrown).isExactlyInstanceOf(SerializationException.class));
            }
        }
        byte[] deepest = "{\"next\":".repeat(50_000).getBytes();
        assertThat(thrownWith(320, () -> reader.deserialize(TOPIC, deepest)))
                .isExactlyInstanceOf(SerializationException.class)
                .hasMessageContaining("the thread's stack is full");
    }

    private static @Nullable Throwable thrownWith(int stackKibibytes, Runnable work) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(null, work, "small stack", stackKibibytes * 1024L);
        thread.setUncaughtExceptionHandler((ended, error) -> thrown.set(error));
        thread.start();
        thread.join();
        return thrown.get();
    }

    private static ObjectMapper narrow() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNumberLength(20)
                        .maxNameLength(24)
                        .maxStringLength(30)
                        .build())
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    private static Object value(Random random, int depth) {
        String text = IntStream.range(0, random.nextInt(34))
                .mapToObj(i -> List.of("a", "\"", "ü", "€", "🦉").get(random.nextInt(100) < 95 ? 0 : random.nextInt(5)))
                .reduce("", String::concat);
        return switch (random.nextInt(depth > 0 ? 7 : 4)) {
            case 0 -> new BigInteger(random.nextInt(75), random).negate();
            case 1 -> new BigDecimal(new BigInteger(random.nextInt(75), random), random.nextInt(60) - 30);
            case 2 -> text;
            case 3 -> random.nextDouble();
            case 4 -> List.of(value(random, depth - 1));
            case 5 -> {
                Map<String, Object> map = new LinkedHashMap<>();
                map.put(text.substring(0, Math.min(text.length(), 26)), value(random, depth - 1));
                map.put("other", 1);
                yield map;
            }
            default -> new Object[] {value(random, depth - 1)};
        };
    }

    private static void assertWrites(Object value, boolean written) {
        assertThat(assertWrittenIfReadable(value, JsonDefaults.builder().build()))
                .isEqualTo(written);
    }

    private static boolean assertWrittenIfReadable(Object value, ObjectMapper mapper) {
        return assertWrittenIfReadable("", value, mapper);
    }

    /** The serializer writes it if and only if the deserializer reads what Jackson alone writes. */
    private static boolean assertWrittenIfReadable(String seed, Object value, ObjectMapper mapper) {
        byte[] written = null;
        try {
            written = new JsonSerializer<>(mapper).serialize(TOPIC, value);
        } catch (SerializationException refused) {
            // then it must not be readable
        }
        boolean readable = true;
        try {
            byte[] plain = mapper.writeValueAsBytes(value);
            new JsonDeserializer<>(JsonNode.class, mapper).deserialize(TOPIC, plain);
            assertThat(written == null ? plain : written).as(seed).isEqualTo(plain);
        } catch (SerializationException | JacksonException refused) {
            readable = false;
        }
        assertThat(written != null).as("%s: %s", seed, value.getClass()).isEqualTo(readable);
        return readable;
    }
}
