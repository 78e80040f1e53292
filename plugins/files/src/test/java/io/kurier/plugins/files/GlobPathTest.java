// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class GlobPathTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            *                     | top.log top.txt
            *.log                 | top.log
            **/*.log              | a/2026-01/app.log a/2026-02/app.log b/app.log top.log
            **                    | a/2026-01/app.log a/2026-01/app.txt a/2026-02/app.log b/app.log top.log top.txt
            a/**                  | a/2026-01/app.log a/2026-01/app.txt a/2026-02/app.log
            a/2026-*/*.txt        | a/2026-01/app.txt
            a/**/app.log          | a/2026-01/app.log a/2026-02/app.log
            b/**/app.log          | b/app.log
            {a,b}/**/app.log      | a/2026-01/app.log a/2026-02/app.log b/app.log
            a/2026-0[2-9]/app.*   | a/2026-02/app.log
            ?op.*                 | top.log top.txt
            a/*                   | ''
            """)
    void readsTheFilesThatAGlobMatches(String glob, String names) throws IOException {
        for (String name : List.of(
                "a/2026-01/app.log", "a/2026-01/app.txt", "a/2026-02/app.log", "b/app.log", "top.log", "top.txt")) {
            write(name, name + "\n");
        }
        try (ConnectorRun run = start(Map.of("path", folder + "/" + glob))) {
            assertThat(run.drainValues())
                    .containsExactlyElementsOf(names.isEmpty() ? List.of() : List.of(names.split(" ")));
            assertThat(run.rejected).isEmpty();
        }
    }

    @Test
    void includeAndExcludeApplyToWhatAGlobMatches() throws IOException {
        write("a/one.log", "one\n");
        write("a/two.txt", "two\n");
        write("a/three.txt", "three\n");
        Map<String, String> glob = Map.of("path", folder + "/*/*", "exclude", "three*");
        try (ConnectorRun run = start(glob)) {
            assertThat(run.drainValues()).containsExactly("one", "two");
        }
        Map<String, String> narrower = new HashMap<>(glob);
        narrower.put("include", "*.txt");
        try (ConnectorRun run = start(narrower)) {
            assertThat(run.drainValues()).containsExactly("two");
        }
    }

    @Test
    void findsFilesThatComeLaterAndFollowsOneThatIsRenamed() throws IOException {
        write("app-1.log", "one\n");
        try (ConnectorRun run = start(Map.of("path", folder + "/app-*.log"))) {
            assertThat(run.drainValues()).containsExactly("one");
            write("app-2.log", "two\n");
            write("other.log", "three\n");
            assertThat(run.drainValues()).containsExactly("two");
            Path rotated = Files.move(folder.resolve("app-1.log"), folder.resolve("app-1.log.old"));
            Files.writeString(rotated, "one\nthe rest\n", StandardCharsets.US_ASCII);
            assertThat(run.drainValues()).containsExactly("the rest");
        }
    }

    @Test
    void aFileWithAWildcardInItsNameIsReadByItsName() throws IOException {
        write("a[1].log", "one\n");
        write("a1.log", "two\n");
        try (ConnectorRun run = start(Map.of("path", folder + "/a[1].log"))) {
            assertThat(run.drainValues()).containsExactly("one");
        }
    }

    @Test
    void refusesAGlobThatIsNoneAndOneBelowAFolderThatIsNotThere() {
        assertThatThrownBy(() -> start(Map.of("path", folder + "/a[1.log")).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is no glob");
        assertThatThrownBy(
                        () -> start(Map.of("path", folder + "/nothing/*.log")).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("does not exist")
                .hasMessageContaining(folder.resolve("nothing").toString());
    }

    @Test
    void readsTheOldestFilesFirstIfAsked() throws IOException {
        for (int i = 0; i < 4; i++) {
            Path file = write("a" + i + ".txt", i + "\n");
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000L * (i == 3 ? 1 : 3 - i)));
        }
        try (ConnectorRun run = start(Map.of("path", folder.toString()))) {
            assertThat(run.drainValues()).containsExactly("0", "1", "2", "3");
        }
        try (ConnectorRun run = start(Map.of("path", folder.toString(), "order", "modified"))) {
            assertThat(run.drainValues()).containsExactly("2", "3", "1", "0");
        }
    }

    private static ConnectorRun start(Map<String, String> properties) {
        return ConnectorRun.start(new LineFormat.Connector(), properties);
    }

    private Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content, StandardCharsets.US_ASCII);
    }
}
