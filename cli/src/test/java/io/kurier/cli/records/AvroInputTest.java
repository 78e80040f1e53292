// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroInputTest {
    private static final Schema ORDER = new Schema.Parser().parse("""
            {"type":"record","name":"Order","namespace":"shop","fields":[
              {"name":"id","type":"long"},
              {"name":"note","type":["null","string"],"default":null},
              {"name":"count","type":["null","int"],"default":null},
              {"name":"any","type":["null","int","string",
                {"type":"record","name":"Item","fields":[{"name":"sku","type":"string"}]}],"default":null},
              {"name":"tags","type":{"type":"map","values":["null","double"]},"default":{}},
              {"name":"items","type":{"type":"array","items":"Item"},"default":[]},
              {"name":"hash","type":{"type":"fixed","name":"Two","size":2},"default":"ab"},
              {"name":"raw","type":"bytes","default":""},
              {"name":"ratio","type":"float","default":0.5},
              {"name":"state","type":{"type":"enum","name":"State","symbols":["NEW","PAID"]},"default":"NEW"}]}
            """);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"id":1,"count":3}                       | count | 3
            {"id":1,"count":{"int":3}}               | count | 3
            {"id":1,"count":null}                    | count | null
            {"id":1,"note":"a"}                      | note  | a
            {"id":1,"note":{"string":"a"}}           | note  | a
            {"id":1,"any":7}                         | any   | 7
            {"id":1,"any":{"string":"x"}}            | any   | x
            {"id":1,"any":{"sku":"s"}}               | any   | {"sku": "s"}
            {"id":1,"any":{"shop.Item":{"sku":"s"}}} | any   | {"sku": "s"}
            {"id":1,"tags":{"a":1.5,"b":null}}       | tags  | {a=1.5, b=null}
            {"id":1,"tags":{"a":{"double":"NaN"}}}   | tags  | {a=NaN}
            {"id":1}                                 | state | NEW
            {"id":1,"state":"PAID"}                  | state | PAID
            {"id":1,"ratio":0.1}                     | ratio | 0.1
            {"id":1,"hash":{"base64":"AAE="}}        | hash  | [0, 1]
            """)
    void takesPlainJsonAndAvrosEncoding(String json, String field, String value) {
        GenericRecord record = (GenericRecord) Objects.requireNonNull(read(ORDER, json));
        assertThat(String.valueOf(record.get(field))).isEqualTo(value);
        assertThat(GenericData.get().validate(ORDER, record)).isTrue();
    }

    @Test
    void takesBytesAsBase64AndAsCharacters() {
        for (String raw : new String[] {"{\"base64\":\"/wA=\"}", "\"\u00ff\\u0000\""}) {
            GenericRecord record =
                    (GenericRecord) Objects.requireNonNull(read(ORDER, "{\"id\":1,\"raw\":" + raw + "}"));
            assertThat(record.get("raw")).isEqualTo(ByteBuffer.wrap(new byte[] {-1, 0}));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            7                           | the value: it is not an object, for the record shop.Order
            {}                          | id: the field is missing, and the schema has no default for it
            {"id":1,"cuont":3}          | cuont: the record shop.Order has no such field
            {"id":"secret"}             | id: it is not a whole number of 64 bits, for long
            {"id":1.0}                  | id: it is not a whole number of 64 bits, for long
            {"id":9223372036854775808}  | id: it is not a whole number of 64 bits, for long
            {"id":1,"count":3000000000} | count: it is not a whole number of 32 bits, for int
            {"id":1,"note":5}           | note: it fits no type of the union: null, string. {"TYPE": value} names the type that is meant
            {"id":1,"items":[{"sku":"a"},{"sku":2}]} | items[1].sku: it is not a text
            {"id":1,"state":"GONE"}     | state: it is not one of the symbols of the enum shop.State
            {"id":1,"ratio":1e39}       | ratio: it is not a number that a float can have, or "NaN", "Infinity", "-Infinity"
            {"id":1,"hash":"abc"}       | hash: it is not 2 bytes, for the fixed shop.Two, as {"base64": "..."} or a text of the characters U+0000 to U+00FF
            {"id":1,"raw":"\u0100"}     | raw: it is not bytes, as {"base64": "..."} or a text of the characters U+0000 to U+00FF
            {"id":1,"any":{"shop.Item":{"sku":1}}} | any.sku: it is not a text
            """)
    void namesThePathAndNoValue(String json, String reason) {
        assertThatThrownBy(() -> read(ORDER, json))
                .isInstanceOf(UnfitException.class)
                .hasMessage(reason);
    }

    /** A map that could be the encoding of a union is read as it is printed. */
    @Test
    void whatIsPrintedPlainIsReadPlain() {
        Schema maps = new Schema.Parser()
                .parse("[\"null\",{\"type\":\"map\",\"values\":{\"type\":\"map\",\"values\":\"int\"}}]");
        assertThat(read(maps, "{\"map\":{\"a\":1}}")).hasToString("{map={a=1}}");
        assertThat(read(maps, "{\"map\":{\"x\":{\"a\":1}}}")).hasToString("{x={a=1}}");
    }

    @Test
    void randomRecordsComeBackFromWhatIsPrinted() throws Exception {
        int number = 0;
        for (Object datum : new RandomData(ORDER, 500, 18)) {
            GenericRecord record = decoded(datum);
            JsonNode printed = new ValueJson().of(record);
            assertThat(read(ORDER, JsonText.line(printed)))
                    .as("record %d", number++)
                    .isEqualTo(record);
        }
    }

    @Test
    void randomRecordsAreReadFromAvrosOwnEncoding() throws Exception {
        for (Object datum : new RandomData(ORDER, 500, new Random(19).nextLong())) {
            GenericRecord record = decoded(datum);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            JsonEncoder encoder = EncoderFactory.get().jsonEncoder(ORDER, bytes);
            new GenericDatumWriter<>(ORDER).write(record, encoder);
            encoder.flush();
            assertThat(read(ORDER, bytes.toString(java.nio.charset.StandardCharsets.UTF_8)))
                    .isEqualTo(record);
        }
    }

    /** Returns a record as a deserializer makes it. */
    private static GenericRecord decoded(Object datum) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<>(ORDER).write(datum, encoder);
        return new GenericDatumReader<GenericRecord>(ORDER)
                .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    }

    private static @org.jspecify.annotations.Nullable Object read(Schema schema, String json) {
        return new AvroInput(schema).of(JsonText.ofLine(json));
    }
}
