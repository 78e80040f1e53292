// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.json;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.plugins.files.ConnectorRun;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of numbers in the host, and on a Connect worker behind JsonConverter and behind Kurier's own. */
@Timeout(60)
class NumbersTest {

    @TempDir
    Path folder;

    @Test
    void keepTheirDigitsInTheHost() throws IOException {
        write("[0,-7,2147483648,9223372036854775808,12345678901234567890,0.1,1.0,9.90,1e2,100e2,0.1234567890123456789,"
                + "1e400,1e-400,0.00,-0.0]\n");
        try (ConnectorRun run = start(Map.of())) {
            assertThat(run.drainValues())
                    .containsExactly(List.of(
                            0,
                            -7,
                            2147483648L,
                            new BigInteger("9223372036854775808"),
                            new BigInteger("12345678901234567890"),
                            new BigDecimal("0.1"),
                            new BigDecimal("1.0"),
                            new BigDecimal("9.90"),
                            new BigDecimal("1e2"),
                            new BigDecimal("100e2"),
                            new BigDecimal("0.1234567890123456789"),
                            new BigDecimal("1e400"),
                            new BigDecimal("1e-400"),
                            new BigDecimal("0.00"),
                            // a BigDecimal has no negative zero
                            -0.0));
        }
    }

    @Test
    void areRejectedAloneWhereJsonConverterTakesNone() throws IOException {
        write("""
                {"a":9.90,"b":[1e2,-0.0,9223372036854775807]}
                {"a":[12345678901234567890]}
                7
                0.1234567890123456789
                1e400
                1e-400
                -9223372036854775808
                1e300
                """);
        try (ConnectorRun run = start(Map.of("numbers", "connect"))) {
            assertThat(published(run.drain(), jsonConverter()))
                    .containsExactly(
                            "{\"a\":9.9,\"b\":[100.0,-0.0,9223372036854775807]}",
                            "7",
                            "-9223372036854775808",
                            "1.0E300");
            assertThat(run.rejected)
                    .extracting(ConnectorRun.Rejected::source)
                    .containsOnly(folder.resolve("a.jsonl").toString());
            assertThat(run.rejections())
                    .satisfiesExactly(
                            text -> assertThat(text)
                                    .startsWith("line 2: a number has more digits than a long or a double")
                                    .contains("ExactJsonConverter", "(column ")
                                    .doesNotContain("1234567"),
                            text -> assertThat(text).startsWith("line 4: a number has more digits"),
                            text -> assertThat(text).startsWith("line 5: a number has more digits"),
                            text -> assertThat(text).startsWith("line 6: a number has more digits"));
        }
    }

    @Test
    void areRejectedAloneWithinADocumentToo() throws IOException {
        Files.writeString(folder.resolve("a.json"), "[\n{\"id\":1},\n{\"id\":\n12345678901234567890},\n{\"id\":3}\n]");
        try (ConnectorRun run = start(Map.of("numbers", "connect"))) {
            assertThat(run.drainValues()).containsExactly(Map.of("id", 1), Map.of("id", 3));
            assertThat(run.rejections()).singleElement().asString().startsWith("line 4, column 2");
        }
    }

    @Test
    void passJsonConverterOrAreRejected() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            lines.add(number(random));
        }
        write(String.join("\n", lines));
        try (ConnectorRun run = start(Map.of("numbers", "connect"))) {
            List<SourceRecord> records = run.drain();
            List<String> published = published(records, jsonConverter());
            for (int i = 0; i < records.size(); i++) {
                Number line =
                        (Number) requireNonNull(records.get(i).sourceOffset().get("line"));
                assertThat(new BigDecimal(published.get(i)))
                        .as("seed %d, line %d", seed, line)
                        .isEqualByComparingTo(lines.get(line.intValue() - 1));
            }
            assertThat(records.size() + run.rejected.size()).as("seed %d", seed).isEqualTo(lines.size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.kurier.plugins.json.ExactJsonConverter", "ExactJsonConverter", "ExactJson"})
    void keepTheirDigitsOnAWorkerWhoseConverterWritesThem(String name) throws Exception {
        List<String> lines = List.of(
                "{\"a\":9.90,\"b\":[12345678901234567890,0.00,true,null],\"c\":\"grün 🚚\"}",
                "1E+2",
                "0.1234567890123456789",
                "9".repeat(1000));
        write(String.join("\n", lines));
        List<SourceRecord> records = onAWorker(Map.of("value.converter", name));
        assertThat(published(records, new ExactJsonConverter())).isEqualTo(lines);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "org.apache.kafka.connect.json.JsonConverter"})
    void becomeThoseOfConnectOnAWorkerWithAnyOtherConverter(String name) throws Exception {
        write("9.90\n12345678901234567890\n7\n");
        assertThat(ConnectorRun.values(onAWorker(name.isEmpty() ? Map.of() : Map.of("value.converter", name))))
                .containsExactly(9.9, 7);
    }

    @Test
    void areReadAsTheyAreWritten() {
        ExactJsonConverter converter = new ExactJsonConverter();
        byte[] text = "{\"a\":[9.90,12345678901234567890,-1],\"b\":null}".getBytes(StandardCharsets.UTF_8);
        SchemaAndValue read = converter.toConnectData("t", text);
        assertThat(read.schema()).isNull();
        assertThat(converter.fromConnectData("t", null, read.value())).isEqualTo(text);
        assertThat(converter.toConnectData("t", null)).isEqualTo(SchemaAndValue.NULL);
        assertThat(converter.fromConnectData("t", null, null)).isNull();
        assertThat(ServiceLoader.load(Converter.class)).hasAtLeastOneElementOfType(ExactJsonConverter.class);
    }

    @Test
    void whatIsNotJsonIsRefusedByTheConverterWithoutShowingIt() {
        ExactJsonConverter converter = new ExactJsonConverter();
        for (Object value : Arrays.asList(
                Double.NaN,
                List.of(Float.POSITIVE_INFINITY),
                Map.of(7, "canary"),
                Collections.singletonMap(null, "canary"),
                Instant.EPOCH,
                nested(1001))) {
            assertThatThrownBy(() -> converter.fromConnectData("t", null, value))
                    .isInstanceOf(DataException.class)
                    .hasMessageNotContaining("canary")
                    .hasNoCause();
        }
        for (byte[] bytes : List.of("{\"canary\"".getBytes(StandardCharsets.UTF_8), new byte[] {'"', -1, '"'})) {
            assertThatThrownBy(() -> converter.toConnectData("t", bytes))
                    .isInstanceOf(DataException.class)
                    .hasMessageNotContaining("canary");
        }
    }

    @Test
    void valuesThatAreNestedAsDeeplyAsMayBePassBothConverters() throws IOException {
        String deepest = "[".repeat(1000) + "]".repeat(1000);
        write(deepest + "\n");
        for (Converter converter : List.of(jsonConverter(), new ExactJsonConverter())) {
            try (ConnectorRun run = start(Map.of())) {
                assertThat(published(run.drain(), converter)).containsExactly(deepest);
            }
        }
    }

    private static Object nested(int levels) {
        Object value = "canary";
        for (int i = 0; i < levels; i++) {
            value = List.of(value);
        }
        return value;
    }

    private static String number(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
        text.append(1 + random.nextInt(9));
        for (int i = random.nextInt(25); i > 0; i--) {
            text.append(random.nextInt(10));
        }
        if (random.nextBoolean()) {
            text.append('.').append(random.nextInt(1000)).append(random.nextBoolean() ? "00" : "");
        }
        if (random.nextInt(3) == 0) {
            text.append('e').append(random.nextInt(700) - 350);
        }
        return text.toString();
    }

    private static Converter jsonConverter() {
        JsonConverter converter = new JsonConverter();
        converter.configure(Map.of("schemas.enable", "false"), false);
        return converter;
    }

    private static List<String> published(List<SourceRecord> records, Converter converter) {
        return records.stream()
                .map(record -> new String(
                        converter.fromConnectData("t", record.valueSchema(), record.value()), StandardCharsets.UTF_8))
                .toList();
    }

    private void write(String content) throws IOException {
        Files.writeString(folder.resolve("a.jsonl"), content);
    }

    private ConnectorRun start(Map<String, String> more) {
        return ConnectorRun.start(new JsonSourceConnector(), properties(more));
    }

    /** The records of a task to which nobody listens, as it is on a worker; they are read when it scans again. */
    private List<SourceRecord> onAWorker(Map<String, String> more) throws IOException {
        write(Files.readString(folder.resolve("a.jsonl")).stripTrailing() + "\n");
        try (ConnectorRun run = ConnectorRun.startUnheard(new JsonSourceConnector(), properties(more))) {
            List<SourceRecord> records = new ArrayList<>();
            List<SourceRecord> polled = run.next();
            while (!polled.isEmpty()) {
                records.addAll(polled);
                polled = run.poll();
            }
            return records;
        }
    }

    private Map<String, String> properties(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of("path", folder.toString()));
        properties.putAll(more);
        return properties;
    }
}
