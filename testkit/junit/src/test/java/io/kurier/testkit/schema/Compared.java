// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.function.Executable;

/** The result of one comparison, for tables: {@code path: RULE} of each violation, or nothing. */
final class Compared {
    private Compared() {}

    /** Asserts the violations in both directions, and that the full level has those of both. */
    static <S> void assertViolations(
            SchemaCompatibility<S> earlier, S next, List<String> backward, List<String> forward) {
        assertLevel("backward", () -> earlier.backward(next), backward);
        assertLevel("forward", () -> earlier.forward(next), forward);
        if (backward.isEmpty() && forward.isEmpty()) {
            assertThatCode(() -> earlier.full(next)).doesNotThrowAnyException();
        } else {
            AssertionError both = failure(() -> earlier.full(next));
            assertThat(lines(both).stream().filter(line -> line.startsWith("  ")))
                    .hasSize(backward.size() + forward.size());
        }
    }

    private static void assertLevel(String level, Executable check, List<String> expected) {
        if (expected.isEmpty()) {
            assertThatCode(check::execute).as(level).doesNotThrowAnyException();
            return;
        }
        AssertionError failure = failure(check);
        List<String> lines = lines(failure);
        assertThat(lines.get(0)).startsWith("not " + level + " compatible with version 1 of 1: a reader with ");
        assertThat(lines.subList(1, lines.size()).stream()
                        .map(line -> line.strip().replaceFirst("^(\\S+: [A-Z_]+): .+$", "$1")))
                .as(level)
                .containsExactlyElementsOf(expected);
    }

    private static AssertionError failure(Executable check) {
        return Objects.requireNonNull(
                catchThrowableOfType(AssertionError.class, check::execute), "it was found compatible");
    }

    private static List<String> lines(AssertionError failure) {
        return String.valueOf(failure.getMessage()).lines().toList();
    }

    /** Splits a cell of a table at commas; a dash is no violation. */
    static List<String> cell(String text) {
        return text.equals("-") ? List.of() : List.of(text.split(", ", -1));
    }
}
