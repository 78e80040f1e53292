// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.plugins.files.ConnectorRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TextSourceConnectorTest {

    @TempDir
    Path folder;

    @Test
    void isFoundByServiceLoader() {
        assertThat(ServiceLoader.load(SourceConnector.class)).hasAtLeastOneElementOfType(TextSourceConnector.class);
    }

    @Test
    void publishesLinesAsStrings() throws IOException {
        write("a.log", "größe\r\n\nlone\rcarriage return\nlast".getBytes(StandardCharsets.UTF_8));
        try (ConnectorRun run = start("UTF-8")) {
            List<SourceRecord> records = run.drain();
            assertThat(ConnectorRun.values(records)).containsExactly("größe", "", "lone\rcarriage return", "last");
            assertThat(records)
                    .allSatisfy(record -> assertThat(record.valueSchema()).isEqualTo(Schema.STRING_SCHEMA));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        UTF-8        | größe ✓ 🚚
        UTF-16       | größe ✓ 🚚
        UTF-16LE     | größe ✓ 🚚 ਊ਀
        UTF-16BE     | größe ✓ 🚚 ਊ਀
        x-UTF-16LE-BOM | größe ✓ 🚚
        UTF-32       | größe ✓ 🚚
        UTF-32LE     | größe ✓ 🚚
        UTF-32BE     | größe ✓ 🚚
        X-UTF-32BE-BOM | größe ✓ 🚚
        X-UTF-32LE-BOM | größe ✓ 🚚
        ISO-8859-1   | größe
        windows-1252 | größe €
        Shift_JIS    | 日本語テスト表
        EUC-JP       | 日本語テスト表
        ISO-2022-JP  | 日本語テスト表
        GB18030      | 中文 🚚
        Big5         | 中文許功蓋
        IBM1047      | grosse
        IBM037       | grosse
        x-IBM930     | 日本語
        """)
    void readsEveryCharsetAndGoesOnAfterEveryLine(String charset, String text) throws IOException {
        List<Object> lines = List.of(text, "", text + text, "x", text);
        write(
                "a.txt",
                String.join("\n", text, "", text + text + "\r", "x", text).getBytes(Charset.forName(charset)));
        List<SourceRecord> all;
        try (ConnectorRun run = start(charset)) {
            all = run.drain();
            assertThat(ConnectorRun.values(all)).isEqualTo(lines);
            assertThat(run.rejected).isEmpty();
        }
        for (int committed = 1; committed <= all.size(); committed++) {
            try (ConnectorRun run = start(charset, ConnectorRun.offsetsOf(all.subList(0, committed)))) {
                assertThat(run.drainValues()).isEqualTo(lines.subList(committed, lines.size()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-16, FEFF, UTF-16BE",
        "UTF-16, FFFE, UTF-16LE",
        "UTF-32, 0000FEFF, UTF-32BE",
        "UTF-32, FFFE0000, UTF-32LE",
        "x-UTF-16LE-BOM, FFFE, UTF-16LE",
        "UTF-16, '', UTF-16BE",
        "UTF-32, '', UTF-32BE"
    })
    void takesTheByteOrderFromTheMarkAndLeavesItOut(String charset, String mark, String actual) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(HexFormat.of().parseHex(mark));
        bytes.writeBytes("eins\nzwölf\n".getBytes(Charset.forName(actual)));
        write("a.txt", bytes.toByteArray());
        try (ConnectorRun run = start(charset)) {
            List<SourceRecord> records = run.drain();
            assertThat(ConnectorRun.values(records)).containsExactly("eins", "zwölf");
            try (ConnectorRun again = start(charset, ConnectorRun.offsetsOf(records.subList(0, 1)))) {
                assertThat(again.drainValues()).containsExactly("zwölf");
            }
        }
    }

    @Test
    void finishesAFileThatIsOnlyAByteOrderMark() throws IOException {
        write("a.txt", new byte[] {(byte) 0xFE, (byte) 0xFF});
        try (ConnectorRun run = start("UTF-16")) {
            assertThat(run.drain()).isEmpty();
            assertThat(run.finished)
                    .singleElement()
                    .extracting(ConnectorRun.Finished::records)
                    .isEqualTo(0L);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, FFFE, UTF-16LE, UTF-16",
        "UTF-8, FEFF, UTF-16BE, UTF-16",
        "UTF-8, FFFE0000, UTF-32LE, UTF-32",
        "UTF-8, 0000FEFF, UTF-32BE, UTF-32",
        "ISO-8859-1, FFFE, UTF-16LE, UTF-16",
        "windows-1252, EFBBBF, UTF-8, UTF-8",
        "Shift_JIS, FEFF, UTF-16BE, UTF-16",
        "IBM1047, FFFE, UTF-16LE, UTF-16",
        "UTF-16, EFBBBF, UTF-8, UTF-8",
        "UTF-16, FFFE0000, UTF-32LE, UTF-32",
        "UTF-16BE, FFFE, UTF-16LE, UTF-16",
        "UTF-16LE, FFFE0000, UTF-32LE, UTF-32",
        "UTF-32, FFFE, UTF-16LE, UTF-16"
    })
    void rejectsAFileWithTheMarkOfAnotherCharsetOnceAndNamesTheCharsetToSet(
            String charset, String mark, String actual, String advice) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(HexFormat.of().parseHex(mark));
        bytes.writeBytes("canary\nzwölf\nline\n".getBytes(Charset.forName(actual)));
        Path marked = write("a.txt", bytes.toByteArray());
        write("b.txt", "eins\n".getBytes(Charset.forName(charset.equals("UTF-16") ? "UTF-16BE" : charset)));
        try (ConnectorRun run = start(charset)) {
            assertThat(run.drainValues()).containsExactly("eins");
            Files.write(marked, "more\n".getBytes(Charset.forName(actual)), StandardOpenOption.APPEND);
            write("c.txt", "zwei\n".getBytes(Charset.forName(charset.equals("UTF-16") ? "UTF-16BE" : charset)));
            assertThat(run.drainValues()).containsExactly("zwei");
            assertThat(run.rejections())
                    .containsExactly(": it begins with the byte order mark of " + actual
                            + ", but is to be read as charset=" + charset + ". Set charset=" + advice
                            + ", in a connector of its own if there are also files in another charset");
        }
        Files.delete(folder.resolve("b.txt"));
        Files.delete(folder.resolve("c.txt"));
        try (ConnectorRun run = start(advice)) {
            assertThat(run.drainValues()).containsExactly("canary", "zwölf", "line", "more");
        }
    }

    @ParameterizedTest
    @CsvSource({"UTF-8, EFBBBF", "UTF-16LE, FFFE", "UTF-16BE, FEFF", "UTF-32LE, FFFE0000", "UTF-32BE, 0000FEFF"})
    void leavesTheMarkOfTheDeclaredCharsetOut(String charset, String mark) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(HexFormat.of().parseHex(mark));
        bytes.writeBytes("id,name\n1,\uFEFFx\n".getBytes(Charset.forName(charset)));
        write("a.csv", bytes.toByteArray());
        try (ConnectorRun run = start(charset)) {
            List<SourceRecord> records = run.drain();
            assertThat(ConnectorRun.values(records)).containsExactly("id,name", "1,\uFEFFx");
            try (ConnectorRun again = start(charset, ConnectorRun.offsetsOf(records.subList(0, 1)))) {
                assertThat(again.drainValues()).containsExactly("1,\uFEFFx");
            }
        }
    }

    @Test
    void waitsForAMarkThatIsStillBeingWritten() throws IOException {
        Path file = write("a.txt", new byte[] {(byte) 0xEF, (byte) 0xBB});
        try (ConnectorRun run = start("UTF-8")) {
            assertThat(run.poll()).isEmpty();
            Files.write(file, new byte[] {(byte) 0xBF, 'x', '\n'}, StandardOpenOption.APPEND);
            assertThat(ConnectorRun.values(run.next())).containsExactly("x");
            assertThat(run.rejected).isEmpty();
        }
    }

    @Test
    void rejectsALineThatIsNotInTheCharsetAndShowsNothingOfIt() throws IOException {
        write("a.txt", "one\ncanary-\u00FC\nthree\n".getBytes(StandardCharsets.ISO_8859_1));
        try (ConnectorRun run = start("UTF-8")) {
            assertThat(run.drainValues()).containsExactly("one", "three");
            assertThat(run.rejections())
                    .singleElement()
                    .asString()
                    .startsWith("line 2: the line is not text in charset=UTF-8: byte 8 of it is not valid UTF-8")
                    .doesNotContain("canary");
        }
    }

    @Test
    void keepsAReplacementCharacterThatStandsInTheFile() throws IOException {
        write("a.txt", "\uFFFD\n".getBytes(StandardCharsets.UTF_8));
        try (ConnectorRun run = start("UTF-8")) {
            assertThat(run.drainValues()).containsExactly("\uFFFD");
            assertThat(run.rejected).isEmpty();
        }
    }

    @Test
    void rejectsHalfACodeUnitAtTheEndAndHalfASurrogatePair() throws IOException {
        write("a.txt", new byte[] {0, 'x', 0, '\n', 0});
        try (ConnectorRun run = start("UTF-16BE")) {
            assertThat(run.drainValues()).containsExactly("x");
            assertThat(run.rejections()).singleElement().asString().startsWith("line 2:");
        }
        write("a.txt", new byte[] {0, 0, (byte) 0xD8, 0, 0, 0, 0, '\n', 0, 0, 0, 'x'});
        try (ConnectorRun run = start("UTF-32BE")) {
            assertThat(run.drainValues()).containsExactly("x");
            assertThat(run.rejections()).singleElement().asString().startsWith("line 1:");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-9", "no charset!", "JIS_X0212-1990", "ISO-2022-CN"})
    void refusesACharsetThatCannotBeReadByLines(String charset) {
        assertThatThrownBy(() -> start(charset))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("charset");
    }

    @Test
    void readsAnyTextInUtf16AsItWasWritten() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(2_000); i > 0; i--) {
                int c = random.nextInt(5) == 0 ? '\n' : random.nextInt(0x3000);
                text.appendCodePoint(c == '\r' ? 'r' : c);
            }
            text.append('\n');
            write("a.txt", text.toString().getBytes(StandardCharsets.UTF_16LE));
            try (ConnectorRun run = start("UTF-16LE")) {
                assertThat(String.join("\n", run.drainValues().toArray(new String[0])) + "\n")
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(text.toString());
            }
        }
    }

    @Test
    void readsOnInAUtf16FileThatGrows() throws IOException {
        Path file = write("a.txt", "eins\n".getBytes(StandardCharsets.UTF_16));
        try (ConnectorRun run = start("UTF-16")) {
            assertThat(run.drainValues()).containsExactly("eins");
            Files.write(file, "zwölf\n".getBytes(StandardCharsets.UTF_16BE), StandardOpenOption.APPEND);
            assertThat(run.drainValues()).containsExactly("zwölf");
        }
    }

    private ConnectorRun start(String charset) {
        return start(charset, Map.of());
    }

    private ConnectorRun start(String charset, Map<Map<String, ?>, Map<String, ?>> offsets) {
        return ConnectorRun.start(
                new TextSourceConnector(), Map.of("path", folder.toString(), "charset", charset), offsets, 1, 0);
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }
}
