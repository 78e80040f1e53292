// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PrintableTest {

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("a\nb", "a\\nb"),
                Arguments.of("a\rb", "a\\rb"),
                Arguments.of("a\tb", "a\\tb"),
                Arguments.of("a\u001b[31mred", "a\\" + "u001b[31mred"),
                Arguments.of("a\u0000b", "a\\" + "u0000b"),
                Arguments.of("a\u007fb", "a\\" + "u007fb"),
                Arguments.of("a\u009bb", "a\\" + "u009bb"),
                Arguments.of("cod\u202efdp.exe", "cod\\" + "u202efdp.exe"),
                Arguments.of("a\u2066b\u2069c", "a\\" + "u2066b\\" + "u2069c"),
                Arguments.of("zero\u200bwidth", "zero\\" + "u200bwidth"),
                Arguments.of("a\u2028b", "a\\" + "u2028b"),
                Arguments.of("a\ud800b", "a\\" + "ud800b"),
                Arguments.of("tag\udb40\udc41", "tag\\" + "udb40\\" + "udc41"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void writesOutWhatIsNotShown(String text, String shown) {
        assertThat(Printable.of(text)).isEqualTo(shown);
    }

    @Test
    void leavesWhatIsShownAsItIs() {
        String text = "Straße 日本語 العربية 😀 C:\\temp\\new, no \"quotes\"";
        assertThat(Printable.of(text)).isSameAs(text);
    }

    @Test
    void leavesTheLinesOfAMessage() {
        assertThat(Printable.lines("one\n\ttwo\u001b[2J")).isEqualTo("one\n\ttwo\\u001b[2J");
    }

    @Test
    void leavesNothingThatATerminalObeys() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            String text = random.ints(20, 0, Character.MAX_CODE_POINT + 1)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(Printable.of(text).codePoints())
                    .as("seed %d", seed)
                    .noneMatch(c -> Character.isISOControl(c)
                            || Character.getType(c) == Character.FORMAT
                            || Character.getType(c) == Character.SURROGATE);
        }
    }
}
