// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import io.kurier.serializers.avro.AvroSerializerPlugin;
import io.kurier.serializers.framings.test.Basket;
import io.kurier.serializers.framings.test.Order;
import io.kurier.serializers.json.JsonSerializerPlugin;
import io.kurier.serializers.protobuf.ProtobufSerializerPlugin;
import io.kurier.serializers.text.TextSerializerPlugin;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.FieldReader;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.NotReadyException;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A field of values in each framing, by which a partition is chosen; and the same bytes for it in all formats. */
class FramedFieldsTest {
    private static final String ID = "Zoë 🦉";

    private static final GenericRecord AVRO = new GenericRecordBuilder(Schemas.ORDER)
            .set("id", ID)
            .set("cents", 3L)
            .build();
    private static final Order PROTOBUF =
            Order.newBuilder().setOrderId(ID).setCents(3).build();

    private record JsonOrder(String id, long cents) {}

    private static final JsonOrder JSON = new JsonOrder(ID, 3);

    @TempDir
    private Path temporary;

    private Folder folder;

    @BeforeEach
    void fill() {
        folder = new Folder(temporary)
                .with("order.avsc", Schemas.ORDER_FILE)
                .with("order.json", Schemas.JSON_ORDER)
                .copy("shop.desc", Folder.SHOP)
                .copy("shop.proto", Folder.SHOP_PROTO)
                .ids("100001=order.avsc", "4=shop.desc", "5=order.json");
    }

    private static SerializerPlugin framed(SerializerPlugin plugin) {
        List<FramingPlugin> framings =
                List.of(new ConfluentPlugin(), new ConfluentHeaderPlugin(), new ApicurioPlugin());
        return plugin.withFramings(framings);
    }

    private static SerializerSettings settings(SerializerPlugin plugin, Type type, Map<String, String> keys) {
        return new SerializerSettings(
                plugin.name(), "orders", "orders", false, type, new AbstractConfig(plugin.configDef(), keys));
    }

    private Map<String, String> keys(String framing, @Nullable String key, @Nullable String value) {
        Map<String, String> keys = new HashMap<>(Map.of("framing", framing));
        if (!framing.equals("none") && !framing.equals("single-object")) {
            Frames.file(folder).forEach((name, of) -> keys.put("framing." + framing + "." + name, of));
        }
        if (key != null && value != null) {
            keys.put("framing." + framing + "." + key, value);
        }
        return keys;
    }

    @SuppressWarnings("unchecked") // it takes what is declared
    private static EncodedRecord written(SerializerPlugin plugin, SerializerSettings settings, Object value) {
        Headers headers = new RecordHeaders();
        byte[] bytes = ((Serializer<Object>) plugin.serializer(settings)).serialize("orders", headers, value);
        return new EncodedRecord("orders", null, bytes, headers);
    }

    private static @Nullable String read(
            SerializerPlugin plugin, SerializerSettings settings, String path, Object value) {
        FieldReader reader = plugin.fieldReader(settings, path);
        byte[] bytes = reader.read(written(plugin, settings, value));
        reader.close();
        return bytes == null ? null : new String(bytes, UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "none,,",
        "single-object,,",
        "confluent,,",
        "confluent-header,,",
        "apicurio,,",
        "apicurio,id.bytes,8",
        "apicurio,headers,true"
    })
    void ofAvroInEachFraming(String framing, String key, String value) {
        SerializerPlugin plugin = framed(new AvroSerializerPlugin());
        Map<String, String> keys = keys(framing, key, value);
        keys.put("schema", temporary.resolve("order.avsc").toString());
        SerializerSettings declared = settings(plugin, GenericRecord.class, keys);
        assertThat(read(plugin, declared, "id", AVRO)).isEqualTo(ID);
        assertThat(read(plugin, declared, "cents", AVRO)).isEqualTo("3");
        assertThatThrownBy(() -> plugin.fieldReader(declared, "cent"))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "the field cent cannot be read: the record com.example.Order has no field cent. Did you mean"
                                + " cents?");
    }

    @ParameterizedTest
    @CsvSource({"confluent,,", "confluent-header,,", "apicurio,,", "apicurio,id.bytes,8", "apicurio,headers,true"})
    void ofAvroWhoseSchemaOnlyTheFrameNames(String framing, String key, String value) {
        SerializerPlugin plugin = framed(new AvroSerializerPlugin());
        SerializerSettings open = settings(plugin, GenericRecord.class, keys(framing, key, value));
        assertThat(read(plugin, open, "id", AVRO)).isEqualTo(ID);
        assertThat(read(plugin, open, "other", AVRO)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "none,,",
        "confluent,,",
        "confluent-header,,",
        "apicurio,,",
        "apicurio,id.bytes,8",
        "apicurio,headers,true"
    })
    void ofProtobufInEachFraming(String framing, String key, String value) {
        SerializerPlugin plugin = framed(new ProtobufSerializerPlugin());
        SerializerSettings generated = settings(plugin, Order.class, keys(framing, key, value));
        assertThat(read(plugin, generated, "order_id", PROTOBUF)).isEqualTo(ID);
        assertThat(read(plugin, generated, "cents", PROTOBUF)).isEqualTo("3");

        Basket.Line line = Basket.Line.newBuilder().setArticle(ID).build();
        SerializerSettings nested = settings(plugin, Basket.Line.class, keys(framing, key, value));
        assertThat(read(plugin, nested, "article", line)).isEqualTo(ID);
        assertThat(read(plugin, nested, "piece_count", line)).isNull();

        Map<String, String> several = keys(framing, key, value);
        several.put("descriptor", temporary.resolve("shop.desc").toString());
        several.put("type.header", "true");
        SerializerSettings marked = settings(plugin, Message.class, several);
        assertThat(read(plugin, marked, "order_id", PROTOBUF)).isEqualTo(ID);
        assertThat(read(plugin, marked, "order_id", line)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "none,,",
        "confluent,,",
        "confluent-header,,",
        "apicurio,,",
        "apicurio,id.bytes,8",
        "apicurio,headers,true"
    })
    void ofJsonInEachFraming(String framing, String key, String value) {
        SerializerPlugin plugin = framed(new JsonSerializerPlugin());
        Map<String, String> keys = keys(framing, key, value);
        keys.put("schema", temporary.resolve("order.json").toString());
        SerializerSettings settings = settings(plugin, JsonOrder.class, keys);
        assertThat(read(plugin, settings, "id", JSON)).isEqualTo(ID);
        assertThat(read(plugin, settings, "cents", JSON)).isEqualTo("3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", ID, "1", "true", "line\nbreak \"quoted\" \\ \t"})
    void aTextHasTheSameBytesInAllFormatsAsTheSerializerTextWrites(String text) {
        SerializerPlugin texts = new TextSerializerPlugin();
        byte[] expected =
                written(texts, settings(texts, String.class, Map.of()), text).value();
        assertThat(expected).isEqualTo(text.getBytes(UTF_8));

        SerializerPlugin avro = framed(new AvroSerializerPlugin());
        GenericRecord record =
                new GenericRecordBuilder(Schemas.ORDER).set("id", text).build();
        Map<String, String> keys =
                Map.of("schema", temporary.resolve("order.avsc").toString());
        assertThat(bytes(avro, settings(avro, GenericRecord.class, keys), "id", record))
                .isEqualTo(expected);
        SerializerPlugin protobuf = framed(new ProtobufSerializerPlugin());
        Order message = Order.newBuilder().setOrderId(text).build();
        assertThat(bytes(protobuf, settings(protobuf, Order.class, Map.of()), "order_id", message))
                .isEqualTo(expected);
        SerializerPlugin json = framed(new JsonSerializerPlugin());
        assertThat(bytes(json, settings(json, JsonOrder.class, Map.of()), "id", new JsonOrder(text, 0)))
                .isEqualTo(expected);
    }

    private static byte @Nullable [] bytes(
            SerializerPlugin plugin, SerializerSettings settings, String path, Object value) {
        return plugin.fieldReader(settings, path).read(written(plugin, settings, value));
    }

    @Test
    void textsHaveNoFields() {
        SerializerPlugin plugin = new TextSerializerPlugin();
        SerializerSettings settings = settings(plugin, String.class, Map.of());
        assertThatThrownBy(() -> plugin.fieldReader(settings, "id"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("values by text have no fields, and so no field id");
    }

    @Test
    void aSchemaThatAServerHasIsWaitedForByThePublisher() {
        String server = UUID.randomUUID().toString();
        SerializerPlugin plugin = framed(new AvroSerializerPlugin());
        Map<String, String> keys = Map.of(
                "framing",
                "confluent",
                "framing.confluent.schemas",
                "by-topic",
                "framing.confluent.schemas.by-topic.server",
                server);
        SerializerSettings open = settings(plugin, GenericRecord.class, keys);
        FieldReader reader = plugin.fieldReader(open, "id");
        EncodedRecord record =
                new EncodedRecord("orders", null, Frames.bytes("00 00000007 046162 06"), new RecordHeaders());
        assertThatThrownBy(() -> reader.read(record)).isInstanceOf(NotReadyException.class);

        ByTopicPlugin.server(server).schema = new RegisteredSchema("avro", 7L, null, Schemas.ORDER.toString());
        ByTopicPlugin.server(server).response.complete(null);
        assertThat(reader.read(record)).isEqualTo("ab".getBytes(UTF_8));
        reader.close();
    }

    @Test
    void aServerIsNotAskedForADeclaredSchema() {
        String server = UUID.randomUUID().toString();
        SerializerPlugin plugin = framed(new ProtobufSerializerPlugin());
        SerializerSettings settings = settings(
                plugin,
                Order.class,
                Map.of(
                        "framing",
                        "confluent",
                        "framing.confluent.schemas",
                        "by-topic",
                        "framing.confluent.schemas.by-topic.server",
                        server));
        EncodedRecord record =
                new EncodedRecord("orders", null, Frames.bytes("00 00000007 00 0A026162"), new RecordHeaders());
        assertThat(plugin.fieldReader(settings, "order_id").read(record)).isEqualTo("ab".getBytes(UTF_8));
        assertThat(ByTopicPlugin.server(server).requests).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({"avro, id", "protobuf, order_id", "json, id"})
    void aValueThatIsNotInItsFramingIsRefused(String format, String path) {
        SerializerPlugin plugin = framed(
                switch (format) {
                    case "avro" -> new AvroSerializerPlugin();
                    case "json" -> new JsonSerializerPlugin();
                    default -> new ProtobufSerializerPlugin();
                });
        Map<String, String> keys = keys("confluent", null, null);
        keys.putAll(
                format.equals("avro")
                        ? Map.of("schema", temporary.resolve("order.avsc").toString())
                        : Map.of());
        FieldReader reader = plugin.fieldReader(
                settings(plugin, format.equals("protobuf") ? Order.class : Object.class, keys), path);
        for (String hex : List.of("", "07", "00", "0000000102", "00000001029999999999")) {
            EncodedRecord damaged = new EncodedRecord("orders", null, Frames.bytes(hex), new RecordHeaders());
            assertThatThrownBy(() -> reader.read(damaged))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageStartingWith("cannot read the field " + path + " of the value: ");
        }
    }
}
