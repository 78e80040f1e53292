// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import static io.kurier.serializers.framings.Frames.bytes;
import static io.kurier.serializers.framings.Frames.confluent;
import static io.kurier.serializers.framings.Frames.confluentHeader;
import static io.kurier.serializers.framings.Frames.hex;
import static io.kurier.serializers.framings.Frames.of;
import static io.kurier.serializers.framings.Frames.prefix;
import static io.kurier.serializers.framings.Frames.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.ArrayHeaders;
import io.kurier.serializers.framings.test.Basket;
import io.kurier.serializers.framings.test.Order;
import io.kurier.spi.Frame;
import io.kurier.spi.Framing;
import io.kurier.spi.PayloadSchema;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every byte of Confluent's wire format, written and read. */
class ConfluentFramingTest {
    private static final PayloadSchema AVRO = Schemas.avro(Schemas.ORDER);
    private static final PayloadSchema JSON = Schemas.json(Schemas.JSON_ORDER);
    private static final PayloadSchema PROTOBUF = Schemas.protobuf(Order.getDescriptor());
    private static final String GUID = "89791762-2336-4186-9674-299b90a802e2";
    private static final String GUID_HEADER = "01897917622336418696 74299B90A802E2".replace(" ", "");

    @TempDir
    private Path temporary;

    private Folder folder;

    @BeforeEach
    void fill() {
        folder = new Folder(temporary)
                .with("order.avsc", Schemas.ORDER_FILE)
                .with("reading.avsc", Schemas.READING_FILE)
                .with("order.json", Schemas.JSON_ORDER)
                .copy("shop.desc", Folder.SHOP)
                .ids(
                        "# the ids of the registry",
                        "100001 = order.avsc",
                        GUID + "=order.avsc",
                        "2=reading.avsc",
                        "3=order.json",
                        "4=shop.desc",
                        "d49cbf63-d35b-ba54-e1f7-0bdd51528a37=shop.desc");
    }

    @Test
    void avroAndJsonHaveTheNumberBeforeThePayload() {
        assertThat(prefix(confluent("avro", folder), AVRO)).isEqualTo("00000186A1");
        assertThat(prefix(confluent("json", folder), JSON)).isEqualTo("0000000003");
    }

    @Test
    void protobufHasTheMessageBehindTheNumber() {
        Framing framing = confluent("protobuf", folder);

        assertThat(prefix(framing, PROTOBUF)).isEqualTo("0000000004" + "00");
        assertThat(prefix(framing, Schemas.protobuf(Basket.getDescriptor()))).isEqualTo("0000000004" + "0202");
        assertThat(prefix(framing, Schemas.protobuf(Basket.Line.getDescriptor())))
                .isEqualTo("0000000004" + "040200");
        assertThat(prefix(framing, Schemas.protobuf(Basket.Line.Price.getDescriptor())))
                .isEqualTo("0000000004" + "06020000");
    }

    @Test
    void theHeaderHasTheGuidAndThePayloadIsBare() {
        ArrayHeaders headers = new ArrayHeaders();

        assertThat(prefix(confluentHeader("avro", folder), AVRO, headers)).isEmpty();

        assertThat(headers.toArray()).hasSize(1);
        assertThat(header(headers, "__value_schema_id")).isEqualTo(GUID_HEADER);
    }

    @Test
    void theHeaderOfAKeyHasItsOwnName() {
        ArrayHeaders headers = new ArrayHeaders();

        prefix(of(new ConfluentHeaderPlugin(), "avro", true, Frames.file(folder)), AVRO, headers);

        assertThat(header(headers, "__key_schema_id")).isEqualTo(GUID_HEADER);
    }

    @Test
    void theHeaderOfProtobufHasTheMessageBehindTheGuid() {
        ArrayHeaders headers = new ArrayHeaders();

        prefix(confluentHeader("protobuf", folder), Schemas.protobuf(Basket.Line.Price.getDescriptor()), headers);

        assertThat(header(headers, "__value_schema_id")).isEqualTo("01D49CBF63D35BBA54E1F70BDD51528A37" + "06020000");
    }

    @Test
    void aHeaderWithEqualBytesIsNotAddedAgain() {
        ArrayHeaders headers = new ArrayHeaders();
        headers.add("__value_schema_id", bytes(GUID_HEADER));
        Framing framing = confluentHeader("avro", folder);

        prefix(framing, AVRO, headers);
        assertThat(headers.toArray()).hasSize(1);

        headers.add("__value_schema_id", new byte[] {7});
        prefix(framing, AVRO, headers);
        assertThat(headers.toArray()).hasSize(3);
        assertThat(header(headers, "__value_schema_id")).isEqualTo(GUID_HEADER);
    }

    @Test
    void aGuidThatNoFileGivesIsThatOfTheText() {
        folder.ids("1=order.avsc", "reading.avsc", "order.json", "shop.desc").copy("shop.proto", Folder.SHOP_PROTO);

        for (PayloadSchema schema : new PayloadSchema[] {AVRO, JSON}) {
            ArrayHeaders ofFile = new ArrayHeaders();
            ArrayHeaders ofContent = new ArrayHeaders();
            prefix(confluentHeader(schema.format(), folder), schema, ofFile);
            prefix(of(new ConfluentHeaderPlugin(), schema.format(), Map.of("schemas", "content")), schema, ofContent);
            assertThat(header(ofFile, "__value_schema_id"))
                    .hasSize(34)
                    .isEqualTo(header(ofContent, "__value_schema_id"));
        }
        ArrayHeaders ofProto = new ArrayHeaders();
        prefix(confluentHeader("protobuf", folder), PROTOBUF, ofProto);
        assertThat(header(ofProto, "__value_schema_id")).hasSize(36).endsWith("00");
    }

    @Test
    void contentComputesTheGuidOfTheWholeText() {
        PayloadSchema string = PayloadSchema.of(
                "avro", "string", Schema.create(Schema.Type.STRING).toString());
        ArrayHeaders headers = new ArrayHeaders();

        prefix(of(new ConfluentHeaderPlugin(), "avro", Map.of("schemas", "content")), string, headers);

        assertThat(header(headers, "__value_schema_id")).isEqualTo("01" + "095D71CF12556B9D5E330AD575B3DF5D");
    }

    @Test
    void fileComesBeforeContent() {
        Map<String, String> both = Map.of(
                "schemas", "file,content", "schemas.folder", folder.path().toString());
        Framing framing = of(new ConfluentHeaderPlugin(), "avro", both);
        ArrayHeaders known = new ArrayHeaders();
        ArrayHeaders computed = new ArrayHeaders();

        prefix(framing, AVRO, known);
        prefix(framing, PayloadSchema.of("avro", "string", "\"string\""), computed);

        assertThat(header(known, "__value_schema_id")).isEqualTo(GUID_HEADER);
        assertThat(header(computed, "__value_schema_id")).isEqualTo("01" + "095D71CF12556B9D5E330AD575B3DF5D");
    }

    @Test
    void theClassPathIsAFolderToo() {
        Framing framing =
                of(new ConfluentPlugin(), "avro", Map.of("schemas", "classpath", "schemas.resource", "shop-schemas"));

        assertThat(prefix(framing, AVRO)).isEqualTo("0000000007");
    }

    @Test
    void bothPlacesAreReadByBoth() {
        for (Framing framing : new Framing[] {confluent("avro", folder), confluentHeader("avro", folder)}) {
            Frame prefix = read(framing, null, "00000186A1 05", AVRO);
            assertThat(prefix.schema()).isSameAs(AVRO);
            assertThat(prefix.length()).isEqualTo(5);
            assertThat(read(framing, headers(GUID_HEADER), "05", AVRO)).isEqualTo(new Frame(AVRO, 0));
            assertThat(read(framing, headers("00000186A1"), "05", AVRO)).isEqualTo(new Frame(AVRO, 0));
            assertThat(read(framing, null, GUID_HEADER + "05", AVRO)).isEqualTo(new Frame(AVRO, 17));
            // the header comes first, the last one of its name, unless it has no value
            assertThat(read(framing, headers("0000000002", "00000186A1"), "00 00000002", AVRO))
                    .isEqualTo(new Frame(AVRO, 0));
            ArrayHeaders withoutValue = new ArrayHeaders();
            withoutValue.add("__value_schema_id", null);
            assertThat(read(framing, withoutValue, "00 000186A1", AVRO)).isEqualTo(new Frame(AVRO, 5));
        }
    }

    @Test
    void aSchemaThatTheReaderDoesNotHaveComesAsText() {
        PayloadSchema schema =
                read(confluent("avro", folder), null, "0000000002 2A", AVRO).schema();

        assertThat(schema).isNotNull();
        assertThat(Objects.requireNonNull(schema).fullName()).isEqualTo("com.example.Reading");
        assertThat(new Schema.Parser().parse(schema.text())).isEqualTo(new Schema.Parser().parse(Schemas.READING_FILE));
    }

    @Test
    void aProtobufMessageIsFoundByItsIndexes() {
        Framing framing = confluent("protobuf", folder);
        PayloadSchema line = Schemas.protobuf(Basket.Line.getDescriptor());

        assertThat(read(framing, null, "0000000004 00", PROTOBUF, line)).isEqualTo(new Frame(PROTOBUF, 6));
        assertThat(read(framing, null, "0000000004 0200", PROTOBUF, line)).isEqualTo(new Frame(PROTOBUF, 7));
        assertThat(read(framing, null, "0000000004 040200 FF", PROTOBUF, line)).isEqualTo(new Frame(line, 8));
        assertThat(name(read(framing, null, "0000000004 06020000", PROTOBUF))).isEqualTo("shop.v1.Basket.Line.Price");
        assertThatThrownBy(() -> read(framing, null, "0000000004 0204", PROTOBUF))
                .isInstanceOf(SerializationException.class)
                .hasMessage("it names a message that the schema with the id 4 does not have: there are 2 at the top of"
                        + " that file");
    }

    @Test
    void withoutSourcesTheFrameIsTakenOff() {
        for (String format : new String[] {"avro", "json"}) {
            Framing framing = of(new ConfluentPlugin(), format, Map.of());
            assertThat(read(framing, null, "0000000009 05")).isEqualTo(new Frame(null, 5));
            assertThat(read(framing, headers(GUID_HEADER), "05")).isEqualTo(Frame.NONE);
        }
        Framing protobuf = of(new ConfluentPlugin(), "protobuf", Map.of());
        assertThat(read(protobuf, null, "0000000009 0202 05")).isEqualTo(new Frame(null, 7));
    }

    @Test
    void aGuidNamesASchemaOfTheReaderWithoutAnySource() {
        ArrayHeaders headers = new ArrayHeaders();
        prefix(of(new ConfluentHeaderPlugin(), "avro", Map.of("schemas", "content")), AVRO, headers);

        PayloadSchema other = PayloadSchema.of("avro", "com.example.Reading", Schemas.READING_FILE);
        Frame frame = read(of(new ConfluentHeaderPlugin(), "avro", Map.of()), headers, "05", other, AVRO);

        assertThat(frame).isEqualTo(new Frame(AVRO, 0));
    }

    @Test
    void equalFramesAreOneObject() {
        var reader = confluent("avro", folder).reader(java.util.List.of(AVRO));
        byte[] bytes = bytes("00000186A105");

        assertThat(reader.read("orders", null, bytes, 0, 6)).isSameAs(reader.read("other", null, bytes, 0, 5));
    }

    @Test
    void onlyTheRegisteredFileDecidesTheIndexes() {
        byte[] reordered = Protos.reordered(Order.getDescriptor().getFile().toProto());
        folder.with("shop.desc", Protos.set(reordered)).ids("4=shop.desc");
        Framing framing = of(
                new ConfluentPlugin(),
                "protobuf",
                Map.of("schemas", "by-topic", "schemas.by-topic.file", folder.path() + "/shop.desc"));

        assertThat(prefix(framing, PROTOBUF)).isEqualTo("0000000001" + "0202");
        assertThat(prefix(framing, Schemas.protobuf(Basket.Line.getDescriptor())))
                .isEqualTo("0000000001" + "040000");
    }

    @Test
    void avroBytesHaveNoLengthInConfluentsFramingsOnly() {
        assertThat(confluent("avro", folder).writesBytesWithoutLength()).isTrue();
        assertThat(confluentHeader("avro", folder).writesBytesWithoutLength()).isTrue();
        assertThat(of(new ApicurioPlugin(), "avro", Map.of()).writesBytesWithoutLength())
                .isFalse();
        assertThat(of(new DetectPlugin(), "avro", Map.of()).writesBytesWithoutLength())
                .isFalse();
    }

    @Test
    void aSchemaOfTheSameBytesIsEnoughIfOnlyJavaTypesDiffer() {
        Schema generated = new Schema.Parser()
                .parse(Schemas.ORDER_FILE.replace("\"string\"}", "\"string\", \"avro.java.string\": \"String\"}"));
        assertThat(generated).isNotEqualTo(Schemas.ORDER);

        assertThat(prefix(confluent("avro", folder), Schemas.avro(generated))).isEqualTo("00000186A1");
    }

    @Test
    void anIdOfAnotherSchemaIsRefused() {
        ByTopicPlugin.Server server = ByTopicPlugin.server("wrong");
        server.response.complete(null);
        server.schema = new RegisteredSchema("avro", 9L, null, Schemas.READING_FILE);
        Framing framing = of(
                new ConfluentPlugin(),
                "avro",
                Map.of("schemas", "by-topic", "schemas.by-topic.server", "wrong", "schemas.by-topic.same", "false"));

        assertThatThrownBy(() -> framing.writer("orders", AVRO))
                .isInstanceOf(SerializationException.class)
                .hasMessage("the framing confluent cannot write the schema com.example.Order as the id 9 of by-topic,"
                        + " which has other fields. Register the schema, or write with the registered one");
    }

    private static String name(Frame frame) {
        return Objects.requireNonNull(Objects.requireNonNull(frame.schema()).fullName());
    }

    private static ArrayHeaders headers(String... values) {
        ArrayHeaders headers = new ArrayHeaders();
        Arrays.stream(values).forEach(value -> headers.add("__value_schema_id", bytes(value)));
        return headers;
    }

    private static String header(ArrayHeaders headers, String name) {
        return hex(Objects.requireNonNull(headers.lastHeader(name)).value());
    }
}
