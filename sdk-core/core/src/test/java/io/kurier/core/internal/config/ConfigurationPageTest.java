// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds the tables of {@code docs/configuration.md} to the definitions of the keys: each is between a comment {@code keys:
 * publisher} or {@code keys: topic} and a comment {@code end of keys}. After a change on purpose {@code -Dgolden.update=true}
 * writes the tables anew.
 */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("../../docs/configuration.md");
    private static final Pattern TABLE =
            Pattern.compile("<!-- keys: (\\w+) -->\\n(.*?)<!-- end of keys -->\\n", Pattern.DOTALL);

    @Test
    void everyTableIsThatOfTheDefinitions() throws IOException {
        String text = Files.readString(PAGE);
        String current = withTables(text);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, current);
            text = current;
        }
        assertThat(text).isEqualTo(current);
    }

    @Test
    void thePageHasBothTables() throws IOException {
        assertThat(TABLE.matcher(Files.readString(PAGE)).results().map(table -> table.group(1)))
                .containsExactly("publisher", "topic");
    }

    @Test
    void noticesAnotherTable() throws IOException {
        String text = Files.readString(PAGE);
        String planted = text.replaceFirst("`60000`", "`50000`");
        assertThat(planted).isNotEqualTo(text);
        assertThatThrownBy(() -> assertThat(planted).isEqualTo(withTables(planted)))
                .isInstanceOf(AssertionError.class);
    }

    private static String withTables(String text) {
        return TABLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement("<!-- keys: " + found.group(1) + " -->\n"
                        + table(found.group(1).equals("topic") ? TopicKeys.KEYS : PublisherKeys.KEYS)
                        + "<!-- end of keys -->\n"));
    }

    private static String table(KeyDefinitions keys) {
        return "| key | meaning | type | default |\n|---|---|---|---|\n"
                + keys.descriptions().stream().map(ConfigurationPageTest::row).collect(Collectors.joining());
    }

    private static String row(KeyDescription key) {
        String type = key.valid() == null
                ? key.type()
                : key.valid().contains(key.type()) ? key.valid() : key.type() + " " + key.valid();
        String shownDefault = key.defaultValue() == null ? key.shownDefault() : "`" + key.defaultValue() + "`";
        return "| `" + key.key() + "` | " + key.documentation() + " | " + type + " | " + shownDefault + " |\n";
    }
}
