// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.plugins.files.ConnectorRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MultilineTest {

    /** What continues a stack trace of Java. */
    private static final String TRACE = "^(\\s|Caused by:)";

    private static final String FAILED = """
            2026-07-01 ERROR it failed
            java.lang.IllegalStateException: no order
            \tat shop.Orders.find(Orders.java:7)
            \tat shop.Main.main(Main.java:3)
            Caused by: java.io.IOException: no disk
            \tat shop.Disk.read(Disk.java:9)
            \t... 2 more
            """;

    @TempDir
    Path folder;

    @Test
    void aStackTraceIsOneRecordWithTheLineBeforeIt() throws IOException {
        write("INFO one\n" + FAILED + "INFO two\n");
        try (ConnectorRun run = start(Map.of("multiline.pattern", "^(\\s|Caused by:|[\\w.]+Exception: )"))) {
            assertThat(run.drainValues()).containsExactly("INFO one", FAILED.strip(), "INFO two");
        }
        try (ConnectorRun run = start(Map.of("multiline.pattern", "^(INFO|\\d{4}-)", "multiline.match", "begins"))) {
            assertThat(run.drainValues()).containsExactly("INFO one", FAILED.strip(), "INFO two");
        }
        try (ConnectorRun run = start(Map.of("multiline.pattern", TRACE))) {
            assertThat(run.drain()).hasSize(4);
        }
    }

    @Test
    void aRestartGoesOnBehindEveryRecord() throws IOException {
        write(FAILED.repeat(3) + "last\r\n more");
        List<SourceRecord> all;
        try (ConnectorRun run = start(Map.of("multiline.pattern", TRACE))) {
            all = run.drain();
            assertThat(all).hasSize(7);
            assertThat(all.get(6).value()).isEqualTo("last\n more");
        }
        for (int stored = 0; stored <= all.size(); stored++) {
            try (ConnectorRun run =
                    start(Map.of("multiline.pattern", TRACE), ConnectorRun.offsetsOf(all.subList(0, stored)))) {
                assertThat(run.drainValues()).isEqualTo(ConnectorRun.values(all.subList(stored, all.size())));
                assertThat(run.rejected).isEmpty();
            }
        }
    }

    @Test
    void theLastRecordWaitsUntilAnotherBeginsOrTheFileHasSettled() throws IOException {
        Path file = write("one\ntwo\n a\n");
        Map<String, String> slow = Map.of("multiline.pattern", TRACE, "scan.interval.ms", "3600000");
        try (ConnectorRun run = start(slow)) {
            assertThat(ConnectorRun.values(run.poll())).containsExactly("one");
            assertThat(run.poll()).isEmpty();
        }
        try (ConnectorRun run = start(Map.of("multiline.pattern", TRACE))) {
            List<Object> values = new ArrayList<>(ConnectorRun.values(run.poll()));
            Files.writeString(file, " b\nthree\n", StandardOpenOption.APPEND);
            values.addAll(run.drainValues());
            assertThat(values).containsExactly("one", "two\n a\n b", "three");
        }
    }

    @Test
    void aRecordTellsInWhichLineItBegins() throws IOException {
        write("one\n a\n b\ntwo\n c\n");
        try (ConnectorRun run = start(Map.of("multiline.pattern", TRACE, "headers", "line,position"))) {
            List<SourceRecord> records = run.drain();
            assertThat(records)
                    .extracting(
                            record -> record.headers().lastWithName("file.line").value())
                    .containsExactly("1", "4");
            assertThat(records)
                    .extracting(record ->
                            record.headers().lastWithName("file.position").value())
                    .containsExactly("0", "10");
            assertThat(records.get(0).sourceOffset().get("position")).isEqualTo(10L);
            assertThat(records.get(0).sourceOffset().get("line")).isEqualTo(3L);
        }
    }

    @Test
    void aRecordWithTooManyLinesIsDividedAndOneWithTooManyBytesIsRejected() throws IOException {
        write("a\n 1\n 2\n 3\nb\n" + " 456\n".repeat(4) + "c\n");
        try (ConnectorRun run =
                start(Map.of("multiline.pattern", TRACE, "multiline.max.lines", "3", "max.record.bytes", "10"))) {
            assertThat(run.drainValues()).containsExactly("a\n 1\n 2", " 3", " 456\n 456", "c");
            assertThat(run.rejections())
                    .singleElement()
                    .asString()
                    .startsWith("line 5: the lines up to line 7 have 12 bytes, more than max.record.bytes=10");
        }
    }

    @Test
    void aLineThatIsRejectedEndsTheRecordBeforeIt() throws IOException {
        Files.write(folder.resolve("a.log"), "one\n a\n \u00FC\n b\n".getBytes(StandardCharsets.ISO_8859_1));
        try (ConnectorRun run = start(Map.of("multiline.pattern", TRACE))) {
            assertThat(run.drainValues()).containsExactly("one\n a", " b");
            assertThat(run.rejections()).singleElement().asString().startsWith("line 3: ");
            assertThat(run.contents).containsExactly(" \u00FC".getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void refusesAPatternThatIsNone() {
        assertThatThrownBy(() -> start(Map.of("multiline.pattern", "(")).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is no regular expression");
    }

    private ConnectorRun start(Map<String, String> more) {
        return start(more, Map.of());
    }

    private ConnectorRun start(Map<String, String> more, Map<Map<String, ?>, Map<String, ?>> offsets) {
        Map<String, String> properties = new HashMap<>(Map.of("path", folder.toString()));
        properties.putAll(more);
        return ConnectorRun.start(new TextSourceConnector(), properties, offsets, 1, 0);
    }

    private Path write(String content) throws IOException {
        return Files.writeString(folder.resolve("a.log"), content, StandardCharsets.UTF_8);
    }
}
