// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code kurier schema} with a registry. */
class SchemaRegistryCommandTest {
    private static final String NOTHING_FURTHER = "{}";

    @TempDir
    private Path folder;

    private StubRegistry registry;

    @BeforeEach
    void start() throws IOException {
        registry = new StubRegistry();
        registry.answer("GET /subjects", 200, "[\"orders-value\",\"gone\",\"customers\"]")
                .has("customers", 1, 7, "JSON", Files.readString(file("customer-1.json")), NOTHING_FURTHER)
                .has("orders-value", 3, 100042, "AVRO", Files.readString(file("order-1.avsc")), """
                        {"guid": "89791762-2336-4186-9674-299b90a802e2",
                         "ruleSet": {"domainRules": [
                           {"name": "hideNames", "kind": "TRANSFORM", "mode": "WRITE", "type": "ENCRYPT"}]}}""");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private static Path file(String name) {
        return Path.of("src", "test", "resources", "io", "kurier", "cli", "schema", name);
    }

    private CommandRun schema(String... arguments) {
        List<String> all = new ArrayList<>(List.of("schema"));
        all.addAll(List.of(arguments));
        all.add("--registry=" + registry.url());
        return CommandRun.of(all.toArray(String[]::new));
    }

    private JsonNode sent(String call) throws IOException {
        for (StubRegistry.Request request : registry.requests()) {
            if (request.call().equals(call)) {
                return new ObjectMapper().readTree(request.body());
            }
        }
        throw new AssertionError("no " + call + " in " + registry.requests());
    }

    @Test
    void listsTheSubjectsThatHaveAVersion() {
        assertThat(schema("list")).isEqualTo(new CommandRun(0, """
                        subject       version      id  format
                        customers           1       7  json
                        orders-value        3  100042  avro
                        """, ""));
    }

    @Test
    void showsASchemaWithItsRules() throws IOException {
        CommandRun run = schema("show", "orders-value");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .isEqualTo("kurier: orders-value version 3: avro, id 100042, GUID"
                        + " 89791762-2336-4186-9674-299b90a802e2; has the rules hideNames (ENCRYPT, WRITE)\n");
        CommandRun.assertGolden("schema/registry-show.txt", run.out());
        assertThat(schema("show", "orders-value:3")).isEqualTo(run);
        assertThat(schema("show", "100042").out()).isEqualTo(run.out());
        JsonNode json = new ObjectMapper()
                .readTree(schema("show", "orders-value:latest", "--json").out());
        assertThat(json.get("id").longValue()).isEqualTo(100042);
        assertThat(json.get("text").textValue()).isEqualTo(Files.readString(file("order-1.avsc")));
        assertThat(json.get("rules").get(0).get("name").textValue()).isEqualTo("hideNames");
    }

    @Test
    void registersTheTextThatASerializerAsksFor() throws IOException {
        registry.answer("POST /subjects/orders-value/versions", 200, "{\"id\":100043,\"version\":4}");
        CommandRun run = schema("register", "orders-value", file("order-2.avsc").toString());
        assertThat(run).isEqualTo(new CommandRun(0, "100043\n", "kurier: registered under orders-value, version 4\n"));
        String text = sent("POST /subjects/orders-value/versions").get("schema").textValue();
        assertThat(text).startsWith("{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"com.example\",");
    }

    @Test
    void writesTheIdIntoAFolderToo() throws IOException {
        registry.answer("POST /subjects/orders-value/versions", 200, "{\"id\":100043}");
        String[] command = {"register", "orders-value", file("order-2.avsc").toString(), "--folder=" + folder};
        Files.writeString(folder.resolve("ids.properties"), "# ids");
        assertThat(schema(command).exitCode()).isZero();
        assertThat(schema(command).exitCode()).isZero();
        assertThat(folder.resolve("ids.properties")).hasContent("# ids\n100043=order-2.avsc\n");
        assertThat(folder.resolve("order-2.avsc")).hasSameTextualContentAs(file("order-2.avsc"));

        registry.answer("POST /subjects/orders-value/versions", 200, "{\"id\":5}");
        CommandRun other = schema(command);
        assertThat(other.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(other.err())
                .contains("ids.properties, line 2: order-2.avsc has the id 100043, and the registry has ")
                .contains("order-2.avsc under 5; correct that line");
    }

    @Test
    void registersNothingIfTheFolderHasAnotherFileOfTheName() throws IOException {
        Files.writeString(folder.resolve("order-2.avsc"), "\"string\"");
        CommandRun run = schema("register", "orders-value", file("order-2.avsc").toString(), "--folder=" + folder);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("is another schema than");
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void sendsReferencesAndResolvesThemHere() throws IOException {
        registry.has("money-value", 2, 9, "AVRO", """
                {"type":"record","name":"Money","namespace":"com.example","fields":[{"name":"cents","type":"long"}]}""", "{}")
                .answer("POST /subjects/bills-value/versions", 200, "{\"id\":10}");
        Path bill = Files.writeString(folder.resolve("bill.avsc"), """
                {"type": "record", "name": "Bill", "namespace": "com.example",
                 "fields": [{"name": "total", "type": "com.example.Money"}]}""");
        CommandRun alone = schema("register", "bills-value", bill.toString());
        assertThat(alone.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(alone.err()).contains("is not a schema of avro").contains("com.example.Money");

        CommandRun run =
                schema("register", "bills-value", bill.toString(), "--reference=com.example.Money=money-value:2");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode sent = sent("POST /subjects/bills-value/versions");
        assertThat(sent.get("references")).isEqualTo(new ObjectMapper().readTree("""
                        [{"name": "com.example.Money", "subject": "money-value", "version": 2}]"""));
        assertThat(sent.get("schema").textValue()).contains("\"type\":\"com.example.Money\"");
    }

    @Test
    void registersAndComparesProtobufWithItsImports() throws IOException {
        String money = "syntax = \"proto3\"; package shop; message Money { int64 cents = 1; }";
        String bill =
                "syntax = \"proto3\"; package shop; import \"shop/money.proto\"; message Bill { Money total = 1; }";
        registry.has("shop/money.proto".replace("/", "%2F"), 1, 11, "PROTOBUF", money, NOTHING_FURTHER)
                .has("bills-value", 1, 12, "PROTOBUF", bill, """
                        {"references": [{"name": "shop/money.proto", "subject": "shop/money.proto", "version": 1}]}""")
                .answer("POST /subjects/bills-value/versions", 200, "{\"id\":13}");
        Path next = Files.writeString(folder.resolve("bill.proto"), bill.replace("Money total", "string total"));
        CommandRun run =
                schema("register", "bills-value", next.toString(), "--reference=shop/money.proto=shop/money.proto:1");
        assertThat(run).isEqualTo(new CommandRun(0, "13\n", "kurier: registered under bills-value\n"));
        JsonNode sent = sent("POST /subjects/bills-value/versions");
        assertThat(sent.get("schemaType").textValue()).isEqualTo("PROTOBUF");
        assertThat(sent.get("schema").textValue()).isEqualTo(Files.readString(next));

        assertThat(schema("diff", "bills-value", next.toString()))
                .isEqualTo(new CommandRun(1, "~ shop.Bill.total: shop.Money = 1 -> string = 1\n", ""));
        assertThat(schema("check", "bills-value", next.toString()).out())
                .contains("  shop.Bill.total: FIELD_RETYPED: the field 1 was shop.Money and is string");
    }

    @Test
    void saysWhatTheRegistryRefusesAndWhatBreaksForWhom() throws IOException {
        registry.answer("POST /compatibility/subjects/orders-value/versions/latest", 200, """
                        {"is_compatible": false, "messages": ["READER_FIELD_MISSING_DEFAULT_VALUE: total"]}""")
                .answer("GET /config/orders-value", 200, "{\"compatibilityLevel\": \"BACKWARD\"}");
        Path next = file("order-2.avsc");
        CommandRun run = schema("check", "orders-value", next.toString());
        assertThat(run.err()).isEmpty();
        CommandRun.assertGolden(
                "schema/registry-check.txt",
                run.out().replace(next.toString(), next.getFileName().toString()));
        assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERS);
    }

    @Test
    void followsTheRegistryIfTheLevelAllowsWhatBreaks() {
        registry.answer("POST /compatibility/subjects/orders-value/versions/latest", 200, "{\"is_compatible\": true}");
        CommandRun run = schema("check", "orders-value", file("order-2.avsc").toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("orders-value: the registry takes it\n")
                .contains(": broken\n");
    }

    @Test
    void comparesItselfIfTheRegistryCannot() {
        registry.answer(
                "POST /compatibility/subjects/orders-value/versions/latest",
                500,
                "{\"error_code\":500,\"message\":\"could not determine version\"}");
        CommandRun broken = schema("check", "orders-value", file("order-2.avsc").toString(), "--set=max.retries=0");
        assertThat(broken.exitCode()).isEqualTo(ExitCode.DIFFERS);
        assertThat(broken.out().lines())
                .startsWith("orders-value: the registry cannot tell")
                .anyMatch(line -> line.contains("could not determine version"))
                .anyMatch(line -> line.endsWith(": broken"));
        CommandRun sound = schema("check", "orders-value", file("order-1.avsc").toString(), "--set=max.retries=0");
        assertThat(sound.exitCode()).isZero();
        assertThat(sound.out()).startsWith("orders-value: the registry cannot tell\n");
    }

    @Test
    void saysThatNothingCanBreakInANewSubject() {
        assertThat(schema("check", "new", file("order-2.avsc").toString()))
                .isEqualTo(new CommandRun(
                        0, "new: the registry takes it\nnew has no version yet, so nothing can break\n", ""));
    }

    @Test
    void comparesASubjectWithAFile() throws IOException {
        CommandRun run = schema("diff", "orders-value:3", file("order-2.avsc").toString());
        assertThat(run).isEqualTo(new CommandRun(1, CommandRun.golden("schema/diff-order.txt"), ""));
    }

    @Test
    void endsWithOneIfTheRegistryRefusesTheSchema() {
        registry.answer(
                "POST /subjects/orders-value/versions",
                409,
                "{\"error_code\":40901,\"message\":\"Schema being registered is incompatible: total\"}");
        CommandRun run = schema("register", "orders-value", file("order-2.avsc").toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERS);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("kurier: ")
                .contains("total");
    }

    @Test
    void takesTheKeysOfTheClientFromAConfiguration() throws IOException {
        Path config = Files.writeString(folder.resolve("kurier.properties"), """
                bootstrap.servers=127.0.0.1:1
                topics=orders
                topics.orders.value.serializer=avro
                topics.orders.value.serializer.framing=confluent
                topics.orders.value.serializer.framing.confluent.schemas=registry
                topics.orders.value.serializer.framing.confluent.schema.registry.url=%s
                topics.orders.value.serializer.framing.confluent.basic.auth.user.info=CANARY:open sesame
                """.formatted(registry.url()));
        CommandRun run = CommandRun.of("schema", "list", "--config=" + config);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(registry.requests())
                .extracting(StubRegistry.Request::authorization)
                .containsOnly("Basic Q0FOQVJZOm9wZW4gc2VzYW1l");

        registry.answer("GET /subjects", 401, "{\"error_code\":401,\"message\":\"Unauthorized\"}");
        CommandRun refused = CommandRun.of("schema", "list", "--config=" + config);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("401").doesNotContain("CANARY", "sesame");
    }

    @Test
    void refusesAConfigurationOfTwoRegistries() throws IOException {
        Path config = Files.writeString(folder.resolve("kurier.properties"), """
                topics.orders.value.serializer.framing.confluent.schema.registry.url=http://127.0.0.1:1
                value.avro.framing.confluent.schema.registry.url=http://127.0.0.1:2
                """);
        assertThat(CommandRun.of("schema", "list", "--config=" + config))
                .isEqualTo(new CommandRun(
                        ExitCode.USAGE,
                        "",
                        "kurier: value.avro.framing.confluent.schema.registry.url"
                                + " (kurier.properties:2): another value than that of topics.orders.value.serializer.framing"
                                + ".confluent.schema.registry.url (kurier.properties:1), so it is not known which registry is"
                                + " meant; give this command a file with one\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            list --set=http.read.timeout=1      | --set http.read.timeout: a registry's client has no such key. Did you mean http.read.timeout.ms?; see kurier schema list --help
            list --set=nonsense                 | --set: it has the form KEY=VALUE; see kurier schema list --help
            list --folder=.                     | --folder: the registry is named already; keep one of the two; see kurier schema list --help
            check pom.xml                       | name the subject before the file; see kurier schema check --help
            """)
    void endsWrongUsageWithOneLineAndTwo(String line, String message) {
        assertThat(schema(line.strip().split(" ")))
                .isEqualTo(new CommandRun(ExitCode.USAGE, "", "kurier: " + message.strip() + "\n"));
    }

    @Test
    void saysThatNoRegistryListens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        CommandRun run = CommandRun.of("schema", "list", "--registry=http://127.0.0.1:" + port, "--set=max.retries=0");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("kurier: ")
                .contains("127.0.0.1:" + port);
    }
}
