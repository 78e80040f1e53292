// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kurier.ArrayHeaders;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Frame;
import io.kurier.spi.FrameReader;
import io.kurier.spi.FrameWriter;
import io.kurier.spi.Framing;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.FramingSettings;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.NotReadyException;
import io.kurier.spi.PayloadSchema;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The guard reads the bytes that are sent, whichever serializer has made them. */
class JsonSchemaGuardTest {
    private static final String SCHEMA = "classpath:schemas/order.json";
    private static final String SOUND = "{\"id\":\"O-1\",\"items\":[]}";
    /** After a change on purpose {@code -Dgolden.update=true} writes the file anew. */
    private static final Path GOLDEN = Path.of("src/test/resources/golden/json-schema-guard.txt");

    @TempDir
    private Path folder;

    /** Two bytes before each payload; without its key {@code open} it is never ready. */
    private static final class Mark implements FramingPlugin, Framing {
        private boolean open;
        private boolean closed;

        @Override
        public String name() {
            return "mark";
        }

        @Override
        public boolean supports(String format) {
            return format.equals("json");
        }

        @Override
        public ConfigDef configDef() {
            return new ConfigDef()
                    .define("open", ConfigDef.Type.BOOLEAN, false, ConfigDef.Importance.LOW, "Whether it is ready.")
                    .define("schemas", ConfigDef.Type.LIST, List.of(), ConfigDef.Importance.LOW, "Must not get here.");
        }

        @Override
        public Framing framing(FramingSettings settings) {
            assertThat(settings.config().getList("schemas")).isEmpty();
            open = settings.config().getBoolean("open");
            return this;
        }

        @Override
        public FrameWriter writer(String topic, PayloadSchema schema) {
            throw new IllegalStateException("a guard writes no frame");
        }

        @Override
        public FrameReader reader(Collection<? extends PayloadSchema> known) {
            assertThat(known).extracting(PayloadSchema::fullName).containsExactly("com.example.Order");
            return (topic, headers, bytes, offset, length) -> {
                if (!open) {
                    throw new NotReadyException("the marks", new CompletableFuture<>());
                }
                if (bytes[0] != 'm') {
                    throw new SerializationException("it has no mark");
                }
                return new Frame(null, 2);
            };
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final Mark mark = new Mark();

    private static AbstractConfig keys(ConfigDef definition, Map<String, String> keys) {
        return new AbstractConfig(definition, keys, false);
    }

    private GuardSettings settings(Map<String, String> keys, @Nullable SerializerSettings values) {
        return new GuardSettings(
                "json-schema",
                "orders",
                "shop-orders",
                keys(new JsonSchemaGuardPlugin().configDef(), keys),
                values,
                List.of(mark));
    }

    private static SerializerSettings values(String serializer, ConfigDef definition, Map<String, String> keys) {
        return new SerializerSettings(serializer, "orders", "shop-orders", false, Object.class, keys(definition, keys));
    }

    private SerializerSettings json(Map<String, String> keys) {
        SerializerPlugin plugin = new JsonSerializerPlugin().withFramings(List.of(mark));
        return values("json", plugin.configDef(), keys);
    }

    private Guard guard(Map<String, String> keys, @Nullable SerializerSettings values) {
        return new JsonSchemaGuardPlugin().guard(settings(keys, values));
    }

    private Guard guard() {
        return guard(Map.of("schema", SCHEMA), values("text", new ConfigDef(), Map.of()));
    }

    private static EncodedRecord record(byte @Nullable [] value) {
        return new EncodedRecord("shop-orders", null, value, new ArrayHeaders());
    }

    private static EncodedRecord record(String value) {
        return record(value.getBytes(UTF_8));
    }

    private static void passes(Guard guard, EncodedRecord record) {
        assertThat(guard.guard(record)).isSameAs(record);
    }

    private static String refusal(Guard guard, byte[] value) {
        Throwable thrown = catchThrowable(() -> guard.guard(record(value)));
        assertThat(thrown).isInstanceOf(SerializationException.class);
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            assertThat(each).hasMessageNotContaining("CANARY");
        }
        return String.valueOf(thrown.getMessage());
    }

    private static String refusal(Guard guard, String value) {
        return refusal(guard, value.getBytes(UTF_8));
    }

    @Test
    void returnsTheRecordItselfIfTheSchemaAllowsIt() {
        passes(guard(), record(SOUND));
        passes(guard(), record(" " + SOUND + "\n"));
    }

    @Test
    void letsATombstonePass() {
        passes(guard(), record((byte[]) null));
    }

    @Test
    void takesTheSchemaAndTheLimitsOfTheSerializerUnlessItHasItsOwn() throws IOException {
        Path strict = Files.writeString(folder.resolve("strict.json"), "{\"required\":[\"total\"]}");
        SerializerSettings values = json(Map.of("schema", SCHEMA, "max.bytes", "40"));
        passes(guard(Map.of(), values), record(SOUND));
        assertThat(refusal(guard(Map.of(), values), " ".repeat(20) + SOUND)).contains("at most 40 are read");
        passes(guard(Map.of("max.bytes", "400"), values), record(" ".repeat(20) + SOUND));
        assertThat(refusal(guard(Map.of("schema", strict.toString()), values), SOUND))
                .endsWith("strict.json at $: required total");
    }

    @ParameterizedTest
    @ValueSource(strings = {"avro", "protobuf", "media"})
    void refusesTheStartIfTheSerializerWritesNoJson(String serializer) {
        SerializerSettings values = values(serializer, new ConfigDef(), Map.of());
        assertThatThrownBy(() -> guard(Map.of("schema", SCHEMA), values))
                .hasMessage("it reads json, and the serializer " + serializer + " of the topic orders writes no json."
                        + " Take json-schema out of topics.orders.guards, or choose another serializer");
    }

    @Test
    void findsThePayloadBehindTheFrame() {
        SerializerSettings values =
                json(Map.of("framing", "mark", "framing.mark.open", "true", "framing.mark.schemas", "elsewhere"));
        Guard guard = guard(Map.of("schema", SCHEMA), values);
        passes(guard, record("m:" + SOUND));
        assertThat(refusal(guard, "m:{}")).contains("at $: required id");
        assertThat(refusal(guard, SOUND)).isEqualTo("the value cannot be read as json: it has no mark");
        assertThat(refusal(guard, "m")).startsWith("there is no JSON");

        guard.close();
        assertThat(mark.closed).isTrue();
    }

    @Test
    void isNotReadyIfTheFramingIsNot() {
        Guard guard = guard(Map.of("schema", SCHEMA), json(Map.of("framing", "mark")));
        assertThatThrownBy(() -> guard.guard(record("m:" + SOUND))).isInstanceOf(NotReadyException.class);
    }

    @ParameterizedTest
    @CsvSource({"EFBBBF7B7D", "7B7D20EFBBBF", "7B22C08022317D", "FFFE7B007D00", "7B7D00"})
    void refusesWhatIsNotOneTextInUtf8(String hex) {
        assertThat(refusal(guard(), HexFormat.of().parseHex(hex)))
                .matches("it (is not well-formed|begins with a byte order mark|cannot be read).*");
    }

    @Test
    void refusesTooDeepTooLargeAndTooExpensiveTexts() {
        Guard guard =
                guard(Map.of("schema", SCHEMA, "max.depth", "20", "max.bytes", "3000000", "max.expansion", "2"), null);
        assertThat(refusal(guard, "[".repeat(30) + "]".repeat(30))).contains("max.depth");
        assertThat(refusal(guard, " ".repeat(3_000_001))).contains("max.bytes");
        assertThat(refusal(guard, "[" + "[],".repeat(900_000) + "[]]")).contains("max.expansion");
    }

    @Test
    void eachErrorIsInTheGoldenFile() throws IOException {
        List<String> lines = new ArrayList<>();
        start(lines, "no schema is named", Map.of(), json(Map.of()));
        start(lines, "no such schema", Map.of("schema", "no/such.json"), null);
        start(lines, "not a schema", Map.of("schema", write("{\"type\":7}")), null);
        start(lines, "not a format that it reads", Map.of("schema", SCHEMA), values("avro", new ConfigDef(), Map.of()));
        ConfigDef framed = new ConfigDef().define("framing", ConfigDef.Type.STRING, ConfigDef.Importance.LOW, "");
        start(
                lines,
                "a framing that it has not",
                Map.of("schema", SCHEMA),
                values("lines", framed, Map.of("framing", "single-object")));

        String big = "{\"id\":\"O-1\",\"items\":[" + "{\"sku\":7,\"count\":1000000},".repeat(4_000) + "{\"sku\":7}]}";
        refused(lines, "a violation", "{\"id\":\"CANARY\",\"items\":[]}");
        refused(lines, "many violations", "{\"id\":7,\"items\":7,\"status\":\"CANARY\",\"total\":\"CANARY\"}");
        refused(
                lines,
                "a property that is not declared",
                "{\"id\":\"O-1\",\"items\":[],\"labels\":{\"CANARY\":\"CANARY\"}}");
        refused(lines, "a large text", big);
        refused(lines, "no bytes", "");
        refused(lines, "white space", " \n");
        refused(lines, "a byte order mark", "\uFEFF" + SOUND);
        refused(lines, "UTF-16", new String(SOUND.getBytes(UTF_16LE), UTF_8));
        refused(lines, "NaN", "{\"id\":\"O-1\",\"items\":[],\"total\":NaN}");
        refused(lines, "a property twice", "{\"id\":\"CANARY\",\"id\":\"O-1\",\"items\":[]}");
        refused(lines, "two texts", SOUND + SOUND);
        refused(lines, "an end within", "{\"id\":\"CANARY");
        refused(lines, "no JSON", "CANARY");
        refused(lines, "deep", "[".repeat(501) + "]".repeat(501));
        refused(lines, "a long number", "{\"total\":" + "9".repeat(1_001) + "}");

        String text = String.join("\n", lines) + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, text);
        }
        assertThat(text).isEqualTo(Files.readString(GOLDEN));
    }

    private String write(String schema) throws IOException {
        return Files.writeString(folder.resolve("schema.json"), schema).toString();
    }

    private void start(List<String> lines, String what, Map<String, String> keys, @Nullable SerializerSettings values) {
        Throwable thrown = catchThrowable(() -> guard(keys, values));
        assertThat(thrown).isNotNull();
        lines.add(what + ": "
                + String.valueOf(thrown.getMessage())
                        .replace(folder.toString(), "FOLDER")
                        .replace(Path.of("").toAbsolutePath().toString(), "HERE"));
    }

    private void refused(List<String> lines, String what, String value) {
        lines.add(what + ": " + refusal(guard(), value));
    }
}
