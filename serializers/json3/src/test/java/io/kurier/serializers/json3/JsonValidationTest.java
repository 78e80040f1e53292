// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.kurier.spi.PayloadSchema;
import io.kurier.spi.SerializerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Values and records are checked by the JSON Schema that a key names. */
class JsonValidationTest {
    private static final String TOPIC = "orders";
    private static final String SCHEMA = "classpath:schemas/order.json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path folder;

    record Item(String sku, int count) {}

    record Labeled(String id, Item[] items, Map<String, String> labels) {}

    @Test
    void whatFitsTheSchemaIsWrittenAndReadUnchanged() {
        String json = "{\"id\":\"O-1\",\"total\":9.90,\"items\":[{\"sku\":\"a\",\"count\":1}],\"extra\":[1,2]}";
        byte[] written = serializer().serialize(TOPIC, tree(json));
        assertThat(written)
                .asString()
                .isEqualTo(
                        "{\"id\":\"O-1\",\"total\":9.9,\"items\":[{\"sku\":\"a\",\"count\":1}]," + "\"extra\":[1,2]}");
        assertThat(deserializer().deserialize(TOPIC, json.getBytes(UTF_8)))
                .asString()
                .isEqualTo(json);
        assertThat(serializer().serialize(TOPIC, null)).isNull();
        assertThat(deserializer().deserialize(TOPIC, (byte[]) null)).isNull();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {'id':'O-1','items':[{'sku':'a'},{'sku':'b'},{'sku':'c','count':0}]}  | at $.items[2].count: minimum 1
        {'id':'CANARY','items':[]}                                             | at $.id: pattern ^O-[0-9]+$
        {'id':7,'items':[]}                                                    | at $.id: type string
        {'id':'O-1'}                                                           | at $: required items
        {'id':'O-1','items':[{}]}                                              | at $.items[0]: required sku
        {'id':'O-1','items':[],'status':'CANARY'}                              | at $.status: enum ["open","paid"]
        {'id':'O-1','items':[],'CANARY':1}                                     | at $: additionalProperties false
        {'id':'O-1','items':[],'labels':{'CANARY':'CANARY'}}                   | at $.labels.*: maxLength 5
        {'id':'O-1','items':[],'total':0.001}                                  | at $.total: multipleOf 0.01
        {'id':7,'items':7,'status':7,'total':'CANARY'}                         | at $.id: type string; at $.status: enum ["open","paid"]; at $.total: type number; and more
        ['CANARY']                                                             | at $: type object
        """)
    void aRejectionNamesPathAndRuleInBothDirectionsAndNoValue(String quoted, String violations) {
        String json = quoted.replace('\'', '"');
        assertThatThrownBy(() -> serializer().serialize(TOPIC, tree(json)))
                .isInstanceOf(SerializationException.class)
                .hasNoCause()
                .hasMessageStartingWith("cannot write tools.jackson.databind.node.")
                .hasMessageEndingWith(" as JSON: it violates the schema " + SCHEMA + " " + violations)
                .hasMessageNotContaining("CANARY");
        assertThatThrownBy(() -> deserializer().deserialize(TOPIC, json.getBytes(UTF_8)))
                .isInstanceOf(SerializationException.class)
                .hasNoCause()
                .hasMessage("cannot read JSON as tools.jackson.databind.JsonNode: it violates the schema " + SCHEMA
                        + " " + violations);
    }

    @Test
    void classesAreValidatedAsTheyAreWritten() {
        assertThatThrownBy(() -> serializer()
                        .serialize(TOPIC, new Labeled("O-1", new Item[] {new Item("a", 0)}, Map.of("x", "y"))))
                .isInstanceOf(SerializationException.class)
                .hasMessageEndingWith("at $.items[0].count: minimum 1");
    }

    /** One branch of the schema fails at each element, the other at one or none. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void manyViolationsTakeLittleMemoryAndLeaveTheResultAlone(int texts) throws IOException {
        ObjectNode order = (ObjectNode) tree("{\"id\":\"O-1\",\"items\":[]}");
        ArrayNode extra = order.putArray("extra");
        for (int i = 0; i < 300_000; i++) {
            extra.add(i);
        }
        for (int i = 0; i < texts; i++) {
            extra.add("CANARY");
        }
        byte[] json = MAPPER.writeValueAsBytes(order);
        if (texts == 0) {
            assertThat(deserializer().deserialize(TOPIC, json)).isEqualTo(order);
        } else {
            assertThatThrownBy(() -> deserializer().deserialize(TOPIC, json))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("at $.extra[0]: type string")
                    .hasMessageNotContaining("CANARY")
                    .satisfies(thrown -> assertThat(thrown.getMessage()).hasSizeLessThan(500));
        }
    }

    @Test
    void aPropertyThatOccursTwiceIsRefusedSinceReadersDisagreeOnIt() {
        byte[] json = "{\"id\":\"O-1\",\"items\":[],\"id\":\"O-2\"}".getBytes(UTF_8);
        assertThatThrownBy(() -> deserializer().deserialize(TOPIC, json))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("an object has the same property twice");
    }

    @Test
    void whatIsNoJsonHasTheErrorThatItHasWithoutASchema() {
        for (String bad : new String[] {"", "{", "{\"id\":\"O-1\",\"items\":[]} 7"}) {
            assertThatThrownBy(() -> deserializer().deserialize(TOPIC, bad.getBytes(UTF_8)))
                    .isInstanceOf(SerializationException.class)
                    .hasMessage(messageWithout(bad));
        }
    }

    private static String messageWithout(String bad) {
        try {
            new JsonDeserializer<>(JsonNode.class).deserialize(TOPIC, bad.getBytes(UTF_8));
        } catch (SerializationException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("it was read");
    }

    @Test
    void aPlainClientNamesTheSchemaForKeysAndValues() {
        Map<String, Object> config = Map.of("value.json.schema", SCHEMA);
        JsonSerializer<JsonNode> values = new JsonSerializer<>();
        values.configure(config, false);
        JsonSerializer<JsonNode> keys = new JsonSerializer<>();
        keys.configure(config, true);
        JsonDeserializer<JsonNode> readers = new JsonDeserializer<>();
        readers.configure(config, false);
        assertThat(keys.serialize(TOPIC, tree("{}"))).asString().isEqualTo("{}");
        assertThatThrownBy(() -> values.serialize(TOPIC, tree("{}")))
                .isInstanceOf(SerializationException.class)
                .hasMessageEndingWith("at $: required id; at $: required items");
        assertThatThrownBy(() -> readers.deserialize(TOPIC, new byte[] {'{', '}'}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("at $: required id");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {                                                | the file is not JSON: Unexpected end-of-input
        {'type':'strin'}                                 | it is not a valid JSON Schema: at /$defs/simpleTypes/enum of https://json-schema.org/draft/2020-12/schema, /type: does not have a value in the enumeration
        {'required':'a'}                                 | it is not a valid JSON Schema: at
        {'$schema':'http://json-schema.org/draft-07/schema#','type':7} | it is not a valid JSON Schema: at
        {'pattern':'('}                                  | it is not a valid JSON Schema:
        {'$ref':'#/$defs/none'}                          | it is not a valid JSON Schema: Reference /$defs/none cannot be resolved
        {'$ref':'#'}                                     | a reference of the schema leads to itself
        {'$ref':'item.json'}                             | it refers to item.json, which is not in the document, and nothing is fetched. Copy that schema into $defs
        {'$ref':'file:///etc/hostname'}                  | it refers to file:///etc/hostname, which is not in the document
        {'$schema':'https://example.com/dialect'}        | its $schema is "https://example.com/dialect", which is not known here. There are http://json-schema.org/draft-04/schema#
        """)
    void aSchemaThatCannotBeUsedIsAnErrorAtTheStart(String schema, String reason) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.json"), schema.replace('\'', '"'));
        assertThatThrownBy(() -> new JsonSerializerPlugin().serializer(settings(file.toString())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("for configuration schema: " + reason);
        assertThatThrownBy(() -> new JsonDeserializer<>().configure(Map.of("json.schema", file.toString()), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("for configuration json.schema: " + reason);
    }

    @Test
    void nothingIsFetched() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            for (String schema : new String[] {
                "{\"properties\":{\"a\":{\"$ref\":\"" + url + "item.json\"}}}",
                "{\"$id\":\"" + url + "order.json\",\"properties\":{\"a\":{\"$ref\":\"item.json\"}}}"
            }) {
                Path file = Files.writeString(folder.resolve("remote.json"), schema);
                assertThatThrownBy(() -> new JsonSerializerPlugin().serializer(settings(file.toString())))
                        .isInstanceOf(ConfigException.class)
                        .hasMessageContaining("it refers to " + url + "item.json, which is not in the document");
            }
            Path file = Files.writeString(
                    folder.resolve("id.json"), "{\"$id\":\"" + url + "order.json\",\"type\":\"object\"}");
            assertThat(new JsonSerializerPlugin().serializer(settings(file.toString())))
                    .isNotNull();
        } finally {
            server.stop(0);
        }
        assertThat(requests).hasValue(0);
    }

    @Test
    void aDraftIsChosenByTheSchema() throws IOException {
        // a boolean exclusiveMinimum is that of draft 4, and an error in others
        Path file = Files.writeString(
                folder.resolve("four.json"),
                "{\"$schema\":\"http://json-schema.org/draft-04/schema#\",\"minimum\":1,\"exclusiveMinimum\":true}");
        Serializer<Object> serializer = serializer(settings(file.toString()));
        assertThat(serializer.serialize(TOPIC, 2)).asString().isEqualTo("2");
        assertThatThrownBy(() -> serializer.serialize(TOPIC, 1)).isInstanceOf(SerializationException.class);
    }

    @Test
    void aFramingSeesTheTextAndTheTitleOfTheSchema() throws IOException {
        JsonValidator validator = JsonValidator.read("schema", SCHEMA);
        PayloadSchema schema = JsonSchema.of(MAPPER.constructType(Item.class), validator);
        assertThat(schema.format()).isEqualTo("json");
        assertThat(schema.fullName()).isEqualTo("com.example.Order");
        assertThat(schema.text()).isEqualTo(Files.readString(Path.of("src/test/resources/schemas/order.json")));
        assertThat(schema.nativeSchema()).isEqualTo(MAPPER.constructType(Item.class));
        PayloadSchema without = JsonSchema.of(MAPPER.constructType(Item.class), null);
        assertThat(without.fullName()).isNull();
        assertThat(without.text()).isNull();
    }

    private static JsonNode tree(String json) {
        return MAPPER.readTree(json);
    }

    private static SerializerSettings settings(String location) {
        return new SerializerSettings(
                "json3",
                "orders",
                "orders",
                false,
                Object.class,
                new AbstractConfig(new JsonSerializerPlugin().configDef(), Map.of("schema", location)));
    }

    @SuppressWarnings("unchecked") // a plugin cannot name its type, the test knows it
    private static Serializer<Object> serializer(SerializerSettings settings) {
        return (Serializer<Object>) new JsonSerializerPlugin().serializer(settings);
    }

    private static Serializer<Object> serializer() {
        return serializer(settings(SCHEMA));
    }

    private static Deserializer<?> deserializer() {
        return new JsonSerializerPlugin().deserializer(settings(SCHEMA)).orElseThrow();
    }
}
