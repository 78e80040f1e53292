// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class FileSourceConnectorTest {

    @TempDir
    Path folder;

    private final FileSourceConnector connector = new LineFormat.Connector();

    @Test
    void givesAFolderAllTasksAndAFileOne() throws IOException {
        connector.start(Map.of("topic", "t", "path", folder.toString()));
        assertThat(connector.taskConfigs(4))
                .extracting(config -> config.get("task.index") + "/" + config.get("task.count"))
                .containsExactly("0/4", "1/4", "2/4", "3/4");

        Path file = Files.writeString(folder.resolve("a.txt"), "x");
        connector.start(Map.of("topic", "t", "path", file.toString()));
        assertThat(connector.taskConfigs(4)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        topic            |            | non-empty
        path             | /not/there | Create the file or folder before the start
        path             |            | Name the one to read
        include          |            | at least one glob
        include          | a/*.txt    | without folders
        include          | *.{txt,log}| write *.a,*.b
        exclude          | a/*.txt    | without folders
        exclude          | *.{txt,log}| write *.a,*.b
        scan.interval.ms | 0          | at least 1
        batch.records    | 0          | at least 1
        max.record.bytes | 0          | at least 1
        """)
    void refusesAWrongValueAndSaysWhatToDo(String key, String value, String advice) {
        Map<String, String> properties = new HashMap<>(Map.of("topic", "t", "path", folder.toString()));
        properties.put(key, value == null ? "" : value);
        assertThatThrownBy(() -> connector.start(properties))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(advice);
        assertThat(connector.validate(properties).configValues())
                .filteredOn(v -> !v.errorMessages().isEmpty())
                .singleElement()
                .satisfies(v -> assertThat(v.name()).isEqualTo(key));
    }

    @Test
    void namesAFileOnceHoweverThePathIsWritten() throws IOException {
        Files.createDirectory(folder.resolve("sub"));
        Path file = Files.writeString(folder.resolve("a.txt"), "x\n");
        try (ConnectorRun run = ConnectorRun.start(connector, Map.of("path", folder + "/sub/.././a.txt"))) {
            assertThat(run.drain())
                    .singleElement()
                    .satisfies(
                            record -> assertThat(record.sourcePartition()).isEqualTo(Map.of("file", file.toString())));
        }
    }

    @Test
    void supportsExactlyOnceAndAlteredOffsets() {
        Map<String, ?> partition = Map.of("file", "/a.txt");
        assertThat(connector.exactlyOnceSupport(Map.of())).isEqualTo(ExactlyOnceSupport.SUPPORTED);
        assertThat(connector.alterOffsets(Map.of(), Map.of(partition, Map.of("position", 7, "line", 1))))
                .isTrue();
        assertThat(connector.alterOffsets(Map.of(), Collections.singletonMap(partition, null)))
                .isTrue();
        assertThat(connector.alterOffsets(
                        Map.of(), Map.of(partition, Map.of("position", 7, "file.key", "12", "file.head", "7:ab"))))
                .isTrue();
        for (Object head : List.of("7", "-1:ab", "16385:ab", 7)) {
            assertThatThrownBy(() -> connector.alterOffsets(
                            Map.of(), Map.of(partition, Map.of("position", 7, "file.head", head))))
                    .isInstanceOf(ConnectException.class)
                    .hasRootCauseMessage("The source offset has a \"file.key\" or a \"file.head\" that no file"
                            + " connector writes. Leave both out to go on at \"position\" in whatever file is there.");
        }
        assertThatThrownBy(() -> connector.alterOffsets(Map.of(), Map.of(partition, Map.of("position", -1))))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("/a.txt");
        assertThatThrownBy(() -> connector.alterOffsets(Map.of(), Map.of(Map.of("filename", "x"), Map.of())))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("\"file\"");
    }

    @Test
    void keepsAPositionAndItsMarksInTheSourceOffset() {
        Position position = new Position(12, 3, Map.of("column", 5L, "array", true));
        assertThat(Position.ofSourceOffset(new SourceOffset(position, new FileIdentity("1", 2, "3", "gzip"))))
                .isEqualTo(position);
        assertThat(Position.ofSourceOffset(Map.of("position", 12, "line", 3)).bytes())
                .isEqualTo(12);
    }
}
