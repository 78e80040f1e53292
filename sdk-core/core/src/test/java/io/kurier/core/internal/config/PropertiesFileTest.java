// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.StartException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertiesFileTest {
    @TempDir
    private Path folder;

    @Test
    void passesOverAByteOrderMark() throws IOException {
        assertThat(read("\uFEFFtopics=a\nclient.id=\uFEFFb"))
                .containsExactly(setting("topics", "a", 1), setting("client.id", "\uFEFFb", 2));
        assertThat(read("\uFEFF# a comment\ntopics=a")).containsExactly(setting("topics", "a", 2));
    }

    @ParameterizedTest
    @CsvSource({"'\\n'", "'\\r\\n'", "'\\r'"})
    void countsLinesWhateverEndsThem(String escaped) throws IOException {
        String end = escaped.translateEscapes();
        assertThat(read(String.join(end, "# comment", "", "topics=a,\\", "    b", "client.id=c")))
                .containsExactly(setting("topics", "a,b", 3), setting("client.id", "c", 5));
    }

    @Test
    void readsKeysAndValuesAsPropertiesDo() throws IOException {
        assertThat(read("""
                a : 1
                  b\t2
                ! a comment
                c
                d = two words \s
                e\\ f=a\\tb
                g=caf\\u00e9 é \\
                # no comment
                h=\\\\
                i=last"""))
                .containsExactly(
                        setting("a", "1", 1),
                        setting("b", "2", 2),
                        setting("c", "", 4),
                        setting("d", "two words", 5),
                        setting("e f", "a\tb", 6),
                        setting("g", "café é # no comment", 7),
                        setting("h", "\\", 9),
                        setting("i", "last", 10));
    }

    @Test
    void keepsAKeyThatStandsTwice() throws IOException {
        assertThat(read("a=1\na=2")).containsExactly(setting("a", "1", 1), setting("a", "2", 2));
    }

    @Test
    void namesTheLineThatIsNotUtf8AndReadsTheOthers() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write("# na\u00efve\ntopics=na".getBytes(StandardCharsets.ISO_8859_1));
        bytes.write("\u00efve\nclient.id=a\n".getBytes(StandardCharsets.ISO_8859_1));
        List<Setting> settings = read(bytes.toByteArray());
        assertThat(settings).hasSize(2);
        assertThat(settings.get(0))
                .isEqualTo(Setting.defective(
                                "topics", "kurier.properties:2", "the line is not UTF-8. Save the file in UTF-8.")
                        .in(folder.resolve("kurier.properties")));
        assertThat(settings.get(1)).isEqualTo(setting("client.id", "a", 3));
    }

    @Test
    void namesTheLineWithABrokenEscapeAndReadsTheOthers() throws IOException {
        List<Setting> settings = read("client.id=C:\\users\ntopics=a");
        assertThat(settings.get(0).key()).isEqualTo("client.id");
        assertThat(settings.get(0).isUsable()).isFalse();
        assertThat(settings.get(0).defect()).startsWith("\\u must be followed by four hexadecimal digits");
        assertThat(settings.get(1)).isEqualTo(setting("topics", "a", 2));
    }

    @Test
    void readsAnEmptyFile() throws IOException {
        assertThat(read("")).isEmpty();
    }

    @Test
    void refusesADirectoryAndWhatIsNotThere() {
        assertThatThrownBy(() -> PropertiesFile.read(folder))
                .isInstanceOf(StartException.class)
                .hasMessage(folder + ": a directory; name a properties file");
        assertThatThrownBy(() -> PropertiesFile.read(folder.resolve("no.properties")))
                .isInstanceOf(StartException.class)
                .hasMessage(folder.resolve("no.properties") + ": no such file; name a properties file");
    }

    private Setting setting(String key, String value, int line) {
        return new Setting(key, value, "kurier.properties:" + line).in(folder.resolve("kurier.properties"));
    }

    private List<Setting> read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<Setting> read(byte[] bytes) throws IOException {
        return PropertiesFile.read(Files.write(folder.resolve("kurier.properties"), bytes));
    }
}
