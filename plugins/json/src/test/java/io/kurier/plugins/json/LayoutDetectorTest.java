// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.plugins.files.ConnectorRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LayoutDetectorTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ \"rows\": [\n{\"id\": 1},\n{\"id\": 2}\n]}",
                "{ \"rows\": [\n{\"id\": 1},\n{\"id\": 2}\n]}\n",
                "{ \"rows\":\n[{\"id\": 1}, {\"id\": 2}]\n}\n",
                "{\"rows\": [ {\"id\": 1}\n,\n{\"id\": 2} ]\n}\n",
                "\n\r\n{\r\n\"rows\": [\r\n{\"id\": 1}\r\n,{\"id\": 2}\r\n]\r\n}\r\n",
                "\uFEFF{\"rows\":[{\"id\":1},\n{\"id\":2}]}",
                "{\n\"rows\"\n:\n[\n{\n\"id\"\n:\n1\n}\n,\n{\n\"id\"\n:\n2\n}\n]\n}",
            })
    void publishesOneObjectOverManyLinesAsOneRecord(String content) throws IOException {
        write(content);
        try (ConnectorRun run = start(Map.of())) {
            assertThat(run.drainValues()).containsExactly(Map.of("rows", List.of(Map.of("id", 1), Map.of("id", 2))));
            assertThat(run.rejected).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 98, 99, 100, 101, 102, 5000})
    void publishesADocumentAsOneRecordWhateverTheNumberOfItsLines(int rows) throws IOException {
        String lines = String.join(
                ",\n",
                IntStream.range(0, rows).mapToObj(i -> "{\"id\":" + i + "}").toList());
        write("{ \"rows\": [\n" + lines + "\n]}\n");
        try (ConnectorRun run = start(Map.of())) {
            assertThat(run.drainValues()).singleElement().asString().endsWith("{id=" + (rows - 1) + "}]}");
            assertThat(run.rejected).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1}\n{\n\"id\":2\n}\n",
                "{\n\"id\":1\n}\n{\"id\":2}\n",
                "{\"id\":1} {\"id\":2}\n",
                "{\"id\":1}\n{\n\"id\":\n2}",
            })
    void readsValuesOneAfterTheOtherWhicheverOfThemEndsInItsLine(String content) throws IOException {
        write(content);
        try (ConnectorRun run = start(Map.of())) {
            assertThat(run.drainValues()).containsExactly(Map.of("id", 1), Map.of("id", 2));
            assertThat(run.rejected).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // cut off in each place where a line can be
                "{\"id\":0}\n{\"id\":1}\n{\n{\"id\":3}\n",
                "{\"id\":0}\n{\"id\":1}\n{\"i\n{\"id\":3}\n",
                "{\"id\":0}\n{\"id\":1}\n{\"id\"\n{\"id\":3}\n",
                "{\"id\":0}\n{\"id\":1}\n{\"id\":\n{\"id\":3}\n",
                "{\"id\":0}\n{\"id\":1}\n{\"id\":2\n{\"id\":3}\n",
                "{\"id\":0}\n{\"id\":1}\n{\"id\":2,\n{\"id\":3}\n",
                "{\"id\":0}\n{\"id\":1}\n{\"a\":[\n{\"id\":3}\n",
                "{\"id\":0}\n{\"id\":1}\n2}\n{\"id\":3}\n",
                "{\"id\":0}\n{\"id\":1}\n{\"id\":2}{\"id\":\n{\"id\":3}",
                "{\"id\":0}\n{\"id\":1}\nnonsense\n{\"id\":3}",
            })
    void readsLinesOfWhichOneIsBroken(String content) throws IOException {
        write(content);
        try (ConnectorRun run = start(Map.of())) {
            assertThat(run.drainValues()).containsExactly(Map.of("id", 0), Map.of("id", 1), Map.of("id", 3));
            assertThat(run.rejections()).singleElement().asString().startsWith("line 3: ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ \"rows\": [\n{\"id\": 1},\n{\"id\": 2}\n{\"id\": 3}\n]}\n",
                "{ rows: [\n{\"id\": 1},\n{\"id\": 2}\n]}\n",
                "{ \"rows\": [\n{\"id\": 1},\n{\"id\": 2}\n",
                "{ \"rows\": [\n{\"id\": 1}\n",
                "{ \"rows\":\n{\"id\": 1}\n",
            })
    void publishesNothingOfADocumentWithAMistake(String content) throws IOException {
        write(content);
        try (ConnectorRun run = start(Map.of())) {
            assertThat(run.drain()).isEmpty();
            assertThat(run.rejected).hasSize(1);
        }
    }

    @Test
    void decidesNothingWhileTheBeginningOfADocumentIsWritten() throws IOException {
        for (String soFar : List.of("{ \"rows\": [\n", "{\"id\": 1},\n", "{\"id\": 2}\n")) {
            append(soFar);
            try (ConnectorRun run = start(Map.of("scan.interval.ms", "3600000"))) {
                assertThat(run.poll()).as(soFar).isEmpty();
                assertThat(run.rejected).isEmpty();
            }
        }
        append("]}");
        try (ConnectorRun run = start(Map.of())) {
            assertThat(run.drain()).hasSize(1);
        }
    }

    @Test
    void waitsForTheEndOfAFileThatMayBeOneArrayOrLinesOfArrays() throws IOException {
        append("[1,2]\n");
        try (ConnectorRun run = start(Map.of("scan.interval.ms", "3600000"))) {
            assertThat(run.poll()).isEmpty();
        }
        append("[3]\n");
        try (ConnectorRun run = start(Map.of("scan.interval.ms", "3600000"))) {
            assertThat(ConnectorRun.values(run.poll())).containsExactly(List.of(1, 2), List.of(3));
        }
    }

    @Test
    void readsLinesAtOnceThatAreStillBeingWritten() throws IOException {
        append("{\"id\":1}\n{\"i");
        try (ConnectorRun run = start(Map.of("scan.interval.ms", "3600000"))) {
            assertThat(ConnectorRun.values(run.poll())).containsExactly(Map.of("id", 1));
            assertThat(run.rejected).isEmpty();
        }
    }

    @Test
    void looksAtAPartOfALargeFileOnly() throws IOException {
        // two lines of 8 MiB without a mistake, then one; nothing tells that there is one, so it is a document
        write("{\"a\":[\n" + "1,".repeat(4 << 20) + "\n" + "1,".repeat(4 << 20) + "\n{]\n");
        try (ConnectorRun run = start(Map.of("max.record.bytes", "1000"))) {
            assertThat(run.drain()).isEmpty();
            assertThat(run.rejections())
                    .singleElement()
                    .asString()
                    .startsWith("line 1, column 1: the file ends before");
        }
    }

    private ConnectorRun start(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of("path", folder.toString()));
        properties.putAll(more);
        return ConnectorRun.start(new JsonSourceConnector(), properties);
    }

    private void write(String content) throws IOException {
        Files.writeString(folder.resolve("a.json"), content);
    }

    private void append(String content) throws IOException {
        Files.writeString(folder.resolve("a.json"), content, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
