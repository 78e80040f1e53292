// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonGrammarTest {

    private static final List<String> PIECES = Stream.concat(
                    Stream.of(" ", "\n", "\t"),
                    Stream.of(
                            ("{ } [ ] , : \"a\" \"\\u00fC\\n\" \" \\ - 0 12 . .5 e E+ true false null nul ü 1e2 {\"b\": [1,"
                                            + " \"\\x\"")
                                    .split(" ")))
            .toList();

    @Test
    void takesTheTextsThatTheParserTakes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int valid = 0;
        for (int round = 0; round < 60_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(9); i >= 0; i--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            Boolean parsed = parses(text.toString());
            if (parsed == null) {
                continue;
            }
            valid += parsed ? 1 : 0;
            assertThat(isOneValue(text.toString()))
                    .as("seed %d, round %d: %s", seed, round, text)
                    .isEqualTo(parsed);
        }
        assertThat(valid).as("seed %d", seed).isGreaterThan(300);
    }

    @Test
    void tellsOnEachPrefixOfAValueThatItGoesOn() {
        String text = "{\"a\":[1,-2.5e+7,{\"b\\\"\":null},[],{}],\"c\":\"\\ud83d\\ude9a\",\"d\":true}";
        JsonGrammar grammar = new JsonGrammar();
        for (int i = 0; i < text.length(); i++) {
            assertThat(grammar.accept(text.charAt(i))).isTrue();
            assertThat(grammar.isInside()).as("at %d", i).isEqualTo(i < text.length() - 1);
        }
        assertThat(grammar.endedContainer()).isTrue();
    }

    @Test
    void refusesWhatIsNestedTooDeeplyForTheParser() {
        assertThat(isOneValue("[".repeat(1000) + "]".repeat(1000))).isTrue();
        assertThatCode(() -> new ValueParser(Numbers.EXACT).parse("[".repeat(1000) + "]".repeat(1000)))
                .doesNotThrowAnyException();
        assertThat(isOneValue("[".repeat(1001) + "]".repeat(1001))).isFalse();
    }

    private static boolean isOneValue(String text) {
        JsonGrammar grammar = new JsonGrammar();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (!grammar.accept(b & 0xFF)) {
                return false;
            }
        }
        grammar.end();
        return !grammar.isInside() && grammar.values() == 1;
    }

    /** Whether a text is JSON; null if the parser refuses its content, such as a duplicate key, before its end. */
    private static @Nullable Boolean parses(String text) {
        try {
            new ValueParser(Numbers.EXACT).parse(text);
            return true;
        } catch (InvalidJsonException e) {
            return e.isSyntax() ? false : null;
        }
    }
}
