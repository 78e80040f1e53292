// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import static io.kurier.plugins.host.internal.records.Pipelines.line;
import static io.kurier.plugins.host.internal.records.Pipelines.message;
import static io.kurier.plugins.host.internal.records.Pipelines.record;
import static io.kurier.plugins.host.internal.records.Pipelines.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.Message;
import io.kurier.plugins.host.internal.records.RecordException.Stage;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConversionsTest {
    private static final Schema ORDER = SchemaBuilder.struct()
            .field("id", Schema.INT32_SCHEMA)
            .field("total", Decimal.schema(2))
            .build();

    private static final Struct AN_ORDER = new Struct(ORDER).put("id", 7).put("total", new BigDecimal("9.50"));

    @Test
    void leavesWhatAConnectorOfKurierMakesToTheSerializer() throws Exception {
        try (RecordPipeline pipeline = Pipelines.ofKurier()) {
            Map<String, Object> value = Map.of("id", 1);
            Message<?, ?> message = message(
                    pipeline,
                    new SourceRecord(null, null, "orders", 2, Schema.STRING_SCHEMA, "key", null, value, 1_000L));
            assertThat(message.topic().alias()).isEqualTo("orders");
            assertThat(message.partition()).isEqualTo(2);
            assertThat(message.timestamp()).isEqualTo(1_000L);
            assertThat(message.key()).isEqualTo("key");
            assertThat(message.value()).isSameAs(value);
            assertThat(message.headers()).isEmpty();
            assertThat(message(pipeline, line("a")).value()).isEqualTo("a");
            assertThat(message(pipeline, record(Schema.INT64_SCHEMA, 5L)).value())
                    .isEqualTo(5L);
            assertThat(message(pipeline, record(Schema.OPTIONAL_INT32_SCHEMA, null))
                            .value())
                    .isNull();
        }
    }

    @Test
    void takesTheBytesOfABufferFromItsPositionOn() throws Exception {
        for (RecordPipeline pipeline :
                List.of(Pipelines.ofKurier(), Pipelines.foreign(), Pipelines.foreign("value.converter", "ByteArray"))) {
            ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3});
            buffer.get();
            assertThat(message(pipeline, record(Schema.BYTES_SCHEMA, buffer)).value())
                    .isEqualTo(new byte[] {2, 3});
            assertThat(buffer.position()).isEqualTo(1);
        }
    }

    @Test
    void asksForAConverterForConnectsOwnTypes() {
        RecordPipeline pipeline = Pipelines.ofKurier();
        assertThatThrownBy(() -> pipeline.message(record(ORDER, AN_ORDER)))
                .isInstanceOfSatisfying(
                        RecordException.class, e -> assertThat(e.stage()).isEqualTo(Stage.VALUE_CONVERTER))
                .hasMessage("Connect data of the schema STRUCT needs a converter. Set value.converter, for example to"
                        + " org.apache.kafka.connect.json.JsonConverter.");
        assertThatThrownBy(() -> pipeline.message(record(Timestamp.SCHEMA, new Date(0))))
                .hasMessageContaining("of the schema org.apache.kafka.connect.data.Timestamp");
        assertThatThrownBy(() -> pipeline.message(record(Decimal.schema(1), BigDecimal.ONE)))
                .hasMessageContaining("of the schema org.apache.kafka.connect.data.Decimal");
    }

    @Test
    void makesTextBytesAndJsonOfWhatOtherConnectorsMake() throws Exception {
        try (RecordPipeline pipeline = Pipelines.foreign()) {
            assertThat(value(message(pipeline, line("grün")))).isEqualTo("grün");
            assertThat(value(message(pipeline, record(null, "plain")))).isEqualTo("plain");
            assertThat(message(pipeline, record(Schema.BYTES_SCHEMA, new byte[] {0, -1}))
                            .value())
                    .isEqualTo(new byte[] {0, -1});
            assertThat(value(message(pipeline, record(ORDER, AN_ORDER)))).isEqualTo("{\"id\":7,\"total\":9.50}");
            assertThat(value(message(pipeline, record(null, Map.of("id", 7))))).isEqualTo("{\"id\":7}");
            assertThat(value(message(pipeline, record(Schema.INT32_SCHEMA, 7)))).isEqualTo("7");
            assertThat(value(message(pipeline, record(ORDER, null)))).isNull();
        }
    }

    @Test
    void usesTheConvertersThatAreNamed() throws Exception {
        SourceRecord record =
                new SourceRecord(null, null, "t", null, Schema.INT64_SCHEMA, 5L, Schema.STRING_SCHEMA, "a", null);
        try (RecordPipeline pipeline = Pipelines.ofKurier(
                "key.converter", "org.apache.kafka.connect.converters.LongConverter",
                "value.converter", "org.apache.kafka.connect.json.JsonConverter")) {
            Message<?, ?> message = message(pipeline, record);
            assertThat(message.key()).isEqualTo(new byte[] {0, 0, 0, 0, 0, 0, 0, 5});
            assertThat(value(message))
                    .isEqualTo("{\"schema\":{\"type\":\"string\",\"optional\":false},\"payload\":\"a\"}");
        }
        try (RecordPipeline pipeline = Pipelines.ofKurier(
                "key.converter", "String", "value.converter", "Json", "value.converter.schemas.enable", "false")) {
            Message<?, ?> message = message(pipeline, record);
            assertThat(Pipelines.text(message.key())).isEqualTo("5");
            assertThat(value(message)).isEqualTo("\"a\"");
        }
    }

    @Test
    void convertersMayAddHeaders() throws Exception {
        try (RecordPipeline pipeline =
                Pipelines.ofKurier("value.converter", Stamping.class.getName(), "value.converter.any", "x")) {
            SourceRecord record = line("a");
            record.headers().addString("first", "1");
            Message<?, ?> message = message(pipeline, record);
            assertThat(message.headers()).extracting("key").containsExactly("first", "stamp");
            assertThat(record.headers()).hasSize(1);
        }
    }

    @Test
    void namesTheConverterThatFails() {
        RecordPipeline pipeline = Pipelines.ofKurier("value.converter", "IntegerConverter");
        assertThatThrownBy(() -> pipeline.message(line("secret")))
                .isInstanceOfSatisfying(
                        RecordException.class, e -> assertThat(e.stage()).isEqualTo(Stage.VALUE_CONVERTER))
                .hasMessageStartingWith("value.converter (")
                .hasMessageEndingWith("DataException: the converter takes java.lang.Integer, not java.lang.String");
    }

    @Test
    void writesHeadersAsConnectDoesAndBytesAsTheyAre() throws Exception {
        SourceRecord record = line("value");
        ConnectHeaders headers = new ConnectHeaders();
        headers.addString("text", "grün");
        headers.addInt("number", 7);
        headers.addBytes("digest", new byte[] {0, -1});
        headers.add("nothing", null, null);
        headers.forEach(record.headers()::add);
        Message<?, ?> message = message(Pipelines.ofKurier(), record);
        assertThat(message.headers()).extracting("key").containsExactly("text", "number", "digest", "nothing");
        assertThat(message.headers())
                .extracting("value")
                .containsExactly(
                        "grün".getBytes(StandardCharsets.UTF_8),
                        "7".getBytes(StandardCharsets.UTF_8),
                        new byte[] {0, -1},
                        null);
    }

    @Test
    void givesEveryHeaderToTheConverterThatIsNamed() throws Exception {
        SourceRecord record = line("value");
        record.headers().addBytes("digest", new byte[] {0, -1});
        Message<?, ?> message = message(Pipelines.ofKurier("header.converter", "SimpleHeaderConverter"), record);
        assertThat(message.headers().get(0).value()).isEqualTo("AP8=".getBytes(StandardCharsets.UTF_8));
    }

    /** A converter that declares no keys and adds a header. */
    public static final class Stamping implements Converter {
        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            assertThat(configs.get("any")).isEqualTo("x");
        }

        @Override
        public byte[] fromConnectData(String topic, @Nullable Schema schema, @Nullable Object value) {
            throw new IllegalStateException("the headers are missing");
        }

        @Override
        public byte[] fromConnectData(String topic, Headers headers, @Nullable Schema schema, @Nullable Object value) {
            headers.add("stamp", new byte[] {1});
            return new byte[0];
        }

        @Override
        public SchemaAndValue toConnectData(String topic, byte[] value) {
            return SchemaAndValue.NULL;
        }
    }
}
