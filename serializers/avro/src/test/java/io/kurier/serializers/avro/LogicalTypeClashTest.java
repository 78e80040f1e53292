// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import static io.kurier.serializers.avro.Samples.record;
import static io.kurier.serializers.avro.Samples.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.serializers.avro.test.Order;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogicalTypeClashTest {

    @Test
    void anotherUnitOrScaleIsFoundInUnionsArraysMapsAndTypesThatContainThemselves() {
        assertThat(clash(
                        "{'type':'long','logicalType':'timestamp-millis'}",
                        "{'type':'long','logicalType':'timestamp-micros'}"))
                .isEqualTo("$.v is timestamp-millis in one and timestamp-micros in the other");
        String two = "{'type':'bytes','logicalType':'decimal','precision':9,'scale':2}";
        String four = "{'type':'bytes','logicalType':'decimal','precision':9,'scale':4}";
        assertThat(clash("['null'," + two + "]", four))
                .isEqualTo("$.v is decimal of scale 2 in one and decimal of scale 4 in the other");
        assertThat(clash(
                        "{'type':'array','items':{'type':'map','values':" + two + "}}",
                        "{'type':'array','items':{'type':'map','values':['null'," + four + "]}}"))
                .startsWith("$.v[].* is decimal");
        assertThat(clash(node(two), node(four))).startsWith("$.v.v is decimal of scale 2");
    }

    private static String node(String type) {
        return "{'type':'record','name':'N','fields':[{'name':'next','type':['null','N']},{'name':'v','type':" + type
                + "}]}";
    }

    @Test
    void aLargerPrecisionOrNoLogicalTypeOnOneSideIsNoClash() {
        String small = "{'type':'bytes','logicalType':'decimal','precision':4,'scale':2}";
        String large = "{'type':'bytes','logicalType':'decimal','precision':9,'scale':2}";
        assertThat(clash(small, large)).isNull();
        assertThat(clash("'bytes'", large)).isNull();
        assertThat(clash("'int'", "{'type':'long','logicalType':'timestamp-millis'}"))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "int, time-millis, long, time-micros",
        "int, time-millis, long, timestamp-millis",
        "int, date, long, timestamp-millis",
        "int, date, long, timestamp-micros",
        "int, date, long, timestamp-nanos",
        "int, date, long, local-timestamp-millis",
        "int, date, long, time-micros",
        "int, time-millis, long, local-timestamp-micros"
    })
    void anotherUnitOfALongerTypeIsFoundWhereverItStands(String type, String unit, String longer, String otherUnit) {
        String one = "{'type':'" + type + "','logicalType':'" + unit + "'}";
        String other = "{'type':'" + longer + "','logicalType':'" + otherUnit + "'}";
        String both = " is " + unit + " in one and " + otherUnit + " in the other";
        assertThat(clash(one, other)).isEqualTo("$.v" + both);
        assertThat(clash("['null'," + one + "]", "['null'," + other + "]")).isEqualTo("$.v" + both);
        assertThat(clash("['null'," + one + "]", other)).isEqualTo("$.v" + both);
        assertThat(clash(one, "['string'," + other + "]")).isEqualTo("$.v" + both);
        assertThat(clash(one, "['double'," + other + "]")).isNull(); // Avro takes the first that it can be promoted to
        assertThat(clash(one, "[" + other + ",'int']")).isNull(); // or rather the same type
        assertThat(clash("{'type':'array','items':" + one + "}", "{'type':'array','items':" + other + "}"))
                .isEqualTo("$.v[]" + both);
        assertThat(clash("{'type':'map','values':['null'," + one + "]}", "{'type':'map','values':" + other + "}"))
                .isEqualTo("$.v.*" + both);
        assertThat(clash(node(one), node(other))).isEqualTo("$.v.v" + both);
        assertThat(clash(node(one), node(other).replace("'N'", "'M'"))).isEqualTo("$.v.v" + both);
        assertThat(clash(node(one), "['null'," + node(other).replace("'N'", "'M'") + "]"))
                .isEqualTo("$.v.v" + both);
        assertThat(clash(one, "'" + longer + "'")).isNull();
        assertThat(clash("'" + type + "'", other)).isNull();
    }

    @Test
    void aTextWithAMeaningReadAsADecimalIsFound() {
        String decimal = "{'type':'bytes','logicalType':'decimal','precision':9,'scale':2}";
        assertThat(clash("{'type':'string','logicalType':'uuid'}", decimal))
                .isEqualTo("$.v is uuid in one and decimal of scale 2 in the other");
    }

    /** Half past eight in milliseconds is half a minute after midnight in microseconds. */
    @Test
    void aReaderOfAPromotedUnitIsRefusedAtItsStart() {
        Schema written = schema(Order.getClassSchema()
                .toString()
                .replace(
                        "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}",
                        "{\"type\":\"int\",\"logicalType\":\"time-millis\"}"));
        assertThat(written).isNotEqualTo(Order.getClassSchema());
        assertThatThrownBy(() -> new AvroDeserializer<>(Order.class, written))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("$.placed is time-millis in one and timestamp-millis in the other");
    }

    private static @Nullable String clash(String one, String other) {
        return LogicalTypeClash.of(holder(one), holder(other));
    }

    private static Schema holder(String type) {
        return schema("{'type':'record','name':'T','fields':[{'name':'v','type':" + type + "}]}");
    }

    private static Schema orderWithMicros() {
        return schema(Order.getClassSchema().toString().replace("timestamp-millis", "timestamp-micros"));
    }

    @Test
    void aReaderThatWouldTakeMicrosecondsForMillisecondsIsRefusedAtItsStart() {
        Schema micros = orderWithMicros();
        assertThat(Fingerprint.of(micros)).isEqualTo(Fingerprint.of(Order.getClassSchema()));
        assertThatThrownBy(() -> new AvroDeserializer<>(Order.class, micros))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("$.placed is timestamp-micros in one and timestamp-millis in the other");
        Schema older = schema(micros.toString().replace("{\"name\":\"cents\",\"type\":\"long\"},", ""));
        assertThat(Fingerprint.of(older)).isNotEqualTo(Fingerprint.of(micros));
        assertThatThrownBy(() -> new AvroDeserializer<>(Order.class, older))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("$.placed is timestamp-micros");
        assertThatThrownBy(() -> AvroDeserializer.generic(micros, Order.getClassSchema()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("$.placed is timestamp-millis in one and timestamp-micros in the other");
        assertThatCode(() -> new AvroDeserializer<>(Order.class, Order.getClassSchema()))
                .doesNotThrowAnyException();
    }

    @Test
    void aRecordWhoseUnitIsNotThatOfTheDeclaredSchemaIsNotWritten() {
        Schema millis = holder("{'type':'long','logicalType':'timestamp-millis'}");
        Schema micros = holder("{'type':'long','logicalType':'timestamp-micros'}");
        AvroSerializer<GenericRecord> serializer = new AvroSerializer<>(millis);
        assertThat(serializer.serialize("orders", record(millis, 1L))).hasSize(11);
        assertThatThrownBy(() -> serializer.serialize("orders", record(micros, 1L)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("$.v is timestamp-micros in one and timestamp-millis in the other");
    }

    @Test
    void aClassThatAvroHasNotGeneratedIsRefusedWithTheWayToReadGenericRecords() {
        assertThatThrownBy(() -> new AvroDeserializer<>(GenericRecord.class))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("AvroDeserializer.generic");
    }
}
