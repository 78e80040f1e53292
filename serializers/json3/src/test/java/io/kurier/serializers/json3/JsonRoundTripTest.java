// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kurier.TypeRef;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class JsonRoundTripTest {
    private static final String TOPIC = "orders";

    @Test
    void aRecordComesBackWithAllItHas() {
        byte[] json = new JsonSerializer<Order>().serialize(TOPIC, Order.sample());
        assertThat(new JsonDeserializer<>(Order.class).deserialize(TOPIC, json)).isEqualTo(Order.sample());
    }

    @Test
    void timesAreWrittenAsIsoText() {
        assertThat(new JsonDeserializer<JsonNode>().deserialize(TOPIC, write(Order.sample())))
                .isInstanceOfSatisfying(ObjectNode.class, order -> {
                    assertThat(order.get("placed").stringValue()).isEqualTo("2026-11-22T10:15:30.123456789Z");
                    assertThat(order.get("local").stringValue()).isEqualTo("2026-11-22T10:15:30+05:30");
                    assertThat(order.get("due").stringValue()).isEqualTo("2026-12-24");
                    assertThat(order.get("patience").stringValue()).isEqualTo("PT1.5S");
                });
    }

    /** A class with a constructor without parameters, getters and setters. */
    public static final class Bean {
        private String name = "";

        /** For Jackson. */
        public String getName() {
            return name;
        }

        /** For Jackson. */
        public void setName(String name) {
            this.name = name;
        }
    }

    @Test
    void aBeanComesBack() {
        Bean bean = new Bean();
        bean.setName("Ada");
        assertThat(write(bean)).isEqualTo(utf8("{\"name\":\"Ada\"}"));
        assertThat(new JsonDeserializer<>(Bean.class).deserialize(TOPIC, write(bean)))
                .extracting(Bean::getName)
                .isEqualTo("Ada");
    }

    @Test
    void aGenericTypeComesBack() {
        TypeRef<Map<String, List<Order.Item>>> type = new TypeRef<>() {};
        Map<String, List<Order.Item>> value = Map.of("x", List.of(new Order.Item("a", 1)));
        byte[] json = new JsonSerializer<>(type).serialize(TOPIC, value);
        assertThat(new JsonDeserializer<>(type).deserialize(TOPIC, json)).isEqualTo(value);
    }

    @Test
    void aDeclaredListKeepsTheTypeIdsOfItsElements() {
        TypeRef<List<Animal>> type = new TypeRef<>() {};
        List<Animal> animals = List.of(new Animal.Cat(9), new Animal.Dog("Rex"));
        byte[] json = new JsonSerializer<>(type).serialize(TOPIC, animals);
        assertThat(json).isEqualTo(utf8("[{\"kind\":\"cat\",\"lives\":9},{\"kind\":\"dog\",\"name\":\"Rex\"}]"));
        assertThat(new JsonDeserializer<>(type).deserialize(TOPIC, json)).isEqualTo(animals);
    }

    @Test
    void aPolymorphicTypeKeepsItsTypeIdDeclaredOrNot() {
        byte[] json = utf8("{\"kind\":\"dog\",\"name\":\"Rex\"}");
        assertThat(new JsonSerializer<>(TypeRef.of(Animal.class)).serialize(TOPIC, new Animal.Dog("Rex")))
                .isEqualTo(json);
        assertThat(write(new Animal.Dog("Rex"))).isEqualTo(json);
        assertThat(new JsonDeserializer<>(Animal.class).deserialize(TOPIC, json))
                .isEqualTo(new Animal.Dog("Rex"));
    }

    /** Open to extension, unlike a record. */
    static class Base {
        @JsonProperty
        final int a;

        Base(int a) {
            this.a = a;
        }
    }

    static final class Extended extends Base {
        @JsonProperty
        final int b;

        Extended(int a, int b) {
            super(a);
            this.b = b;
        }
    }

    @Test
    void aSubclassOfTheDeclaredTypeLosesNothing() {
        JsonSerializer<Base> serializer = new JsonSerializer<>(TypeRef.of(Base.class));
        assertThat(serializer.serialize(TOPIC, new Base(1))).isEqualTo(utf8("{\"a\":1}"));
        assertThat(serializer.serialize(TOPIC, new Extended(1, 2))).isEqualTo(utf8("{\"a\":1,\"b\":2}"));
    }

    interface Shape {}

    record Circle(int radius) implements Shape {}

    @Test
    void anInterfaceWithoutTypeIdsIsWrittenByTheClassOfTheValue() {
        assertThat(new JsonSerializer<>(TypeRef.of(Shape.class)).serialize(TOPIC, new Circle(3)))
                .isEqualTo(utf8("{\"radius\":3}"));
    }

    @Test
    void nullIsATombstone() {
        assertThat(new JsonSerializer<Order>().serialize(TOPIC, null)).isNull();
        assertThat(new JsonDeserializer<>(Order.class).deserialize(TOPIC, null)).isNull();
        assertThat(new JsonDeserializer<>(Order.class).deserialize(TOPIC, new RecordHeaders(), (ByteBuffer) null))
                .isNull();
    }

    @Test
    void theJsonNullIsATreeOfItsOwn() {
        assertThat(write(JsonNodeFactory.instance.nullNode())).isEqualTo(utf8("null"));
        assertThat(new JsonDeserializer<JsonNode>().deserialize(TOPIC, utf8("null")))
                .isEqualTo(JsonNodeFactory.instance.nullNode());
        assertThat(new JsonDeserializer<>(Order.class).deserialize(TOPIC, utf8("null")))
                .isNull();
    }

    @Test
    void fractionsKeepAllTheirDigits() {
        byte[] json = utf8("{\"a\":0.10,\"b\":123456789012345678.90123456789,\"c\":1E+400,\"d\":98765432109876543210}");
        JsonNode tree = new JsonDeserializer<JsonNode>().deserialize(TOPIC, json);
        assertThat(write(tree)).isEqualTo(json);
        assertThat(new JsonDeserializer<>(new TypeRef<Map<String, Object>>() {}).deserialize(TOPIC, json))
                .containsEntry("a", new BigDecimal("0.10"))
                .containsEntry("d", new BigInteger("98765432109876543210"));
    }

    @Test
    void everyDoubleComesBackBitForBit() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        JsonSerializer<Double> serializer = new JsonSerializer<>();
        JsonDeserializer<Double> deserializer = new JsonDeserializer<>(Double.class);
        for (int i = 0; i < 20_000; i++) {
            Double number = Double.longBitsToDouble(random.nextLong());
            assertThat(deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, number)))
                    .as("seed %d, number %d", seed, i)
                    .isEqualTo(number);
        }
    }

    @Test
    void randomTreesComeBack() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        JsonDeserializer<Object> deserializer = new JsonDeserializer<>(Object.class);
        for (int i = 0; i < 500; i++) {
            Object tree = randomTree(random, 5);
            assertThat(deserializer.deserialize(TOPIC, write(tree)))
                    .as("seed %d, tree %d", seed, i)
                    .isEqualTo(tree);
        }
    }

    private static Object randomTree(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> random.nextBoolean();
            case 1 -> random.nextInt();
            case 2 -> new BigInteger(64 + random.nextInt(100), random).setBit(63);
            case 3 -> BigDecimal.valueOf(random.nextLong(), 1 + random.nextInt(30));
            case 4 -> randomText(random);
            case 5 -> {
                List<Object> list = new ArrayList<>();
                random.ints(random.nextInt(4)).forEach(i -> list.add(randomTree(random, depth - 1)));
                yield list;
            }
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                random.ints(random.nextInt(4)).forEach(i -> map.put(randomText(random), randomTree(random, depth - 1)));
                yield map;
            }
        };
    }

    private static String randomText(Random random) {
        return random.ints(random.nextInt(20), 0, Character.MAX_CODE_POINT + 1)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void anEmojiIsFourBytesAndHalfOfOneAnEscapeThatLosesNothing() {
        assertThat(write("😀")).isEqualTo(utf8("\"😀\""));
        assertThat(write("a\uD83D")).isEqualTo(utf8("\"a\\uD83D\""));
        assertThat(new JsonDeserializer<>(String.class).deserialize(TOPIC, write("a\uD83D")))
                .isEqualTo("a\uD83D");
    }

    @Test
    void readsWhatRemainsInABufferAndLeavesTheBufferAsItWas() {
        ByteBuffer heap = ByteBuffer.wrap(utf8("xx{\"sku\":\"a\",\"count\":3}xx"));
        heap.position(2).limit(heap.limit() - 2);
        ByteBuffer direct = ByteBuffer.allocateDirect(100).put(heap.duplicate()).flip();
        JsonDeserializer<Order.Item> deserializer = new JsonDeserializer<>(Order.Item.class);
        for (ByteBuffer buffer : List.of(heap, heap.slice(), heap.asReadOnlyBuffer(), direct)) {
            int position = buffer.position();
            assertThat(deserializer.deserialize(TOPIC, new RecordHeaders(), buffer))
                    .isEqualTo(new Order.Item("a", 3));
            assertThat(buffer.position()).isEqualTo(position);
        }
    }

    @Test
    void skipsAPropertyThatTheReaderDoesNotKnowYet() {
        assertThat(new JsonDeserializer<>(Order.Item.class)
                        .deserialize(TOPIC, utf8("{\"sku\":\"a\",\"added\":[1,{}],\"count\":3}")))
                .isEqualTo(new Order.Item("a", 3));
    }

    @Test
    void aMapperOfTheApplicationIsUsedAsItIs() {
        record Named(String firstName) {}
        var mapper = JsonDefaults.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        byte[] json = new JsonSerializer<Named>(mapper).serialize(TOPIC, new Named("Ada"));
        assertThat(json).isEqualTo(utf8("{\"first_name\":\"Ada\"}"));
        assertThat(new JsonDeserializer<>(Named.class, mapper).deserialize(TOPIC, json))
                .isEqualTo(new Named("Ada"));
        assertThat(new JsonSerializer<>(TypeRef.of(Named.class), mapper).serialize(TOPIC, new Named("Ada")))
                .isEqualTo(json);
        assertThat(new JsonDeserializer<>(TypeRef.of(Named.class), mapper).deserialize(TOPIC, json))
                .isEqualTo(new Named("Ada"));
    }

    @Test
    void eightThreadsMayShareOneSerializer() throws Exception {
        JsonSerializer<Order> serializer = new JsonSerializer<>(TypeRef.of(Order.class));
        JsonDeserializer<Order> deserializer = new JsonDeserializer<>(Order.class);
        int threads = 8;
        CyclicBarrier start = new CyclicBarrier(threads);
        Callable<Void> work = () -> {
            start.await();
            for (int i = 0; i < 1_000; i++) {
                assertThat(deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, Order.sample())))
                        .isEqualTo(Order.sample());
            }
            return null;
        };
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (Future<Void> thread : pool.invokeAll(Collections.nCopies(threads, work))) {
                thread.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static byte @Nullable [] write(@Nullable Object value) {
        return new JsonSerializer<>().serialize(TOPIC, value);
    }

    private static byte[] utf8(String json) {
        return json.getBytes(UTF_8);
    }
}
