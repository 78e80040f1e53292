// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.plugins.files.internal.KeyText;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class KeysAndHeadersTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeAFile() throws IOException {
        file = Files.createDirectory(folder.resolve("sub")).resolve("a.txt");
        Files.writeString(file, "one\n\nthree\n", StandardCharsets.US_ASCII);
    }

    @Test
    void aRecordHasNoKeyAndNoHeadersUnlessAsked() {
        try (ConnectorRun run = start(Map.of())) {
            assertThat(run.drain()).hasSize(3).allSatisfy(record -> {
                assertThat(record.key()).isNull();
                assertThat(record.keySchema()).isNull();
                assertThat(record.headers()).isEmpty();
            });
        }
    }

    @Test
    void theKeyIsTheNameOrThePathOfTheFile() {
        try (ConnectorRun run = start(Map.of("key", "file"))) {
            assertThat(run.drain()).hasSize(3).allSatisfy(record -> {
                assertThat(record.key()).isEqualTo("a.txt");
                assertThat(record.keySchema()).isEqualTo(Schema.STRING_SCHEMA);
            });
        }
        try (ConnectorRun run = start(Map.of("key", "path"))) {
            assertThat(run.drain()).extracting(SourceRecord::key).containsOnly(file.toString());
        }
    }

    @Test
    void headersNameTheFileAndWhereTheRecordBegins() {
        try (ConnectorRun run = start(Map.of("headers", "file,path,line,position"))) {
            List<SourceRecord> records = run.drain();
            assertThat(headers(records.get(0)))
                    .isEqualTo(Map.of(
                            "file.name",
                            "a.txt",
                            "file.path",
                            file.toString(),
                            "file.line",
                            "1",
                            "file.position",
                            "0"));
            assertThat(headers(records.get(2))).containsEntry("file.line", "3").containsEntry("file.position", "5");
            assertThat(records.get(0).headers())
                    .allSatisfy(header -> assertThat(header.schema()).isEqualTo(Schema.STRING_SCHEMA));
        }
    }

    @Test
    void aBinaryFormatHasNoLines() throws IOException {
        Files.write(folder.resolve("a.bin"), new byte[] {1, 'a', (byte) 255, 1, 'b'});
        try (ConnectorRun run = ConnectorRun.start(
                new LengthFormat.Connector(), Map.of("path", folder.toString(), "headers", "line,position"))) {
            assertThat(run.drain())
                    .extracting(KeysAndHeadersTest::headers)
                    .containsExactly(Map.of("file.position", "0"), Map.of("file.position", "3"));
        }
    }

    @Test
    void refusesWhatItCannotMakeAKeyOrAHeaderOf() {
        assertThatThrownBy(() -> start(Map.of("key", "field:id")).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("have no fields. Write none, file, path.");
        assertThatThrownBy(() -> start(Map.of("key", "id")).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is none of none, file, path");
        assertThatThrownBy(() -> start(Map.of("headers", "offset")).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("headers");
    }

    @Test
    void theTextOfANumberHasAllItsDigitsAndNoExponent() {
        assertThat(KeyText.of(7)).isEqualTo("7");
        assertThat(KeyText.of(new BigInteger("12345678901234567890"))).isEqualTo("12345678901234567890");
        assertThat(KeyText.of(new BigDecimal("9.90"))).isEqualTo("9.90");
        assertThat(KeyText.of(new BigDecimal("1e3"))).isEqualTo("1000");
        assertThat(KeyText.of(1e10)).isEqualTo("10000000000");
        assertThat(KeyText.of(0.1f)).isEqualTo("0.1");
        assertThat(KeyText.of(new BigDecimal("1e1000000"))).isEqualTo("1E+1000000");
        assertThat(KeyText.of(true)).isEqualTo("true");
        assertThat(KeyText.of(null)).isNull();
        assertThat(KeyText.of(List.of())).isNull();
    }

    private ConnectorRun start(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of("path", folder.toString()));
        properties.putAll(more);
        return ConnectorRun.start(new LineFormat.Connector(), properties);
    }

    private static Map<String, Object> headers(SourceRecord record) {
        Map<String, Object> headers = new HashMap<>();
        StreamSupport.stream(record.headers().spliterator(), false)
                .forEach(header -> headers.put(header.key(), header.value()));
        return headers;
    }
}
