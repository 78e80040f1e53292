// SPDX-License-Identifier: Apache-2.0
package io.kurier.formats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kurier.serializers.json.JsonDeserializer;
import io.kurier.serializers.json.JsonSerializer;
import io.kurier.spi.Plugin;
import io.kurier.spi.SerializerPlugin;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The serializers of Jackson 2 and 3 stand on one class path, and write and read the same. */
class BothJacksonsTest {
    private static final String TOPIC = "t";
    private static final int COUNT = 2_000;

    /** Its order is not that of the alphabet. */
    record Times(
            Instant zulu,
            @Nullable Date date,
            ZonedDateTime zoned,
            OffsetDateTime offset,
            LocalDateTime local,
            LocalDate day,
            LocalTime clock,
            Duration took,
            Period period,
            Year year,
            YearMonth month,
            Month name,
            ZoneId zone) {}

    enum State {
        OPEN,
        CLOSED;

        @Override
        public String toString() {
            return "the state " + ordinal();
        }
    }

    record Values(
            String text,
            int number,
            long big,
            float single,
            double twice,
            char letter,
            boolean flag,
            @Nullable Integer boxed,
            BigDecimal decimal,
            BigInteger integer,
            Optional<String> note,
            OptionalInt count,
            byte[] bytes,
            int[] ints,
            UUID id,
            URI link,
            Locale locale,
            Currency currency,
            State state,
            EnumMap<State, Times> times,
            Map<Integer, Object> others,
            Map<Month, Year> years,
            List<Values> parts) {}

    /** Getters in no order, one of them of no field, and a name with capitals at the beginning. */
    public static final class Bean {
        private String url = "https://example.com/a/b";
        private int aCount = 7;

        public String getURL() {
            return url;
        }

        public void setURL(String url) {
            this.url = url;
        }

        public int getaCount() {
            return aCount;
        }

        public void setaCount(int count) {
            this.aCount = count;
        }

        public boolean isActive() {
            return true;
        }
    }

    private final JsonSerializer<Object> two = new JsonSerializer<>();
    private final io.kurier.serializers.json3.JsonSerializer<Object> three =
            new io.kurier.serializers.json3.JsonSerializer<>();

    @Test
    void theNamesOfThePluginsDiffer() {
        assertThat(ServiceLoader.load(SerializerPlugin.class))
                .extracting(Plugin::name)
                .contains("json", "json3")
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theBytesOfGeneratedValuesAreEqual(boolean asKeys) {
        two.configure(Map.of(), asKeys);
        three.configure(Map.of(), asKeys);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < COUNT; i++) {
            Object value = value(random, 3);
            assertThat(three.serialize(TOPIC, value))
                    .as("seed %d, value %d", seed, i)
                    .asString(UTF_8)
                    .isEqualTo(new String(two.serialize(TOPIC, value), UTF_8));
        }
    }

    @Test
    void theBytesOfABeanAndOfMapsWithUnusualKeysAreEqual() {
        for (Object value :
                List.of(new Bean(), Map.of(Locale.CANADA_FRENCH, 1), Map.of(Currency.getInstance("CHF"), 2))) {
            assertThat(three.serialize(TOPIC, value))
                    .asString(UTF_8)
                    .isEqualTo(new String(two.serialize(TOPIC, value), UTF_8));
        }
    }

    @Test
    void eachReadsWhatTheOtherWrites() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        JsonDeserializer<Values> readsTwo = new JsonDeserializer<>(Values.class);
        var readsThree = new io.kurier.serializers.json3.JsonDeserializer<>(Values.class);
        for (int i = 0; i < COUNT / 10; i++) {
            byte[] json = two.serialize(TOPIC, values(random, 2));
            Values byTwo = readsTwo.deserialize(TOPIC, json);
            Values byThree = readsThree.deserialize(TOPIC, json);
            assertThat(byThree)
                    .as("seed %d, value %d", seed, i)
                    .usingRecursiveComparison()
                    .isEqualTo(byTwo);
            assertThat(new String(three.serialize(TOPIC, byThree), UTF_8))
                    .as("seed %d, value %d", seed, i)
                    .isEqualTo(new String(two.serialize(TOPIC, byTwo), UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "nul",
                "[1,]",
                "{\"id\":1}{}",
                "{\"number\":\"x\"}",
                "{\"number\":1.9}",
                "{\"number\":null}",
                "{\"number\":99999999999}",
                "{\"state\":\"the state 0\"}",
                "{\"state\":\"OPEN\"}",
                "{\"state\":7}",
                "{\"unknown\":1}",
                "{\"parts\":[{\"flag\":[]}]}",
                "{\"parts\":{}}",
                "{\"others\":{\"x\":1}}",
                "{\"others\":{\"1\":01}}",
                "{\"id\":\"x\"}",
                "{\"letter\":\"two\"}",
                "{\"bytes\":\"%\"}",
                "{\"times\":{\"OPEN\":{\"zulu\":\"never\"}}}",
                "{\"times\":{\"OPEN\":{\"day\":20000}}}",
                "{\"currency\":\"none\"}",
                "{\"twice\":1e999}",
                "{\"flag\":\"\"}",
                "{\"text\":7}",
                "7",
                "\"x\"",
                "[]",
                "{\"text\":\"\\x\"}",
                "{\"single\":NaN}",
                "// no\n{}",
                "{\"text\":\"a\",\"text\":\"b\"}"
            })
    void bothReadTheSameOrRefuseItForTheSameReason(String json) {
        JsonDeserializer<Values> readsTwo = new JsonDeserializer<>(Values.class);
        var readsThree = new io.kurier.serializers.json3.JsonDeserializer<>(Values.class);
        Throwable byTwo = catchThrowable(() -> readsTwo.deserialize(TOPIC, json.getBytes(UTF_8)));
        Throwable byThree = catchThrowable(() -> readsThree.deserialize(TOPIC, json.getBytes(UTF_8)));
        if (byTwo == null) {
            assertThat(byThree).isNull();
            assertThat(readsThree.deserialize(TOPIC, json.getBytes(UTF_8)))
                    .usingRecursiveComparison()
                    .isEqualTo(readsTwo.deserialize(TOPIC, json.getBytes(UTF_8)));
        } else {
            assertThat(byThree).isExactlyInstanceOf(SerializationException.class);
            assertThat(byThree).hasMessage(String.valueOf(byTwo.getMessage()));
        }
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 7 : 11)) {
            case 0 -> text(random);
            case 1 -> Double.longBitsToDouble(random.nextLong());
            case 2 -> Float.intBitsToFloat(random.nextInt());
            case 3 -> random.nextLong();
            case 4 -> decimal(random);
            case 5 -> new BigInteger(random.nextInt(200), random);
            case 6 -> random.nextBoolean();
            case 7 -> values(random, depth - 1);
            case 8 -> times(random);
            case 9 ->
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> value(random, depth - 1))
                        .toList();
            default -> {
                Map<String, Object> map = new HashMap<>();
                IntStream.range(0, random.nextInt(4)).forEach(i -> map.put(text(random), value(random, depth - 1)));
                yield map;
            }
        };
    }

    private static Values values(Random random, int depth) {
        EnumMap<State, Times> times = new EnumMap<>(State.class);
        times.put(State.values()[random.nextInt(2)], times(random));
        List<Values> parts = new ArrayList<>();
        IntStream.range(0, depth == 0 ? 0 : random.nextInt(3)).forEach(i -> parts.add(values(random, depth - 1)));
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return new Values(
                text(random),
                random.nextInt(),
                random.nextLong(),
                random.nextFloat(),
                random.nextDouble() * Math.pow(10, random.nextInt(40) - 20),
                (char) ('!' + random.nextInt(90)),
                random.nextBoolean(),
                random.nextBoolean() ? null : random.nextInt(),
                decimal(random),
                new BigInteger(random.nextInt(100), random),
                random.nextBoolean() ? Optional.empty() : Optional.of(text(random)),
                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt()),
                bytes,
                random.ints(random.nextInt(4)).toArray(),
                new UUID(random.nextLong(), random.nextLong()),
                URI.create("https://example.com/" + random.nextInt() + "?q=a/b"),
                Locale.forLanguageTag(List.of("de-CH", "en", "pt-BR").get(random.nextInt(3))),
                Currency.getInstance(List.of("CHF", "EUR").get(random.nextInt(2))),
                State.values()[random.nextInt(2)],
                times,
                Map.of(random.nextInt(), text(random)),
                Map.of(Month.of(1 + random.nextInt(12)), Year.of(random.nextInt(3_000))),
                parts);
    }

    private static Times times(Random random) {
        Instant instant =
                Instant.ofEpochSecond(random.nextInt(), random.nextBoolean() ? 0 : random.nextInt(1_000_000_000));
        ZoneOffset offset = ZoneOffset.ofTotalSeconds((random.nextInt(60) - 30) * 900);
        LocalDateTime local = instant.atOffset(offset).toLocalDateTime();
        return new Times(
                instant,
                random.nextInt(9) == 0 ? null : new Date(instant.toEpochMilli()),
                instant.atZone(ZoneId.of("Europe/Zurich")),
                instant.atOffset(offset),
                local,
                local.toLocalDate(),
                local.toLocalTime(),
                Duration.ofNanos(random.nextLong()),
                Period.of(random.nextInt(9), random.nextInt(9), random.nextInt(9)),
                Year.of(local.getYear()),
                YearMonth.from(local),
                local.getMonth(),
                offset);
    }

    private static BigDecimal decimal(Random random) {
        return new BigDecimal(new BigInteger(1 + random.nextInt(80), random), random.nextInt(60) - 30);
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(12), 0, random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
