// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobTest {

    @TempDir
    Path folder;

    @Test
    void aFileNamesItsBlobAndCanBeReadAgain() throws IOException {
        Path file = Files.write(folder.resolve("ein Bild \u00FC.png"), new byte[] {1, 2, 3});
        Blob blob = Blob.of(file);
        assertThat(blob.name()).contains("ein Bild \u00FC.png");
        assertThat(blob.contentType()).isEmpty();
        for (int i = 0; i < 2; i++) {
            try (InputStream content = blob.open()) {
                assertThat(content.readAllBytes()).containsExactly(1, 2, 3);
            }
        }
        assertThat(blob.named("other").contentType("image/png").name()).contains("other");
        assertThat(blob).hasToString("Blob");
    }

    @Test
    void aStreamCanBeReadOnceAndSaysSo() throws IOException {
        Blob blob = Blob.of(new ByteArrayInputStream(new byte[] {7})).named("a");
        assertThat(blob.open().read()).isEqualTo(7);
        assertThatThrownBy(blob::open).isInstanceOf(IOException.class).hasMessageContaining("was read already");
    }

    @Test
    void aNameKeepsAllLettersButNoControlCharacterAndNoHalfOfAPair() {
        assertThat(Blob.of(new byte[0])
                        .named("a\r\nb\u0000 \uD83D\uDE9A \uD83D")
                        .name())
                .contains("a\uFFFD\uFFFDb\uFFFD \uD83D\uDE9A \uFFFD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "text/plain; charset=utf-8", "application/vnd.api+json", "a/b ;x=\"y\""})
    void takesContentTypes(String type) {
        assertThat(Blob.of(new byte[0]).contentType(type).contentType()).contains(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "png", "image/", "/png", "image/png\n", "image/p\u00FCng", "a/b/c", "a/b;\r\nx", "a b/c"})
    void refusesWhatIsNoContentType(String type) {
        assertThatThrownBy(() -> Blob.of(new byte[0]).contentType(type))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("type/subtype");
    }

    @Test
    void aFileThatGrowsIsCutIsReplacedOrGoesIsAnErrorAtItsEnd() throws IOException {
        Path file = folder.resolve("a");
        refuses(file, "it changed", () -> Files.write(file, new byte[1], StandardOpenOption.APPEND));
        refuses(file, "it changed", () -> Files.write(file, new byte[5]));
        refuses(file, "it changed", () -> Files.setLastModifiedTime(file, FileTime.fromMillis(7)));
        refuses(file, "removed or renamed", () -> Files.delete(file));
        refuses(file, "it changed", () -> {
            FileTime time = Files.getLastModifiedTime(file);
            Files.move(file, folder.resolve("b"));
            Files.setLastModifiedTime(Files.write(file, new byte[10]), time);
        });
    }

    private interface Change {
        void make() throws IOException;
    }

    private static void refuses(Path file, String reason, Change change) throws IOException {
        Files.write(file, new byte[10]);
        try (InputStream content = Blob.of(file).open()) {
            assertThat(content.read()).isZero();
            change.make();
            assertThatThrownBy(content::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining(reason);
            assertThatThrownBy(content::read).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatIsNoRegularFileSaysWhy() {
        assertThatThrownBy(Blob.of(folder)::open).hasMessageContaining("not a regular file");
        assertThatThrownBy(Blob.of(folder.resolve("none"))::open).hasMessageContaining("there is no such file");
    }
}
