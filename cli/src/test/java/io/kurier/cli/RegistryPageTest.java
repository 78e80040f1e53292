// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.core.internal.config.RegistryKeys;
import io.kurier.spi.FramingPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tables of {@code docs/coming-from-registries.md} are those by which {@code kurier check} translates keys; {@code
 * -Ddocs.update=true} writes them anew.
 */
class RegistryPageTest {
    private static final Path PAGE = Path.of("..", "docs", "coming-from-registries.md");
    private static final Pattern TABLE =
            Pattern.compile("(<!-- table: (\\w+) -->\\n)(.*?)(<!-- end -->\\n)", Pattern.DOTALL);

    @Test
    void hasTheTablesOfTheCheck() throws IOException {
        String text = Files.readString(PAGE);
        String current = TABLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + table(found.group(2)) + found.group(4)));
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(PAGE, current);
            text = current;
        }
        assertThat(text).isEqualTo(current);
    }

    private static String table(String family) {
        return "| theirs | Kurier's | meaning, and what differs |\n|---|---|---|\n"
                + RegistryKeys.rows().stream()
                        .filter(row -> row.family().equals(family))
                        .map(RegistryPageTest::line)
                        .collect(joining());
    }

    private static String line(RegistryKeys.Row row) {
        String words = row.words().entrySet().stream()
                .map(word -> "`" + word.getKey() + "` is `" + word.getValue() + "`")
                .collect(joining(", "));
        return "| `" + row.theirs() + "` | " + (row.own().isEmpty() ? "none" : "`" + row.own() + "`") + " | "
                + row.meaning() + (words.isEmpty() ? "" : ". " + words) + " |\n";
    }

    @Test
    void hasEachKeyOnce() {
        assertThat(RegistryKeys.rows())
                .extracting(RegistryKeys.Row::theirs)
                .doesNotHaveDuplicates()
                .allMatch(key -> key.matches("[a-z0-9.-]+\\*?"));
        assertThat(RegistryKeys.rows()).extracting(RegistryKeys.Row::family).containsOnly("confluent", "apicurio");
    }

    static Set<RegistryKeys.Row> rowsWithAKey() {
        return RegistryKeys.rows().stream()
                .filter(row -> !row.own().isEmpty() && !row.own().equals("framing"))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("rowsWithAKey")
    void namesKeysThatTheFramingHas(RegistryKeys.Row row) {
        Set<String> known = ServiceLoader.load(FramingPlugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(plugin -> plugin.name().equals(row.family()))
                .flatMap(plugin -> plugin.configDef().names().stream())
                .collect(Collectors.toSet());
        if (row.own().endsWith("*")) {
            String prefix = row.own().substring(0, row.own().length() - 1);
            assertThat(known).anyMatch(key -> key.startsWith(prefix));
        } else {
            assertThat(known).contains(row.own());
        }
    }
}
