// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.serializers.avro.test.Node;
import io.kurier.serializers.avro.test.Order;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.FieldReader;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A field of Avro values as the bytes by which a partition is chosen. */
class AvroFieldTest {
    /** A field of every kind; what is skipped is before what is read. */
    static final Schema EVENT = Samples.schema("""
            {'type': 'record', 'name': 'com.example.Event', 'fields': [
              {'name': 'ratio', 'type': 'double'},
              {'name': 'share', 'type': 'float'},
              {'name': 'nothing', 'type': 'null'},
              {'name': 'tags', 'type': {'type': 'array', 'items': 'string'}},
              {'name': 'counts', 'type': {'type': 'map', 'values': 'long'}},
              {'name': 'text', 'type': 'string'},
              {'name': 'state', 'type': {'type': 'enum', 'name': 'State', 'symbols': ['OPEN', 'PAID']}},
              {'name': 'small', 'type': 'int'},
              {'name': 'large', 'type': 'long'},
              {'name': 'flag', 'type': 'boolean'},
              {'name': 'blob', 'type': 'bytes'},
              {'name': 'code', 'type': {'type': 'fixed', 'name': 'Code', 'size': 3}},
              {'name': 'uuid', 'type': {'type': 'string', 'logicalType': 'uuid'}},
              {'name': 'day', 'type': {'type': 'int', 'logicalType': 'date'}},
              {'name': 'total', 'type': {'type': 'bytes', 'logicalType': 'decimal', 'precision': 9, 'scale': 2}},
              {'name': 'maybe', 'type': ['null', 'string']},
              {'name': 'either', 'type': ['string', 'long', 'double']},
              {'name': 'customer', 'type': {'type': 'record', 'name': 'Customer', 'fields': [
                {'name': 'number', 'type': 'long'},
                {'name': 'id', 'type': 'string'},
                {'name': 'referrer', 'type': ['null', 'Customer']}]}},
              {'name': 'party', 'type': ['null', 'string', 'Customer',
                {'type': 'record', 'name': 'Firm', 'fields': [{'name': 'name', 'type': 'string'}]}]}]}
            """);

    private static final Schema CUSTOMER = EVENT.getField("customer").schema();
    private static final byte[] BLOB = {0, -1, 'x'};

    @TempDir
    Path folder;

    private SerializerPlugin plugin = new AvroSerializerPlugin();

    private static GenericRecord customer(String id, @Nullable GenericRecord referrer) {
        return Samples.record(CUSTOMER, 12L, id, referrer);
    }

    private static GenericRecord event(@Nullable String maybe, Object either, @Nullable Object party) {
        return new GenericRecordBuilder(EVENT)
                .set("ratio", 0.5)
                .set("share", 0.5F)
                .set("nothing", null)
                .set("tags", List.of(Samples.CANARY, "b"))
                .set("counts", Map.of("a", 1L, "b", -2L))
                .set("text", "Zoë 🦉")
                .set("state", new GenericData.EnumSymbol(EVENT.getField("state").schema(), "PAID"))
                .set("small", -7)
                .set("large", Long.MIN_VALUE)
                .set("flag", true)
                .set("blob", ByteBuffer.wrap(BLOB))
                .set("code", new GenericData.Fixed(EVENT.getField("code").schema(), BLOB))
                .set("uuid", "00000000-0000-0000-0000-00000000002a")
                .set("day", 20_000)
                .set("total", ByteBuffer.wrap(new byte[] {3, -34}))
                .set("maybe", maybe)
                .set("either", either)
                .set("customer", customer("c-1", customer("c-2", null)))
                .set("party", party)
                .build();
    }

    private static GenericRecord event() {
        return event("m", "e", null);
    }

    private SerializerSettings settings(Type type, Map<String, String> keys) {
        return new SerializerSettings(
                "avro", "orders", "orders", false, type, new AbstractConfig(plugin.configDef(), keys));
    }

    private String file(String name, Schema... schemas) throws IOException {
        String text = schemas.length == 1
                ? schemas[0].toString()
                : Schema.createUnion(schemas).toString();
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private SerializerSettings ofEvents() throws IOException {
        return settings(GenericRecord.class, Map.of("schema", file("event.avsc", EVENT)));
    }

    @SuppressWarnings("unchecked") // it takes what is declared
    private byte[] written(SerializerSettings settings, Object value) {
        return ((Serializer<Object>) plugin.serializer(settings)).serialize("orders", value);
    }

    private byte @Nullable [] read(SerializerSettings settings, String path, Object value) {
        return plugin.fieldReader(settings, path).read(record(written(settings, value)));
    }

    private static EncodedRecord record(byte @Nullable [] value) {
        return new EncodedRecord("orders", null, value, new RecordHeaders());
    }

    @ParameterizedTest
    @CsvSource({
        "text, Zoë 🦉",
        "state, PAID",
        "small, -7",
        "large, -9223372036854775808",
        "flag, true",
        "uuid, 00000000-0000-0000-0000-00000000002a",
        "day, 20000",
        "maybe, m",
        "either, e",
        "customer.id, c-1",
        "customer.number, 12",
        "customer.referrer.id, c-2"
    })
    void readsEachKindThatTheSerializerWrites(String path, String expected) throws IOException {
        assertThat(read(ofEvents(), path, event())).isEqualTo(expected.getBytes(UTF_8));
    }

    @Test
    void readsBytesAsTheyAre() throws IOException {
        assertThat(read(ofEvents(), "blob", event())).isEqualTo(BLOB);
        assertThat(read(ofEvents(), "code", event())).isEqualTo(BLOB);
        assertThat(read(ofEvents(), "total", event())).containsExactly(3, -34);
    }

    @Test
    void readsTheFieldsOfClasses() {
        SerializerSettings generated = settings(Order.class, Map.of());
        assertThat(read(generated, "id", Samples.order("ö"))).isEqualTo("ö".getBytes(UTF_8));
        assertThat(read(generated, "cents", Samples.order())).isEqualTo("-990".getBytes(UTF_8));
        assertThat(read(generated, "status", Samples.order())).isEqualTo("PAID".getBytes(UTF_8));
        assertThat(read(generated, "placed", Samples.order())).isEqualTo("1700000000123".getBytes(UTF_8));
        assertThat(read(generated, "hash", Samples.order())).containsExactly(1, 2, 3, 4);
        SerializerSettings plain = settings(Article.Part.class, Map.of("framing", "none"));
        Article.Part part = new Article.Part("a", 3, new Article.Part("b", 4));
        assertThat(read(plain, "within.name", part)).isEqualTo("b".getBytes(UTF_8));
        assertThat(read(plain, "within.count", part)).isEqualTo("4".getBytes(UTF_8));
        assertThat(read(plain, "within.within.name", part)).isNull();
    }

    @Test
    void whatIsNullHasNoBytes() throws IOException {
        assertThat(read(ofEvents(), "maybe", event(null, 1L, null))).isNull();
        assertThat(read(ofEvents(), "customer.referrer.referrer.id", event())).isNull();
        assertThat(plugin.fieldReader(ofEvents(), "text").read(record(null))).isNull();
    }

    @Test
    void theBranchOfAUnionDecides() throws IOException {
        assertThat(read(ofEvents(), "either", event(null, 8L, null))).isEqualTo("8".getBytes(UTF_8));
        byte[] fraction = written(ofEvents(), event(null, 0.5, "x"));
        assertThatThrownBy(() -> plugin.fieldReader(ofEvents(), "either").read(record(fraction)))
                .isInstanceOf(SerializationException.class)
                .hasMessage("cannot read the field either of the value: it is a double, which can have a fraction, and"
                        + " only text, whole numbers, booleans, bytes and enums can be read");
        Schema firm = EVENT.getField("party").schema().getTypes().get(3);
        assertThat(read(ofEvents(), "party.id", event("", "", customer("p", null))))
                .isEqualTo("p".getBytes(UTF_8));
        assertThat(read(ofEvents(), "party.id", event("", "", Samples.record(firm, "f"))))
                .isNull();
        assertThat(read(ofEvents(), "party.id", event("", "", null))).isNull();
        assertThatThrownBy(() -> plugin.fieldReader(ofEvents(), "party.id").read(record(fraction)))
                .isInstanceOf(SerializationException.class)
                .hasMessage("cannot read the field party.id of the value: party is of the type string, which has no"
                        + " fields");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "txt | the record com.example.Event has no field txt. Did you mean text?",
                "customer.Id | the record com.example.Customer has no field Id. Did you mean customer.id?",
                "custmer.id | the record com.example.Event has no field custmer. Did you mean customer.id?",
                "customer.street | the record com.example.Customer has no field street. It has number, id, referrer",
                "customer.referrer.street | the record com.example.Customer has no field street. It has number, id,"
                        + " referrer",
                "customer | it is the record com.example.Customer. Name one of its fields, such as customer.number",
                "tags | it is a list, and only text, whole numbers, booleans, bytes and enums can be read",
                "counts | it is a map, and only text, whole numbers, booleans, bytes and enums can be read",
                "ratio | it is a double, which can have a fraction, and only text, whole numbers, booleans, bytes and"
                        + " enums can be read",
                "share | it is a float, which can have a fraction, and only text, whole numbers, booleans, bytes and"
                        + " enums can be read",
                "nothing | it is always null, and only text, whole numbers, booleans, bytes and enums can be read",
                "text.id | text is of the type string, which has no fields",
                "maybe.id | maybe is of the type string, which has no fields",
                "tags.id | tags is a list, which has no fields"
            })
    void refusesAFieldThatTheSchemaDoesNotHaveAtTheStart(String path, String reason) throws IOException {
        SerializerSettings settings = ofEvents();
        assertThatThrownBy(() -> plugin.fieldReader(settings, path))
                .isInstanceOf(ConfigException.class)
                .hasMessage("the field " + path + " cannot be read: " + reason);
    }

    @Test
    void valuesThatAreNoRecordsHaveNoFields() {
        assertThatThrownBy(() -> plugin.fieldReader(settings(String.class, Map.of()), "id"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("the field id cannot be read: the value is of the type string, which has no fields");
        assertThatThrownBy(() -> plugin.fieldReader(settings(Order.class, Map.of()), "id..x"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("the path \"id..x\" names no field");
    }

    @Test
    void aDeclaredUnionHasTheFieldsOfItsRecords() throws IOException {
        SerializerSettings settings =
                settings(GenericRecord.class, Map.of("schema", file("both.avsc", CUSTOMER, Node.getClassSchema())));
        assertThat(read(settings, "id", customer("c", null))).isEqualTo("c".getBytes(UTF_8));
        assertThat(read(settings, "id", Samples.record(Node.getClassSchema(), "n", null)))
                .isNull();
        assertThat(read(settings, "name", Samples.record(Node.getClassSchema(), "n", null)))
                .isEqualTo("n".getBytes(UTF_8));
        assertThatThrownBy(() -> plugin.fieldReader(settings, "nam"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("the field nam cannot be read: the record com.example.Customer has no field");
    }

    @Test
    void aRecordIsReadInTheKnownSchemaThatItsFrameNames() throws IOException {
        String schemas = file("customer.avsc", CUSTOMER) + "," + file("node.avsc", Node.getClassSchema());
        SerializerSettings settings = settings(GenericRecord.class, Map.of("schemas", schemas));
        assertThat(read(settings, "id", customer("c", null))).isEqualTo("c".getBytes(UTF_8));
        assertThat(read(settings, "id", new Node("n", null))).isNull();
        assertThat(read(settings, "name", new Node("n", null))).isEqualTo("n".getBytes(UTF_8));
        assertThatThrownBy(() -> read(settings, "id", event()))
                .isInstanceOf(SerializationException.class)
                .hasMessageStartingWith(
                        "cannot read the field id of the value: it was written with a schema of the" + " fingerprint ")
                .hasMessageContaining("Add the schema it was written with to schemas");
        assertThatThrownBy(() -> plugin.fieldReader(settings, "ids"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("the field ids cannot be read: the record com.example.Customer has no field ids. Did you"
                        + " mean id?");
    }

    @Test
    void withoutAFrameTheOnlySchemaIsTaken() throws IOException {
        String one = file("customer.avsc", CUSTOMER);
        SerializerSettings declared = settings(Object.class, Map.of("framing", "none", "schema", one));
        assertThat(read(declared, "id", customer("c", null))).isEqualTo("c".getBytes(UTF_8));
        SerializerSettings only = settings(Object.class, Map.of("framing", "none", "schemas", one));
        assertThat(read(only, "id", customer("c", null))).isEqualTo("c".getBytes(UTF_8));
        assertThatThrownBy(() -> plugin.fieldReader(settings(Object.class, Map.of("framing", "none")), "id"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("the field id cannot be read: Avro without a framing does not say with which schema a value"
                        + " was written, and no schema is known. Declare a class, or set schema to the only one");
        String two = one + "," + file("node.avsc", Node.getClassSchema());
        assertThatThrownBy(() ->
                        plugin.fieldReader(settings(Object.class, Map.of("framing", "none", "schemas", two)), "id"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("and there are several");
        assertThatThrownBy(() -> plugin.fieldReader(settings(Object.class, Map.of()), "id"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("the field id cannot be read: a value names its schema only by a fingerprint, and no schema"
                        + " is known. Declare a class, or set schema or schemas");
    }

    @Test
    void blocksWithTheirSizesAreSkipped() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(out, null);
        GenericRecord event = event();
        event.put("tags", Collections.nCopies(100, "a tag"));
        new GenericDatumWriter<GenericRecord>(EVENT).write(event, encoder);
        encoder.flush();
        SerializerSettings settings =
                settings(Object.class, Map.of("framing", "none", "schema", file("event.avsc", EVENT)));
        assertThat(plugin.fieldReader(settings, "text").read(record(out.toByteArray())))
                .isEqualTo("Zoë 🦉".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "either", "party.id", "customer.referrer.id"})
    void damagedValuesAreRefusedAndNothingElseIsThrown(String path) throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        SerializerSettings settings =
                settings(Object.class, Map.of("framing", "none", "schema", file("event.avsc", EVENT)));
        FieldReader reader = plugin.fieldReader(settings, path);
        byte[] whole = written(settings, event("m", "e", customer("p", null)));
        for (int length = 0; length < 20; length++) {
            EncodedRecord cut = record(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> reader.read(cut))
                    .isInstanceOf(SerializationException.class)
                    .hasMessage("cannot read the field " + path + " of the value: the record ends too early");
        }
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                Object unused = reader.read(record(damaged));
            } catch (SerializationException e) {
                assertThat(e).as("seed " + seed).hasMessageStartingWith("cannot read the field " + path);
            }
        }
    }

    @Test
    void theLimitsOfReadingHold() throws IOException {
        Schema nulls = Samples.schema("{'type': 'record', 'name': 'R', 'fields': ["
                + "{'name': 'a', 'type': {'type': 'array', 'items': 'null'}}, {'name': 'id', 'type': 'string'}]}");
        SerializerSettings manyNulls =
                settings(Object.class, Map.of("framing", "none", "schema", file("nulls.avsc", nulls)));
        // Long.MAX_VALUE items without bytes, and no more; then a text of one byte
        byte[] claimed = {-2, -1, -1, -1, -1, -1, -1, -1, -1, 1, 0, 2, 'x'};
        assertThat(plugin.fieldReader(manyNulls, "id").read(record(claimed))).containsExactly('x');
        byte[] long2G = {0, -2, -1, -1, -1, 15, 'x'};
        assertThatThrownBy(() -> plugin.fieldReader(manyNulls, "id").read(record(long2G)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("the record ends too early");

        Schema chain = Samples.schema("{'type': 'record', 'name': 'Chain', 'fields': ["
                + "{'name': 'next', 'type': ['null', 'Chain']}, {'name': 'id', 'type': 'string'}]}");
        SerializerSettings deep =
                settings(Object.class, Map.of("framing", "none", "schema", file("chain.avsc", chain)));
        byte[] levels = new byte[10_000];
        Arrays.fill(levels, (byte) 2);
        assertThatThrownBy(() -> plugin.fieldReader(deep, "id").read(record(levels)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("it is nested deeper than 500 levels");
        SerializerSettings small = settings(
                Object.class, Map.of("framing", "none", "max.bytes", "5", "schema", file("chain.avsc", chain)));
        assertThatThrownBy(() -> plugin.fieldReader(small, "id").read(record(levels)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("at most 5 are read");
    }

    @Test
    void schemasThatTheFramingFindsAreRead() {
        plugin = plugin.withFramings(List.of(new LearningFraming.Plugin(CUSTOMER.toString())));
        SerializerSettings settings = settings(GenericRecord.class, Map.of("framing", "learning"));
        FieldReader reader = plugin.fieldReader(settings, "id");
        for (String id : List.of("a", "b")) {
            assertThat(reader.read(record(written(settings, customer(id, null)))))
                    .isEqualTo(id.getBytes(UTF_8));
        }
        assertThat(plugin.fieldReader(settings, "other").read(record(written(settings, customer("a", null)))))
                .as("no schema was known at the start")
                .isNull();

        plugin = new AvroSerializerPlugin().withFramings(List.of(new LearningFraming.Plugin("{\"type\":")));
        FieldReader broken = plugin.fieldReader(settings(GenericRecord.class, Map.of("framing", "learning")), "id");
        assertThatThrownBy(() -> broken.read(record(new byte[] {0, 0})))
                .isInstanceOf(SerializationException.class)
                .hasMessageStartingWith("cannot read the field id of the value: its framing names a schema that is none"
                        + " in JSON: ");
        broken.close();
    }
}
