// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.plugins.files.ConnectorRun;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CsvSourceConnectorTest {

    @TempDir
    Path folder;

    @Test
    void isFoundByServiceLoader() {
        assertThat(ServiceLoader.load(SourceConnector.class)).hasAtLeastOneElementOfType(CsvSourceConnector.class);
    }

    @Test
    void takesTheKeyFromAColumnAndTellsWhereARowBegins() throws IOException {
        write("id,name\n1,\"a\nb\"\n\"\",c\n");
        try (ConnectorRun run = start(Map.of("key", "field:id", "headers", "line,position"), List.of())) {
            List<SourceRecord> records = run.drain();
            assertThat(records).extracting(SourceRecord::key).containsExactly("1", "");
            assertThat(records)
                    .extracting(
                            record -> record.headers().lastWithName("file.line").value())
                    .containsExactly("2", "4");
            assertThat(records.get(1).headers().lastWithName("file.position").value())
                    .isEqualTo("16");
        }
        try (ConnectorRun run = start(Map.of("key", "field:ID"), List.of())) {
            assertThat(run.drain()).isEmpty();
            assertThat(run.rejections())
                    .containsExactly("line 1: the header line names no column ID, which key names. Correct key, or"
                            + " remove it for records without keys");
        }
    }

    @Test
    void handsOverTheContentOfARowThatItRejects() throws IOException {
        write("id,name\n1,a,b\r\n2,b\n3\n");
        try (ConnectorRun run = start()) {
            assertThat(run.drainValues()).containsExactly(row("id", "2", "name", "b"));
            assertThat(run.contents)
                    .containsExactly(
                            "1,a,b\r\n".getBytes(StandardCharsets.US_ASCII), "3\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void publishesRowsAsObjectsWithTheNamesOfTheHeaderLine() throws IOException {
        write("id,name,\"free text\"\r\n1,Ann,\"two\r\nlines, and \"\"quotes\"\"\"\r\n2,\"\",\r\n3, b ,9.90\r\n");
        try (ConnectorRun run = start()) {
            List<SourceRecord> records = run.drain();
            assertThat(ConnectorRun.values(records))
                    .containsExactly(
                            row("id", "1", "name", "Ann", "free text", "two\r\nlines, and \"quotes\""),
                            row("id", "2", "name", "", "free text", ""),
                            row("id", "3", "name", " b ", "free text", "9.90"));
            assertThat(records).allSatisfy(record -> {
                assertThat(record.valueSchema()).isNull();
                assertThat(((Map<?, ?>) record.value()).keySet().toString()).isEqualTo("[id, name, free text]");
            });
            assertThat(records.get(0).sourceOffset().get("line")).isEqualTo(3L);
            assertThat(records.get(0).sourceOffset().get("position")).isEqualTo(57L);
            assertThat(run.rejected).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, größe ✓ 🚚",
        "UTF-16, größe ✓ 🚚",
        "UTF-16LE, größe ✓ Ē℀Ⰰ∀",
        "UTF-32BE, größe ✓ 🚚",
        "windows-1252, größe €",
        "Shift_JIS, 日本語テスト表",
        "GB18030, 中文 🚚",
        "IBM1047, grosse"
    })
    void readsEveryRowOfEveryCharsetAndGoesOnBehindIt(String charset, String text) throws IOException {
        String quoted = '"' + text + ",\n" + text + '"';
        Files.write(
                folder.resolve("a.csv"),
                ("a," + text + "\n1," + text + "\r\n" + quoted + ",2\n3," + quoted + "\n\n4,5")
                        .getBytes(Charset.forName(charset)));
        List<Object> rows = List.of(
                row("a", "1", text, text),
                row("a", text + ",\n" + text, text, "2"),
                row("a", "3", text, text + ",\n" + text),
                row("a", "4", text, "5"));
        List<SourceRecord> all;
        try (ConnectorRun run = start(Map.of("charset", charset), List.of())) {
            all = run.drain();
            assertThat(ConnectorRun.values(all)).isEqualTo(rows);
            assertThat(run.rejected).isEmpty();
        }
        for (int committed = 1; committed <= all.size(); committed++) {
            try (ConnectorRun run = start(Map.of("charset", charset), all.subList(0, committed))) {
                assertThat(run.drainValues()).isEqualTo(rows.subList(committed, rows.size()));
                assertThat(run.rejected).isEmpty();
            }
        }
    }

    @Test
    void readsAnyTableAsItWasWritten() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            int columns = 1 + random.nextInt(5);
            StringBuilder csv = new StringBuilder();
            List<Object> rows = new ArrayList<>();
            csv.append(IntStream.range(0, columns).mapToObj(i -> "c" + i).collect(Collectors.joining(";")));
            for (int i = random.nextInt(20); i > 0; i--) {
                csv.append(random.nextBoolean() ? "\r\n" : "\n");
                Map<String, String> row = new LinkedHashMap<>();
                for (int column = 0; column < columns; column++) {
                    String field = field(random);
                    row.put("c" + column, field);
                    boolean quotes = field.isEmpty() && columns == 1
                            || field.matches("(?s).*[\";\r\n].*")
                            || random.nextInt(4) == 0;
                    csv.append(column > 0 ? ";" : "").append(quotes ? '"' + field.replace("\"", "\"\"") + '"' : field);
                }
                rows.add(row);
            }
            csv.append(random.nextBoolean() && !rows.isEmpty() ? "" : "\n");
            write(csv.toString());
            try (ConnectorRun run = start(Map.of("delimiter", ";"), List.of())) {
                assertThat(run.drainValues())
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(rows);
                assertThat(run.rejected).isEmpty();
            }
        }
    }

    private static String field(Random random) {
        String letters = "ab,;\"\r\n \t\u00FC\u20AC";
        return random.ints(random.nextInt(6), 0, letters.length())
                .mapToObj(i -> letters.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource({"';', 'a;b\n1,2;3\n'", "|, 'a|b\n1,2|3\n'", "tab, 'a\tb\n1,2\t3\n'"})
    void takesOtherDelimiters(String delimiter, String content) throws IOException {
        write(content);
        try (ConnectorRun run = start(Map.of("delimiter", delimiter), List.of())) {
            assertThat(run.drainValues()).containsExactly(row("a", "1,2", "b", "3"));
        }
    }

    @Test
    void rejectsAMalformedRowWithItsLineAndReadsTheOthers() throws IOException {
        String content =
                "a,b\n1,\"2\n3\"\ncanary\n1,2,3\n5\" pipe,x\n\"x\"y,1\n1\r2,3\nok,\"ok\"\n\n\u00FCx,\"b\"\nlast,1\n";
        Files.write(folder.resolve("a.csv"), content.getBytes(StandardCharsets.ISO_8859_1));
        try (ConnectorRun run = start()) {
            assertThat(run.drainValues())
                    .containsExactly(row("a", "1", "b", "2\n3"), row("a", "ok", "b", "ok"), row("a", "last", "b", "1"));
            assertThat(run.rejections())
                    .satisfiesExactly(
                            few -> assertThat(few)
                                    .startsWith("line 4: the row has 1 fields, but the header line names 2"),
                            many -> assertThat(many).startsWith("line 5: the row has 3 fields"),
                            quote -> assertThat(quote).startsWith("line 6: a quotation mark stands in a field"),
                            behind ->
                                    assertThat(behind).startsWith("line 7: something stands behind the quotation mark"),
                            lone -> assertThat(lone).startsWith("line 8: a carriage return without a line feed"),
                            text -> assertThat(text)
                                    .startsWith("line 11: field 1 of the row is not text in the charset"))
                    .noneMatch(text -> text.contains("canary") || text.contains("pipe"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        'a,b,a'       | line 1: column 3 has the same name as column 1
        ''            | line 1: the first line is empty
        'a,"b"c'      | line 1: something stands behind
        'a,"b'        | line 1: a quotation mark opens a field here, and none closes it
        'a\rb'        | line 1: a carriage return without a line feed
        """)
    void refusesAFileWhoseHeaderLineNamesNoColumns(String header, String reason) throws IOException {
        write(header + "\n1,2\n");
        try (ConnectorRun run = start()) {
            assertThat(run.drainValues()).isEmpty();
            assertThat(run.rejections()).singleElement().asString().startsWith(reason);
        }
    }

    @Test
    void refusesMoreColumnsThanMemoryAllows() throws IOException {
        write(",".repeat(16_384) + "\n" + ",".repeat(16_384) + "\n");
        try (ConnectorRun run = start()) {
            assertThat(run.drainValues()).isEmpty();
            assertThat(run.rejections())
                    .containsExactly("line 1: the header line names 16385 columns. At most 16384 can be read");
        }
    }

    @Test
    void rejectsWhatIsOpenedAndNotClosedAndReadsItOnceItIs() throws IOException {
        Path file = write("a,b\n1,2\n3,\"4\n5,6\n");
        try (ConnectorRun run = start()) {
            assertThat(run.drainValues()).containsExactly(row("a", "1", "b", "2"));
            assertThat(run.rejections())
                    .singleElement()
                    .asString()
                    .startsWith("line 3: a quotation mark opens a field");
            append(file, "7\"\n8,9\n");
            assertThat(run.drainValues()).containsExactly(row("a", "3", "b", "4\n5,6\n7"), row("a", "8", "b", "9"));
            assertThat(run.rejected).hasSize(1);
        }
    }

    @Test
    void takesALineEndThatFollowsTheLastRowForItsEnd() throws IOException {
        Path file = write("a\n1");
        try (ConnectorRun run = start()) {
            assertThat(run.drainValues()).containsExactly(row("a", "1"));
            append(file, "\r\n2");
            assertThat(run.drainValues()).containsExactly(row("a", "2"));
            append(file, "3\n4\n");
            assertThat(run.drainValues()).containsExactly(row("a", "4"));
            assertThat(run.rejections())
                    .singleElement()
                    .asString()
                    .startsWith("line 3: the row was published as the last");
        }
    }

    @Test
    void waitsForAHeaderLineAndARowThatAreStillBeingWritten() throws IOException {
        Path file = write("a,");
        try (ConnectorRun run = start(Map.of("scan.interval.ms", "1000"), List.of())) {
            assertThat(run.poll()).isEmpty();
            append(file, "b\n1,\"2\n");
            assertThat(run.poll()).isEmpty();
            append(file, "3\"\n");
            assertThat(ConnectorRun.values(run.next())).containsExactly(row("a", "1", "b", "2\n3"));
            assertThat(run.rejected).isEmpty();
        }
    }

    @Test
    void boundsWhatARowMayTakeInTheFileAndAsAnObject() throws IOException {
        write("a,b\n" + "x".repeat(98) + ",1\n\"" + "y\n".repeat(50_000) + "\",2\n3,4\n");
        try (ConnectorRun run = start(Map.of("max.record.bytes", "100"), List.of())) {
            assertThat(run.drainValues()).containsExactly(row("a", "3", "b", "4"));
            assertThat(run.rejections())
                    .satisfiesExactly(
                            object -> assertThat(object).startsWith("line 2: the row as a JSON object would have"),
                            row -> assertThat(row)
                                    .startsWith("line 3: the row has 100005 bytes, more than max.record.bytes=100"));
        }
        String names = IntStream.range(0, 10_000).mapToObj(i -> "n" + i).collect(Collectors.joining(","));
        write(names + "\n" + (",".repeat(9_999) + "\n").repeat(200));
        try (ConnectorRun run = start()) {
            assertThat(run.poll()).as("a batch of 4 MiB as objects").hasSizeBetween(10, 60);
            assertThat(run.drain()).hasSizeGreaterThan(100);
        }
    }

    @Test
    void skipsAFieldThatIsMuchLongerThanARowMayBe() throws IOException {
        Path file = write("a,b\n1,\"");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(7 + (50L << 20));
        }
        append(file, "\"\n3,4\n");
        try (ConnectorRun run = start(Map.of("max.record.bytes", "10000"), List.of())) {
            assertThat(run.drainValues()).containsExactly(row("a", "3", "b", "4"));
            assertThat(run.rejections()).singleElement().asString().startsWith("line 2: the row has 5242880");
        }
    }

    @Test
    void readsAFileThatIsReplacedWithItsOwnHeaderLine() throws IOException {
        write("a,b\n1,2\n3,4\n");
        try (ConnectorRun run = start()) {
            assertThat(run.drain()).hasSize(2);
            write("b,a\n5,6\n7,8\n9,10\n");
            assertThat(run.drainValues())
                    .containsExactly(row("b", "5", "a", "6"), row("b", "7", "a", "8"), row("b", "9", "a", "10"));
        }
    }

    @Test
    void rejectsAFileWithTheMarkOfAnotherCharsetAsAWhole() throws IOException {
        Files.write(folder.resolve("a.csv"), "\uFEFFa,b\n1,2\n".getBytes(StandardCharsets.UTF_16LE));
        Files.write(folder.resolve("b.csv"), "\uFEFFa,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        try (ConnectorRun run = start()) {
            assertThat(run.drainValues()).containsExactly(row("a", "1", "b", "2"));
            assertThat(run.rejections()).singleElement().asString().contains("Set charset=UTF-16");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-9", "ISO-2022-JP", "x-IBM930"})
    void refusesACharsetWhoseSignsCannotBeFound(String charset) {
        assertThatThrownBy(() -> start(Map.of("charset", charset), List.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("charset");
    }

    @Test
    void refusesADelimiterThatIsAPartOfOtherCharactersOfTheCharset() {
        assertThatThrownBy(() -> start(Map.of("charset", "Shift_JIS", "delimiter", "|"), List.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("delimiter");
    }

    private static Map<String, String> row(String... namesAndValues) {
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }

    private ConnectorRun start() {
        return start(Map.of(), List.of());
    }

    private ConnectorRun start(Map<String, String> more, List<SourceRecord> committed) {
        Map<String, String> properties = new HashMap<>(Map.of("path", folder.toString()));
        properties.putAll(more);
        return ConnectorRun.start(new CsvSourceConnector(), properties, ConnectorRun.offsetsOf(committed), 1, 0);
    }

    private Path write(String content) throws IOException {
        return Files.writeString(folder.resolve("a.csv"), content);
    }

    private static void append(Path file, String content) throws IOException {
        Files.writeString(file, content, StandardOpenOption.APPEND);
    }
}
