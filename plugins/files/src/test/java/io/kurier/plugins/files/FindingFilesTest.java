// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FindingFilesTest {

    @TempDir
    Path folder;

    @Test
    void findsNamesWithSpacesAndLettersOfAnyScript() throws IOException {
        assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "needs a UTF-8 locale");
        write("a b/größe und maß.txt", "1");
        write("a b/日本 🚚.TXT", "2");
        write("z\nline break.Txt", "3");
        write(" leading.txt", "4");
        try (ConnectorRun run = start(Map.of())) {
            assertThat(run.drainValues()).containsExactlyInAnyOrder("1", "2", "3", "4");
            assertThat(run.rejected).isEmpty();
        }
    }

    @Test
    void tellsHowMuchIsLeftToRead() throws IOException, InterruptedException {
        write("a.txt", "1\n2\n3\n");
        write("b.txt", "4\n5\n");
        try (ConnectorRun run = start(Map.of("batch.records", "1"))) {
            assertThat(run.poll()).hasSize(1);
            assertThat(run.remaining()).isEqualTo(8);
            assertThat(run.drainValues()).containsExactly("2", "3", "4", "5");
            assertThat(run.remaining()).isZero();
        }
    }

    @Test
    void includesByNameWithoutRegardToCaseAndAlwaysAFileThatIsNamed() throws IOException {
        write("a.txt", "a");
        write("b.LOG", "b");
        write("c.data", "c");
        try (ConnectorRun run = start(Map.of("include", "*.log,C.*"))) {
            assertThat(run.drainValues()).containsExactly("b", "c");
        }
        try (ConnectorRun run =
                ConnectorRun.start(new LineFormat.Connector(), Map.of("path", folder.resolve("c.data") + ""))) {
            assertThat(run.drainValues()).containsExactly("c");
        }
    }

    @Test
    void excludesByNameWhatIsIncludedButNotAFileThatIsNamed() throws IOException {
        write("a.txt", "a");
        write("B.Tmp", "b");
        write("c.part", "c");
        write(".d", "d");
        Map<String, String> exclude = Map.of("include", "*", "exclude", "*.tmp,*.PART");
        try (ConnectorRun run = start(exclude)) {
            assertThat(run.drainValues()).containsExactlyInAnyOrder("a", "d");
        }
        try (ConnectorRun run = ConnectorRun.start(
                new LineFormat.Connector(),
                Map.of("path", folder.resolve("c.part") + "", "exclude", exclude.get("exclude")))) {
            assertThat(run.drainValues()).containsExactly("c");
        }
    }

    @Test
    void followsLinksAndTellsLoopsAndDanglingOnesOnce(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("far.txt"), "far");
        write("near.txt", "near");
        Path sub = Files.createDirectory(folder.resolve("sub"));
        Files.createSymbolicLink(folder.resolve("link"), elsewhere);
        Path loop = Files.createSymbolicLink(sub.resolve("loop"), folder);
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling.txt"), folder.resolve("nothing"));
        Files.createSymbolicLink(folder.resolve("dangling.other"), folder.resolve("nothing"));
        try (ConnectorRun run = start(Map.of())) {
            assertThat(run.drainValues()).containsExactlyInAnyOrder("far", "near");
            assertThat(run.rejected)
                    .extracting(ConnectorRun.Rejected::source)
                    .containsExactlyInAnyOrder(loop.toString(), dangling.toString());
            assertThat(run.rejections())
                    .anyMatch(text -> text.contains("leads back to a folder"))
                    .anyMatch(text -> text.contains("leads to nothing"));
            for (int i = 0; i < 10; i++) {
                assertThat(run.poll()).isEmpty();
            }
            assertThat(run.rejected).hasSize(2);

            write("nothing", "found");
            assertThat(run.drainValues()).containsExactly("found");
        }
    }

    /** Names are data: a line end in one must not forge a line of the log, nor an escape sequence reach a terminal. */
    @Test
    void logsNamesWithoutTheirControlCharacters() throws IOException {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, UTF_8));
        String evil = "evil\nWARN all is well\u001b[2J.txt";
        write(evil, "before\n");
        try (ConnectorRun run = start(Map.of())) {
            assertThat(run.drainValues()).containsExactly("before");
            write(evil, "new\n");
            assertThat(run.drainValues()).containsExactly("new");
        } finally {
            System.setErr(before);
        }
        assertThat(log.toString(UTF_8))
                .contains("evil\\nWARN all is well\\u001b[2J.txt was cut or replaced")
                .doesNotContain("\nWARN all", "\u001b");
    }

    @Test
    void walksAFolderThatIsNamedLikeAFile() throws IOException {
        write("folder.txt/inner.txt", "inner");
        try (ConnectorRun run = start(Map.of())) {
            assertThat(run.drainValues()).containsExactly("inner");
            assertThat(run.rejected).isEmpty();
        }
    }

    @Test
    void tellsAFileThatMayNotBeReadAndReadsItWhenItMay() throws IOException {
        Path file = write("a.txt", "secret");
        write("b.txt", "open");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "root may read everything");
        try (ConnectorRun run = start(Map.of())) {
            assertThat(run.drainValues()).containsExactly("open");
            assertThat(run.rejections()).singleElement().asString().contains("may not read it");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            assertThat(run.drainValues()).containsExactly("secret");
        }
    }

    @Test
    void tellsAFileThatIsGoneBetweenScanAndReading() throws IOException {
        write("a.txt", "one\ntwo\n");
        Path gone = write("b.txt", "three\n");
        write("c.txt", "four\n");
        try (ConnectorRun run = start(Map.of("batch.records", "1"))) {
            assertThat(ConnectorRun.values(run.poll())).containsExactly("one");
            Files.delete(gone);
            assertThat(run.drainValues()).containsExactly("two", "four");
            assertThat(run.rejected)
                    .containsExactly(
                            new ConnectorRun.Rejected(gone.toString(), "", "it was there a moment ago and is gone"));
        }
    }

    @Test
    void tellsThatTheWholeFolderIsGoneAndGoesOnWhenItIsBack() throws IOException {
        Path sub = Files.createDirectory(folder.resolve("sub"));
        try (ConnectorRun run = ConnectorRun.start(new LineFormat.Connector(), Map.of("path", sub.toString()))) {
            assertThat(run.drainValues()).isEmpty();
            Files.delete(sub);
            assertThat(run.drainValues()).isEmpty();
            assertThat(run.rejected).extracting(ConnectorRun.Rejected::source).containsExactly(sub.toString());
            write("sub/a.txt", "back");
            assertThat(run.drainValues()).containsExactly("back");
        }
    }

    private ConnectorRun start(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of("path", folder.toString()));
        properties.putAll(more);
        return ConnectorRun.start(new LineFormat.Connector(), properties);
    }

    private Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}
