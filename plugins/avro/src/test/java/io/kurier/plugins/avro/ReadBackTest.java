// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.avro;

import static io.kurier.plugins.avro.Containers.block;
import static io.kurier.plugins.avro.Containers.handmade;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.plugins.files.ConnectorRun;
import io.kurier.serializers.avro.AvroDeserializer;
import io.kurier.serializers.avro.AvroSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.avro.JsonSchemaParser;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the connector publishes, a reader reads that is given the very schema of the file by its key. */
@Timeout(60)
class ReadBackTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'record','name':'Outer$Inner','fields':[{'name':'f','type':'int'}]}",
                "{'type':'record','name':'R','namespace':'com.my-shop.v$1','fields':[{'name':'f','type':'int'}]}",
                "{'type':'record','name':'R','fields':[{'name':'first-name$','type':'int'}]}",
                "{'type':'record','name':'größe 1','fields':[{'name':'1','type':'int'}]}",
                "{'type':'record','name':'R','fields':[{'name':'f','type':'int','default':'none'}]}",
                "{'type':'record','name':'R','fields':[{'name':'f','type':'int','default':null}]}",
                "{'type':'record','name':'R','fields':[{'name':'f','type':['null','int'],'default':7}]}",
                "{'type':'record','name':'R','fields':["
                        + "{'name':'f','type':{'type':'enum','name':'E-1','symbols':['a-b','c$','1']}}]}",
                "{'type':'record','name':'R','fields':[{'name':'f','type':{'type':'fixed','name':'F$','size':2}}]}",
                "{'type':'record','name':'R','fields':[{'name':'f','type':{'type':'array','items':"
                        + "{'type':'record','name':'a.b-c.D','fields':[{'name':'x-y','type':'long','default':1.5}]}}}]}",
                "[{'type':'record','name':'A$','fields':[]},"
                        + "{'type':'record','name':'B-','fields':[{'name':'i','type':'int'}]}]",
                "'null'",
                "'boolean'",
                "'int'",
                "'long'",
                "'float'",
                "'double'",
                "'bytes'",
                "'string'",
                "{'type':'string','avro.java.string':'String'}",
                "{'type':'bytes','logicalType':'decimal','precision':4,'scale':2}",
                "{'type':'array','items':'string'}",
                "{'type':'array','items':'null'}",
                "{'type':'map','values':{'type':'array','items':'long'}}",
                "{'type':'enum','name':'E','symbols':['a','b-c']}",
                "{'type':'fixed','name':'F','size':3}",
                "['null','string',{'type':'record','name':'R','fields':[{'name':'f','type':'int'}]}]",
            })
    void whatIsPublishedIsReadWithTheSchemaOfTheFile(String json) throws IOException {
        Schema schema = JsonSchemaParser.parseInternal(json.replace('\'', '"'));
        List<@Nullable Object> values = new ArrayList<>();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(content, null);
        for (int i = 0; i < 3; i++) {
            @Nullable Object value = value(schema, i);
            values.add(value);
            new GenericDatumWriter<>(schema).write(value, encoder);
        }
        encoder.flush();
        Files.write(folder.resolve("a.avro"), handmade(json, "null", to -> block(to, 3, content.toByteArray())));
        Path file = Files.writeString(folder.resolve("a.avsc"), json.replace('\'', '"'));

        List<SourceRecord> published;
        try (ConnectorRun run = ConnectorRun.start(new AvroSourceConnector(), Map.of("path", folder.toString()))) {
            published = run.drain();
            assertThat(run.rejected).isEmpty();
        }
        assertThat(published).hasSize(3);
        try (AvroSerializer<Object> serializer = new AvroSerializer<>();
                AvroDeserializer<GenericRecord> deserializer = new AvroDeserializer<>()) {
            deserializer.configure(Map.of("avro.schemas", file.toString()), false);
            for (int i = 0; i < 3; i++) {
                GenericRecord record = (GenericRecord) published.get(i).value();
                GenericRecord read = requireNonNull(deserializer.deserialize("t", serializer.serialize("t", record)));
                assertThat(read).isEqualTo(record);
                boolean whole = values.get(i) instanceof GenericRecord
                        && !schema.toString().startsWith("[\"null\"");
                assertThat(whole ? read : read.get("value")).isEqualTo(values.get(i));
            }
        }
    }

    @Test
    void theRecordAroundAValueIsWhatTheDocumentationSays() throws IOException {
        Files.write(folder.resolve("a.avro"), handmade("'string'", "null", to -> block(to, 1, new byte[] {2, 'k'})));
        Map<String, String> properties = Map.of("path", folder.toString(), "key", "field:value");
        try (ConnectorRun run = ConnectorRun.start(new AvroSourceConnector(), properties)) {
            SourceRecord record = run.drain().get(0);
            assertThat(((GenericRecord) record.value()).getSchema())
                    .hasToString("{\"type\":\"record\",\"name\":\"Value\",\"namespace\":\"io.kurier.avro\","
                            + "\"fields\":[{\"name\":\"value\",\"type\":\"string\"}]}");
            assertThat(record.key()).isEqualTo("k");
        }
    }

    @Test
    void theDeepestRecordThatIsPublishedIsTheDeepestThatIsReadBack() throws IOException {
        String list = "{'type':'record','name':'L','fields':[{'name':'next','type':['null','L']}]}";
        int deepest = AvroDeserializer.DEFAULT_MAX_DEPTH;
        Files.write(folder.resolve("a.avro"), handmade(list, "null", to -> block(to, 1, nested(deepest))));
        Files.write(folder.resolve("b.avro"), handmade(list, "null", to -> block(to, 1, nested(deepest + 1))));
        try (ConnectorRun run = ConnectorRun.start(new AvroSourceConnector(), Map.of("path", folder.toString()));
                AvroSerializer<GenericRecord> serializer = new AvroSerializer<>()) {
            GenericRecord record =
                    (GenericRecord) requireNonNull(run.drainValues().get(0));
            try (AvroDeserializer<GenericRecord> deserializer = AvroDeserializer.generic(record.getSchema())) {
                assertThat(deserializer.deserialize("t", serializer.serialize("t", record)))
                        .isEqualTo(record);
            }
            assertThat(run.rejections()).singleElement().asString().contains("its bytes are damaged");
        }
    }

    /** Records within each other, the innermost with null in its field. */
    private static byte[] nested(int records) {
        byte[] bytes = new byte[records];
        Arrays.fill(bytes, 0, records - 1, (byte) 2);
        return bytes;
    }

    /** A value of a schema, one of several. */
    private static @Nullable Object value(Schema schema, int which) {
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> which == 0;
            case INT -> which;
            case LONG -> 1L << (40 + which);
            case FLOAT -> which + 0.5f;
            case DOUBLE -> which + 0.25;
            case BYTES -> ByteBuffer.wrap(new byte[] {(byte) which, 1});
            case STRING -> schema.getProp("avro.java.string") == null ? new Utf8("text " + which) : "text " + which;
            case FIXED -> new GenericData.Fixed(schema, new byte[schema.getFixedSize()]);
            case ENUM ->
                new GenericData.EnumSymbol(
                        schema,
                        schema.getEnumSymbols()
                                .get(which % schema.getEnumSymbols().size()));
            case ARRAY ->
                new GenericData.Array<>(schema, Collections.singletonList(value(schema.getElementType(), which)));
            case MAP -> Collections.singletonMap(new Utf8("key"), value(schema.getValueType(), which));
            case UNION -> value(schema.getTypes().get(which % schema.getTypes().size()), which);
            case RECORD -> {
                GenericRecord record = new GenericData.Record(schema);
                schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema(), which)));
                yield record;
            }
        };
    }
}
