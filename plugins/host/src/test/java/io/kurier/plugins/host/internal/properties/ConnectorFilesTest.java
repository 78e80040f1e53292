// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.properties;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorFilesTest {
    @TempDir
    private Path folder;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @Test
    void readsPropertiesInUtf8() throws IOException {
        ConnectorFiles files = ConnectorFiles.read(
                List.of(file("a.properties", "# größe\nname = a\nconnector.class=C\npath=/größe/\\\n   x\n")));
        assertThat(files.problems()).isEmpty();
        assertThat(files.properties()).containsExactly(Map.of("name", "a", "connector.class", "C", "path", "/größe/x"));
    }

    @Test
    void reportsEveryLineThatCannotBeRead() throws IOException {
        Path wrong = Files.write(
                folder.resolve("a.properties"),
                "name=a\nconnector.class=C\nname=b\npath=\\u12\nnote=\u00E9\n=x\n"
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(ConnectorFiles.read(List.of(wrong)).problems())
                .containsExactly(
                        "name (a.properties:3): set twice, first in a.properties:1. Keep one of them.",
                        "path (a.properties:4): \\u must be followed by four hexadecimal digits. Write two backslashes"
                                + " for one.",
                        "note (a.properties:5): the line is not UTF-8. Save the file in UTF-8.",
                        "a.properties:6: a value without a key. Write key=value.");
    }

    @Test
    void leavesOutAFileWithoutNameOrClassAndSaysSo() throws IOException {
        ConnectorFiles files = ConnectorFiles.read(List.of(
                file("a.properties", "connector.class=C\n"), file("b.properties", "name=b\n"), folder.resolve("none")));
        assertThat(files.properties()).isEmpty();
        assertThat(files.problems()).hasSize(3);
        assertThat(files.problems().get(0)).startsWith("a.properties: it has no name.");
        assertThat(files.problems().get(1)).startsWith("b.properties: it has no connector.class");
        assertThat(files.problems().get(2)).endsWith("none: no such file; name a properties file");
    }

    @Test
    void addsFileAndLineToAProblem() throws IOException {
        ConnectorFiles files = ConnectorFiles.read(List.of(
                file("a.properties", "name=web\nconnector.class=C\n"),
                file("b.properties", "name=web.log\nconnector.class=C\npth=x\n")));
        assertThat(files.located("connector web.log, pth: unknown key."))
                .isEqualTo("connector web.log, pth (b.properties:3): unknown key.");
        assertThat(files.located("connector web, topic: missing."))
                .isEqualTo("connector web, topic (a.properties): missing.");
        assertThat(files.located("connector web: C failed in config(): broken"))
                .isEqualTo("connector web (a.properties): C failed in config(): broken");
        assertThat(files.located("connectors web and web.log: they share a topic"))
                .isEqualTo("connectors web and web.log: they share a topic");
    }

    @Test
    void namesAllFilesOfOneName() throws IOException {
        ConnectorFiles files = ConnectorFiles.read(List.of(
                file("a.properties", "name=web\nconnector.class=C\n"),
                file("b.properties", "connector.class=C\nname=web\n")));
        assertThat(files.located("connector web, name: two connectors have it."))
                .isEqualTo("connector web, name (a.properties:1, b.properties:2): two connectors have it.");
    }

    @Test
    void knowsWhereADerivedKeyComesFrom() throws IOException {
        ConnectorFiles files = ConnectorFiles.read(
                List.of(
                        file("a.properties", "name=a\nconnector.class=C\ntopic=t\n"),
                        file(
                                "b.properties",
                                "name=b\nconnector.class=C\ntopic=t\ntopic.creation.default.retention.ms=1\nvalue.serializer=text\n")));
        assertThat(files.sourceOfDerived("t", "topics.t.config.retention.ms")).isEqualTo("b.properties:4");
        assertThat(files.sourceOfDerived("t", "topics.t.value.serializer")).isEqualTo("b.properties:5");
        assertThat(files.sourceOfDerived("t", "topics.t.key.serializer")).isEqualTo("a.properties");
    }

    @Test
    void leavesProblemsOfPropertiesInCodeAsTheyAre() {
        ConnectorFiles inCode = ConnectorFiles.inCode(List.of(Map.of("name", "web", "connector.class", "C")));
        assertThat(inCode.located("connector web, topic: missing.")).isEqualTo("connector web, topic: missing.");
        assertThat(inCode.properties()).containsExactly(Map.of("name", "web", "connector.class", "C"));
    }
}
