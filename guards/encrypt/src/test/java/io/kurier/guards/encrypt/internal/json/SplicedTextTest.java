// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.ArrayHeaders;
import io.kurier.guards.encrypt.internal.fields.FieldChange;
import io.kurier.guards.encrypt.internal.fields.FieldTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bytes of a JSON text are replaced. */
final class SplicedTextTest {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int DOCUMENTS = 3_000;

    private static byte[] changed(String fields, byte[] json, FieldChange change) {
        try (JsonFields opened = JsonFields.opening(FieldTree.of(List.of(fields.split(","))), Map.of())) {
            return opened.open("orders", new ArrayHeaders(), json, change);
        }
    }

    private static String places(String fields, String json) {
        List<String> places = new ArrayList<>();
        changed(fields, json.getBytes(UTF_8), FieldChange.sealing((place, plain) -> {
            places.add(place.exact() + "=" + new String(Objects.requireNonNull(plain), UTF_8));
            return plain;
        }));
        return String.join(" ", places);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            card; {"card":"a"}; card="a"
            card; { "card" : {"x":[1, 2]} }; card={"x":[1, 2]}
            card; {"c\\u0061rd":-1.5e+3}; card=-1.5e+3
            card; {"card":null,"Card":1,"cardx":2}; card=null
            card; [{"card":1},{},null,[{"card":2}]]; [0].card=1 [3][0].card=2
            a.b; {"a":[{"b":1},{"b":[2]}]}; a[0].b=1 a[1].b=[2]
            a.b,a.c; {"a":{"c":1,"b":2}}; a.c=1 a.b=2
            card; null; ``
            card; {}; ``
            """)
    void findsTheFieldsAsTheyAreWritten(String fields, String json, String expected) {
        assertThat(places(fields, json)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "{]",
                "[1,]",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{a:1}",
                "{'a':1}",
                "[01]",
                "[1.]",
                "[.5]",
                "[+1]",
                "[-]",
                "[1e]",
                "[NaN]",
                "[tru]",
                "[nulll]",
                "[1] 2",
                "{} {}",
                "[\"a]",
                "[\"\\x\"]",
                "[\"\\u00g0\"]",
                "[\"\\u00\"]",
                "[\"a\nb\"]",
                "/**/[]",
                "[1 2]",
                "\uFEFF{}",
                "{\"a\":1 \"b\":2}",
                "[\"\\\"]",
                "[true",
                "{\"a\"",
                "{\"a\":",
                "-",
                "\"\\"
            })
    void refusesWhatIsNoJson(String text) {
        // a list at the top would be on the way to the field
        String json = text.startsWith("[") ? "{\"x\":" + text + "}" : text;
        assertThatThrownBy(() -> places("card", json))
                .isInstanceOf(SerializationException.class)
                .hasMessageStartingWith("it is no JSON text in UTF-8: at the byte ");
    }

    @Test
    void refusesAFieldThatIsThereTwice() {
        assertThatThrownBy(() -> places("card", "{\"card\":1,\"c\\u0061rd\":2}"))
                .hasMessage("the field card is there twice, and readers do not agree which of the two counts. Write it"
                        + " once");
        assertThatThrownBy(() -> places("a.b", "{\"a\":{\"b\":1},\"a\":{}}"))
                .hasMessageStartingWith("the field a is there twice");
    }

    @Test
    void refusesATextThatIsNestedTooDeeply() {
        assertThat(places("card", "[".repeat(500) + "]".repeat(500))).isEmpty();
        assertThatThrownBy(() -> places("card", "[".repeat(501) + "]".repeat(501)))
                .hasMessageStartingWith("it is nested deeper than 500 levels");
        assertThatThrownBy(() -> places("card", "{\"card\":" + "[".repeat(500) + "]".repeat(500) + "}"))
                .hasMessageStartingWith("it is nested deeper than 500 levels");
    }

    @Test
    void keepsAllOtherBytesAndOpensToTheSameText() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < DOCUMENTS; i++) {
            byte[] json = new Documents(random).next();
            assertThat(MAPPER.readTree(json)).as("seed %s", seed).isNotNull();
            List<byte[]> plains = new ArrayList<>();
            byte[] sealed = changed("card,address.street,items.sku", json, FieldChange.sealing((place, plain) -> {
                plains.add(plain);
                return marker(plains.size() - 1);
            }));
            String restored = new String(sealed, UTF_8);
            for (int field = 0; field < plains.size(); field++) {
                String text = "\"" + Base64.getEncoder().withoutPadding().encodeToString(marker(field)) + "\"";
                assertThat(restored).contains(text);
                restored = restored.replace(text, new String(plains.get(field), UTF_8));
            }
            assertThat(restored).as("seed %s", seed).isEqualTo(new String(json, UTF_8));
            byte[] opened = changed(
                    "card,address.street,items.sku",
                    sealed,
                    FieldChange.opening((place, envelope) -> plains.get(Integer.parseInt(
                            new String(Objects.requireNonNull(envelope), UTF_8).replace("marker-", "")))));
            assertThat(opened).as("seed %s", seed).isEqualTo(json);
        }
    }

    private static byte[] marker(int field) {
        return ("marker-" + field).getBytes(UTF_8);
    }

    @Test
    void acceptsNoDamagedTextThatJacksonRefuses() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < DOCUMENTS; i++) {
            byte[] json = new Documents(random).next();
            for (int change = random.nextInt(3); change >= 0; change--) {
                json[random.nextInt(json.length)] = (byte) " {}[]\",:0e.-\\utn".charAt(random.nextInt(16));
            }
            if (accepts(json)) {
                assertThat(jacksonReads(json))
                        .as("seed %s, %s", seed, new String(json, UTF_8))
                        .isTrue();
            }
        }
    }

    private static boolean accepts(byte[] json) {
        try {
            changed("card,address.street,items.sku", json, FieldChange.sealing((place, plain) -> plain));
            return true;
        } catch (SerializationException e) {
            return false;
        }
    }

    private static boolean jacksonReads(byte[] json) {
        try {
            MAPPER.readTree(json);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Random texts in which no name is twice in an object, and no path leads through a scalar. */
    private static final class Documents {
        private static final List<String> NAMES =
                List.of("card", "address", "street", "items", "sku", "c\\u0061rd", "Card", "x", "", "\u00e4\\n", "a.b");
        private static final List<String> SCALARS = List.of(
                "1",
                "-0",
                "1.50",
                "12345678901234567890",
                "-1e-7",
                "0.1E+2",
                "true",
                "false",
                "null",
                "\"\"",
                "\"\\\"card\\\":1\"",
                "\"\\\\\"",
                "\"\u20ac \\ud83d\\ude00 \\/\"",
                "\"}{][,:\"");
        private static final Set<String> ON_THE_WAY = Set.of("address", "items");

        private final Random random;
        private final StringBuilder text = new StringBuilder();

        Documents(Random random) {
            this.random = random;
        }

        byte[] next() {
            container(0);
            return text.toString().getBytes(UTF_8);
        }

        private void space() {
            for (int i = random.nextInt(4); i > 2; i--) {
                text.append(" \n\r\t".charAt(random.nextInt(4)));
            }
        }

        private void value(int depth) {
            if (depth > 5 || random.nextInt(3) == 0) {
                text.append(SCALARS.get(random.nextInt(SCALARS.size())));
            } else {
                container(depth);
            }
        }

        /** Elements of lists can be on the way to a field. */
        private void container(int depth) {
            space();
            if (depth > 5) {
                text.append("null");
            } else if (random.nextInt(3) == 0) {
                text.append('[');
                for (int i = random.nextInt(4); i > 0; i--) {
                    container(depth + 1);
                    text.append(i > 1 ? "," : "");
                }
                text.append(']');
            } else {
                object(depth);
            }
            space();
        }

        private void object(int depth) {
            text.append('{');
            Set<String> used = new HashSet<>();
            String comma = "";
            for (int i = random.nextInt(6); i > 0; i--) {
                String name = NAMES.get(random.nextInt(NAMES.size()));
                String unescaped = name.replace("\\u0061", "a");
                if (used.add(unescaped)) {
                    text.append(comma);
                    space();
                    text.append('"').append(name).append('"');
                    space();
                    text.append(':');
                    space();
                    if (ON_THE_WAY.contains(unescaped)) {
                        container(depth + 1);
                    } else {
                        value(depth + 1);
                    }
                    comma = ",";
                }
            }
            space();
            text.append('}');
        }
    }

    @Test
    void acceptsOnlyTheTextThatAnEnvelopeHas() {
        String text = Base64.getEncoder().withoutPadding().encodeToString("KENV1".getBytes(UTF_8));
        List<String> others = new ArrayList<>(Arrays.asList(text + "=", text + " ", text.substring(1), "-" + text));
        others.add(text.substring(0, text.length() - 1) + (char) (text.charAt(text.length() - 1) + 1));
        for (String other : others) {
            changed("card", ("{\"card\":\"" + other + "\"}").getBytes(UTF_8), FieldChange.opening((place, envelope) -> {
                assertThat(envelope)
                        .as(other)
                        .satisfiesAnyOf(
                                none -> assertThat(none).isNull(),
                                bytes -> assertThat(bytes).isNotEqualTo("KENV1".getBytes(UTF_8)));
                return null;
            }));
        }
    }
}
