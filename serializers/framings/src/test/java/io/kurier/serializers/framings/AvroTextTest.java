// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.serializers.internal.AvroText;
import io.kurier.serializers.internal.Json;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of a schema's text, compared with those of Avro's library. */
class AvroTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"string\"",
                "{\"type\":\"string\"}",
                "{\"type\":\"string\",\"avro.java.string\":\"String\"}",
                "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2}",
                "[\"null\",{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"},\"string\"]",
                "{\"items\":{\"values\":\"int\",\"type\":\"map\",\"x\":[1,2.50,{\"a\":null}]},\"type\":\"array\"}",
                "{\"namespace\":\"a.b\",\"size\":16,\"name\":\"Id\",\"type\":\"fixed\",\"aliases\":[\"Old\",\"c.Older\"]}",
                "{\"type\":\"enum\",\"name\":\"a.Kind\",\"symbols\":[\"A\",\"B\"],\"default\":\"A\",\"doc\":\"k\",\"p\":1}",
                "{\"type\":\"array\",\"items\":\"int\",\"default\":[],\"doc\":\"d\",\"name\":\"n\"}",
                "{\"type\":\"map\",\"values\":\"int\",\"default\":{},\"fields\":[],\"symbols\":[]}",
                "{\"type\":\"fixed\",\"name\":\"F\",\"size\":1,\"default\":\"x\",\"doc\":\"d\"}",
                "{\"type\":\"string\",\"default\":\"x\",\"p\":null}",
                "{\"type\":\"record\",\"name\":\"R\",\"default\":{},\"fields\":[{\"name\":\"t\",\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}]}",
                "{\"type\":\"error\",\"name\":\"E\",\"fields\":[]}",
                """
                {"type":"record","name":"R","namespace":"n.s","aliases":["Q"],"doc":"é \\" \\\\ \\u0007 \\/ \\t","prop":"v",
                 "fields":[
                  {"name":"self","type":["null","R"],"default":null,"aliases":["me"]},
                  {"name":"e","type":{"type":"enum","name":"E","symbols":["X"]},"order":"descending","doc":"d"},
                  {"name":"again","type":"E","order":"ignore"},
                  {"name":"other","type":{"type":"fixed","name":"o.F","size":2},"x-y":{"deep":[true,false]}},
                  {"name":"full","type":"o.F"},
                  {"name":"bare","type":{"type":"record","name":"Bare","namespace":"","fields":[
                     {"name":"in","type":{"type":"record","name":"In","fields":[]}}]}},
                  {"name":"bareAgain","type":"Bare"},
                  {"name":"text","type":"string","default":"a\\nb"},
                  {"name":"number","type":"double","default":1.5},
                  {"name":"list","type":{"type":"array","items":"string"},"default":[]},
                  {"name":"nested","type":{"type":"record","name":"x.Deep","fields":[
                     {"name":"up","type":"n.s.E"},{"name":"same","type":{"type":"record","name":"Same","fields":[]}}]},
                   "default":{"up":"X","same":{}}}
                 ]}
                """
            })
    void areThoseOfAvro(String text) {
        Schema schema = new Schema.Parser().setValidateDefaults(false).parse(text);
        Object tree = Json.parse(text);

        assertThat(Json.compactWithDoubles(AvroText.in(AvroText.Form.COMPLETE, tree)))
                .isEqualTo(schema.toString());
        assertThat(Json.compactWithDoubles(AvroText.in(AvroText.Form.COMPLETE, Json.parse(schema.toString()))))
                .isEqualTo(schema.toString());
        String parsing = Json.compact(AvroText.in(AvroText.Form.PARSING, tree));
        assertThat(parsing).isEqualTo(SchemaNormalization.toParsingForm(schema));
        assertThat(AvroFingerprint.of(parsing)).isEqualTo(SchemaNormalization.parsingFingerprint64(schema));
    }

    @Test
    void javaTypesAreLeftOutOfOneForm() {
        SchemaText generated = SchemaText.of("avro", "{\"type\":\"string\",\"avro.java.string\":\"String\"}");
        SchemaText plain = SchemaText.of("avro", "\"string\"");
        SchemaText other = SchemaText.of("avro", "{\"type\":\"string\",\"logicalType\":\"uuid\"}");

        assertThat(generated.equality()).isNotEqualTo(plain.equality());
        assertThat(generated.payload()).isEqualTo(plain.payload()).isNotEqualTo(other.payload());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Nowhere\"",
                "1",
                "{}",
                "{\"type\":\"array\"}",
                "{\"type\":\"record\",\"name\":\"R\"}",
                "{\"type\":\"record\",\"fields\":[]}",
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[1]}",
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":{}}",
                "[{\"type\":\"fixed\",\"name\":\"F\",\"size\":1},{\"type\":\"fixed\",\"name\":\"F\",\"size\":1}]"
            })
    void whatIsNoSchemaIsRefused(String text) {
        assertThatThrownBy(() -> SchemaText.of("avro", text)).isInstanceOf(IllegalArgumentException.class);
    }
}
