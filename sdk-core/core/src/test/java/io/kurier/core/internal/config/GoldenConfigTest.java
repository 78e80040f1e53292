// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.StartException;
import io.kurier.core.Kurier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pins every message of a start that configuration ends: {@code golden/config/x.properties} beside the whole text of its
 * error, {@code x.txt}. After a change on purpose {@code -Dgolden.update=true} writes the texts anew; the difference is
 * for the reviewer.
 */
class GoldenConfigTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/config");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    static List<String> cases() throws IOException {
        return names(GOLDEN, ".properties");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatTheGoldenFileSays(String name, @TempDir Path folder) throws IOException {
        String text = errorOf(GOLDEN.resolve(name + ".properties"), folder);
        Path golden = GOLDEN.resolve(name + ".txt");
        if (UPDATE) {
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
        assertThat(text).doesNotContain("CANARY");
    }

    @Test
    void everyTextHasItsProperties() throws IOException {
        assertThat(names(GOLDEN, ".txt")).isEqualTo(cases()).hasSizeGreaterThan(50);
    }

    @Test
    void everyLockedKeyHasItsCase() throws IOException {
        assertThat(cases())
                .containsAll(ProducerKeys.lockedNames().stream()
                        .map(name -> "locked-" + name.replace('.', '-'))
                        .toList());
    }

    @Test
    void noticesAnotherText(@TempDir Path folder) throws IOException {
        String text = errorOf(GOLDEN.resolve("lingr.properties"), folder);
        assertThatThrownBy(() -> assertThat(text.replace("linger", "longer"))
                        .isEqualTo(Files.readString(GOLDEN.resolve("lingr.txt"))))
                .isInstanceOf(AssertionError.class);
    }

    /** Without what differs between machines: the folder of the tests and the one of the test plugins. */
    private static String errorOf(Path properties, Path folder) throws IOException {
        Path file = Files.copy(properties, folder.resolve("kurier.properties"));
        StartException failed = catchThrowableOfType(
                StartException.class,
                () -> Kurier.builder()
                        .properties(file)
                        .transport(config -> {
                            throw new AssertionError("no problem was found in " + properties);
                        })
                        .start()
                        .close());
        assertThat(failed.getCause()).isNull();
        String here = Path.of("").toAbsolutePath().toString();
        return (failed.getMessage() + "\n")
                .replace(here + "/target/test-classes/", "plugins.jar")
                .replace(here, "HERE");
    }

    private static List<String> names(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return List.copyOf(files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .collect(Collectors.toCollection(TreeSet::new)));
        }
    }
}
