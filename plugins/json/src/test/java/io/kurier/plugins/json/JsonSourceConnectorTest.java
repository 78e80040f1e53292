// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.json;

import static java.util.Collections.singletonMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.plugins.files.ConnectorRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.zip.GZIPOutputStream;
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
class JsonSourceConnectorTest {

    @TempDir
    Path folder;

    @Test
    void isFoundByServiceLoader() {
        assertThat(ServiceLoader.load(SourceConnector.class)).hasAtLeastOneElementOfType(JsonSourceConnector.class);
    }

    @Test
    void publishesALineARecordWithoutSchema() throws IOException {
        write("a.jsonl", "\uFEFF{\"a\":[1,null,{\"b\":true}]}\r\n\n  \t\n[1]\n\"text\"\n7\nfalse\n1.5");
        try (ConnectorRun run = start(Map.of())) {
            List<SourceRecord> records = run.drain();
            List<Object> inner = new ArrayList<>(List.of(1));
            inner.add(null);
            inner.add(Map.of("b", true));
            assertThat(ConnectorRun.values(records))
                    .containsExactly(Map.of("a", inner), List.of(1), "text", 7, false, new BigDecimal("1.5"));
            assertThat(records)
                    .allSatisfy(record -> assertThat(record.valueSchema()).isNull());
            assertThat(records.get(1).sourceOffset().get("line")).isEqualTo(4L);
        }
    }

    @Test
    void rejectsBrokenLinesAloneAndShowsNothingOfThem() throws IOException {
        Files.write(
                folder.resolve("a.ndjson"),
                ("{\"canary\n{\"a\":canary}\n{\"canary\":1,\"canary\":2}\n{} canary\n\"canary\u00FC\"\nnull\n\"\\ud83d\"\n"
                                + "[".repeat(2000) + "]".repeat(2000) + "\n" + "1".repeat(2000)
                                + "\n1e99999999999\n{\"fine\":1}\n]\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        try (ConnectorRun run = start(Map.of())) {
            assertThat(run.drainValues()).containsExactly(Map.of("fine", 1));
            assertThat(run.rejections()).noneMatch(text -> text.contains("canary"));
            assertThat(run.rejections())
                    .satisfiesExactly(
                            text -> assertThat(text).startsWith("line 1: the JSON value is not complete"),
                            text -> assertThat(text).startsWith("line 2: it is not valid JSON (column "),
                            text -> assertThat(text).startsWith("line 3: an object has the same key twice"),
                            text -> assertThat(text).startsWith("line 4: "),
                            text -> assertThat(text).startsWith("line 5: the line is not UTF-8"),
                            text -> assertThat(text).startsWith("line 6: the value is null"),
                            text -> assertThat(text).startsWith("line 7: a string has half of a surrogate pair"),
                            text -> assertThat(text).startsWith("line 8: the value is nested more deeply"),
                            text -> assertThat(text).startsWith("line 9: the value is nested more deeply"),
                            text -> assertThat(text).startsWith("line 10: a number has an exponent"),
                            text -> assertThat(text).startsWith("line 12: it is not valid JSON"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\n  {\n    \"id\": 1\n  },\n  {\"id\": 2}\n]\n",
                "[{\"id\":1},{\"id\":2}]",
                "  [ {\"id\" : 1 } , {\"id\" :2} ]\n\n",
                "{\n  \"id\": 1\n}\n{\n  \"id\": 2\n}",
                "{\"id\":1}\n{\"id\":2}\n",
                "{\"id\":1}{\n\"id\":2}",
                "\uFEFF[\n{\"id\":1},{\"id\":2}]",
            })
    void findsOutHowTheRecordsLie(String content) throws IOException {
        write("a.json", content);
        try (ConnectorRun run = start(Map.of())) {
            List<SourceRecord> all = run.drain();
            assertThat(ConnectorRun.values(all)).containsExactly(Map.of("id", 1), Map.of("id", 2));
            assertThat(run.rejected).isEmpty();
            for (int committed = 1; committed <= all.size(); committed++) {
                try (ConnectorRun again = start(Map.of(), ConnectorRun.offsetsOf(all.subList(0, committed)))) {
                    assertThat(again.drainValues()).isEqualTo(ConnectorRun.values(all.subList(committed, all.size())));
                    assertThat(again.rejected).isEmpty();
                }
            }
        }
    }

    @Test
    void readsLinesInAJsonFileOfWhichTheFirstIsBroken() throws IOException {
        write("a.json", "{\"id\":\n\n{\"id\":2}\n{\"id\":3}\n");
        try (ConnectorRun run = start(Map.of())) {
            assertThat(run.drainValues()).containsExactly(Map.of("id", 2), Map.of("id", 3));
            assertThat(run.rejections()).singleElement().asString().startsWith("line 1:");
        }
    }

    @Test
    void takesLinesThatAreArraysForRecordsIfThereAreMany() throws IOException {
        write("a.json", "[1,2]\n[3]\n");
        try (ConnectorRun run = start(Map.of())) {
            assertThat(run.drainValues()).containsExactly(List.of(1, 2), List.of(3));
        }
    }

    @Test
    void takesAnArrayApartThatIsALineLongerThanARecordMayBe() throws IOException {
        write("a.json", "[" + "{\"id\":1},".repeat(50) + "{\"id\":2}]");
        try (ConnectorRun run = start(Map.of("max.record.bytes", "20"))) {
            assertThat(run.drain()).hasSize(51);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        [1,\\n 2,\\n canary]   | 2 | line 3, column 2: it is not valid JSON
        [1,\\n {"a" 2}]        | 1 | line 2, column 7: it is not valid JSON
        [1 2]                  | 1 | line 1, column 4: a comma or the end of the array is missing
        [1,]                   | 1 | line 1, column 4: it is not valid JSON
        [1,2                   | 2 | line 1, column 5: the file ends before the array does
        [1] 2                  | 1 | line 1, column 5: there is something behind the end of the array
        {"a":\\n1}\\n{"a":\\n  | 1 | line 4, column 1: the JSON value is not complete
        {"a":\\n1}\\nü         | 1 | line 3, column 1: it is not valid JSON
        """)
    void rejectsTheRestOfADocumentFromTheErrorOn(String content, int records, String rejection) throws IOException {
        write("a.json", content.replace("\\n", "\n"));
        try (ConnectorRun run = start(Map.of("layout", "values"))) {
            assertThat(run.drain()).hasSize(records);
            assertThat(run.rejections())
                    .singleElement()
                    .asString()
                    .startsWith(rejection)
                    .doesNotContain("canary");
            assertThat(run.finished).isEmpty();
        }
    }

    @Test
    void rejectsValuesThatAreJsonButRefusedAlone() throws IOException {
        Files.write(
                folder.resolve("a.json"),
                "[\n1,\nnull,\n{\"a\":1,\"a\":2},\n\"\u00FC\",\n\"too long for a record\",\n2]"
                        .getBytes(StandardCharsets.ISO_8859_1));
        try (ConnectorRun run = start(Map.of("max.record.bytes", "15"))) {
            assertThat(run.drainValues()).containsExactly(1, 2);
            assertThat(run.rejections())
                    .extracting(text -> text.substring(0, text.indexOf(',')))
                    .containsExactly("line 3", "line 4", "line 5", "line 6");
        }
    }

    @Test
    void goesOnInADocumentThatIsStillBeingWritten() throws IOException {
        Path file = write("a.json", "[\n{\"id\":1},\n{\"i");
        try (ConnectorRun run = start(Map.of("scan.interval.ms", "3600000"))) {
            assertThat(ConnectorRun.values(run.poll())).containsExactly(Map.of("id", 1));
            assertThat(run.poll()).isEmpty();
            assertThat(run.rejected).isEmpty();
        }
        try (ConnectorRun run = start(Map.of())) {
            assertThat(run.drain()).hasSize(1);
            assertThat(run.rejected).hasSize(1);
            Files.writeString(file, "d\":2}\n]", StandardOpenOption.APPEND);
            assertThat(run.drainValues()).containsExactly(Map.of("id", 2));
            assertThat(run.rejected).hasSize(1);
            assertThat(run.finished).containsExactly(new ConnectorRun.Finished(file.toString(), 2, Files.size(file)));
        }
    }

    @ParameterizedTest
    @CsvSource({"a.json,UTF-16LE", "a.json,UTF-16BE", "a.jsonl,UTF-16LE", "a.jsonl,UTF-16BE"})
    void rejectsAFileInUtf16Once(String name, String charset) throws IOException {
        Files.writeString(folder.resolve(name), "\uFEFF{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n", Charset.forName(charset));
        try (ConnectorRun run = start(Map.of())) {
            assertThat(run.drain()).isEmpty();
            assertThat(run.rejections()).singleElement().asString().contains("byte order mark of UTF-16");
        }
    }

    @Test
    void handsOverTheContentOfAValueThatItRejects() throws IOException {
        write("a.jsonl", "{\"a\":\n{}\n");
        write("b.json", "[\n {\"a\": 1,\n  \"a\": 2},\n {}]");
        try (ConnectorRun run = start(Map.of())) {
            assertThat(run.drainValues()).containsExactly(Map.of(), Map.of());
            assertThat(run.contents)
                    .containsExactly(
                            "{\"a\":".getBytes(StandardCharsets.US_ASCII),
                            "{\"a\": 1,\n  \"a\": 2}".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void takesTheKeyFromAField() throws IOException {
        write("a.jsonl", "{\"id\":\"k\",\"x\":1}\n{\"x\":2}\n{\"id\":null}\n[1]\n{\"id\":7}\n{\"id\":[7]}\n");
        try (ConnectorRun run = start(Map.of("key", "field:id"))) {
            List<SourceRecord> records = run.drain();
            assertThat(records).extracting(SourceRecord::key).containsExactly("k", null, null, null, "7");
            assertThat(records.get(0).keySchema()).isEqualTo(Schema.STRING_SCHEMA);
            assertThat(records.get(0).value()).isEqualTo(Map.of("id", "k", "x", 1));
            assertThat(records.get(2).value()).isEqualTo(singletonMap("id", null));
            assertThat(run.rejections())
                    .singleElement()
                    .asString()
                    .startsWith("line 6: the field id, which key names, is an array and cannot be a key");
        }
    }

    @Test
    void readsACompressedFileInTheLayoutOfItsName() throws IOException {
        for (String name : List.of("a.jsonl.gz", "b.json.gz")) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write("{\"a\":1}\n{\"a\":2}\n".getBytes(StandardCharsets.US_ASCII));
            }
            Files.write(folder.resolve(name), bytes.toByteArray());
        }
        try (ConnectorRun run = start(Map.of("key", "field:a", "headers", "line"))) {
            assertThat(run.drain()).extracting(SourceRecord::key).containsExactly("1", "2", "1", "2");
            assertThat(run.rejected).isEmpty();
        }
    }

    @Test
    void takesTheKeyFromANestedFieldAndTellsWhereAValueBegins() throws IOException {
        write("a.json", "[\n {\"a\": {\"b\": 9.90}},\n {\"a.b\": \"whole\",\n \"a\": {\"b\": 1}}, {\"a\": 1}]");
        try (ConnectorRun run = start(Map.of("key", "field:a.b", "headers", "line,position"))) {
            List<SourceRecord> records = run.drain();
            assertThat(records).extracting(SourceRecord::key).containsExactly("9.90", "whole", null);
            assertThat(records)
                    .extracting(
                            record -> record.headers().lastWithName("file.line").value())
                    .containsExactly("2", "3", "4");
            assertThat(records.get(0).headers().lastWithName("file.position").value())
                    .isEqualTo("3");
        }
    }

    @Test
    void readsTheSameValuesInEveryLayout() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            List<String> texts = new ArrayList<>();
            List<Object> values = new ArrayList<>();
            for (int i = random.nextInt(200); i >= 0; i--) {
                String string = "\"\\\\ü🚚\\\" [{,".repeat(random.nextInt(4)) + i;
                String decoded = "ü🚚";
                switch (random.nextInt(3)) {
                    case 0 -> {
                        texts.add("{\"a\":" + i + ",\"s\":[\"]}\\\"" + decoded + "\"]}");
                        values.add(Map.of("a", i, "s", List.of("]}\"" + decoded)));
                    }
                    case 1 -> {
                        texts.add("[[" + i + "],\"" + string.length() + "\\\\\"]");
                        values.add(List.of(List.of(i), string.length() + "\\"));
                    }
                    default -> {
                        texts.add(String.valueOf(i));
                        values.add(i);
                    }
                }
            }
            String space = " \n\t".repeat(random.nextInt(3));
            Map<String, String> contents = Map.of(
                    "lines.jsonl", String.join("\n", texts),
                    "array.json", "[" + space + String.join(space + "," + space, texts) + space + "]",
                    "values.json", "0 " + String.join("\n" + space, texts));
            for (Map.Entry<String, String> content : contents.entrySet()) {
                Path file = write(content.getKey(), content.getValue());
                boolean lines = content.getKey().startsWith("lines");
                List<Object> expected = new ArrayList<>(values);
                if (content.getKey().startsWith("values")) {
                    expected.add(0, 0);
                }
                Map<String, String> properties = Map.of("path", file.toString(), "layout", lines ? "lines" : "values");
                List<SourceRecord> all;
                try (ConnectorRun run = start(properties)) {
                    all = run.drain();
                    assertThat(ConnectorRun.values(all))
                            .as("seed %d, round %d, %s", seed, round, content)
                            .isEqualTo(expected);
                    assertThat(run.rejected).isEmpty();
                }
                int committed = 1 + random.nextInt(all.size());
                try (ConnectorRun run = start(properties, ConnectorRun.offsetsOf(all.subList(0, committed)))) {
                    assertThat(run.drainValues())
                            .as("seed %d, round %d, from %d, %s", seed, round, committed, content)
                            .isEqualTo(expected.subList(committed, expected.size()));
                }
            }
        }
    }

    private ConnectorRun start(Map<String, String> more) {
        return start(more, Map.of());
    }

    private ConnectorRun start(Map<String, String> more, Map<Map<String, ?>, Map<String, ?>> offsets) {
        Map<String, String> properties = new HashMap<>(Map.of("path", folder.toString()));
        properties.putAll(more);
        return ConnectorRun.start(new JsonSourceConnector(), properties, offsets, 1, 0);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
