// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pins the whole text of the error of each of {@link WiringCases}: {@code golden/guice/x.txt}. After a change on purpose
 * {@code -Dgolden.update=true} writes the texts anew; the difference is for the reviewer.
 */
class GoldenWiringTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/guice");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    static List<String> cases() {
        return List.copyOf(WiringCases.all().keySet());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatTheGoldenFileSays(String name) throws IOException {
        String text = errorOf(name);
        Path golden = GOLDEN.resolve(name + ".txt");
        if (UPDATE) {
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
    }

    @Test
    void everyTextHasItsCase() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".txt", "")))
                    .containsExactlyInAnyOrderElementsOf(cases());
        }
    }

    /** Without what differs between machines and with every change of the cases: folders, and numbers of lines. */
    private static String errorOf(String name) {
        Runnable wiring = Objects.requireNonNull(WiringCases.all().get(name));
        RuntimeException failed = catchThrowableOfType(RuntimeException.class, wiring::run);
        String here = Path.of("").toAbsolutePath().toString();
        return (failed.getMessage() + "\n")
                .replace(here + "/target/test-classes/", "plugins.jar")
                .replaceAll("(Kurier\\w+|NamedPublisher\\S*|WiringCases)\\.java:\\d+", "$1.java:LINE")
                .replaceAll("lambda\\$\\w+\\$\\d+", "lambda");
    }
}
