// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.serializers.media.Blob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleTest {
    @TempDir
    private Path folder;

    @Test
    void eachLineOfTextThatIsNotBlankIsARecord() throws Exception {
        Sample sample = Sample.read(write("a.log", "one\n\n  \ntwo\u00e9"), null);
        assertThat(sample.serializer()).isEqualTo("text");
        assertThat(sample.type()).isEqualTo(String.class);
        assertThat(sample.values()).containsExactly("one", "two\u00e9");
        assertThat(sample.bytes()).isEqualTo(8);
        assertThat(sample.bytesOfOne()).isEqualTo(4);
    }

    @Test
    void eachLineOfJsonIsAValue() throws Exception {
        Sample sample = Sample.read(write("a.jsonl", "{\"a\":1}\n7\n"), null);
        assertThat(sample.serializer()).isEqualTo("json");
        assertThat(sample.values()).containsExactly(Map.of("a", 1), 7);
    }

    @Test
    void aWholeFileIsOneRecordOfBytesOrMedia() throws Exception {
        Path file = write("picture.png", "one\ntwo\n");
        assertThat(Sample.read(file, "bytes").values()).containsExactly("one\ntwo\n".getBytes());
        Sample media = Sample.read(file, null);
        assertThat(media.serializer()).isEqualTo("media");
        assertThat(media.values()).singleElement().isInstanceOf(Blob.class);
        assertThat(media.bytes()).isEqualTo(8);
    }

    @Test
    void theExtensionIsOverriddenByTheOption() throws Exception {
        assertThat(Sample.read(write("a.json", "no json"), "text").values()).containsExactly("no json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    a.txt   |      | "" | it is empty; name a file with records
                    a.txt   |      | "  " | all of its lines are blank; name a file with records
                    a.json  |      | null | line 1: null is no record; write one value on each line, or publish the lines with --serializer text
                    a.json  |      | {"a":  | line 1: it is not one JSON value; write one value on each line, or publish the lines with --serializer text
                    a.json  |      | 1 2 | line 1: it is not one JSON value; write one value on each line, or publish the lines with --serializer text
                    """)
    void refusesAFileWithoutRecords(String name, @Nullable String serializer, String content, String problem)
            throws Exception {
        Path file = write(name, content);
        assertThatThrownBy(() -> Sample.read(file, serializer))
                .isInstanceOfSatisfying(
                        TuneException.class, e -> assertThat(e.isOfInput()).isTrue())
                .hasMessage("--sample " + file + ": " + problem);
    }

    @Test
    void refusesTextThatIsNotUtf8() throws Exception {
        Path file = Files.write(folder.resolve("a.txt"), new byte[] {'a', '\n', (byte) 0xff});
        assertThatThrownBy(() -> Sample.read(file, null))
                .isInstanceOf(TuneException.class)
                .hasMessageContaining("it is not text in UTF-8; convert it");
    }

    private Path write(String name, String content) throws Exception {
        return Files.writeString(folder.resolve(name), content);
    }
}
