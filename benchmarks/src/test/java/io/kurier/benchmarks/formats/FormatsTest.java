// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.benchmarks.formats.avro.AvroOrder;
import io.kurier.benchmarks.formats.protobuf.ProtobufOrder;
import java.util.Arrays;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is compared writes the same bytes and reads the same records. */
class FormatsTest {

    @ParameterizedTest
    @ValueSource(strings = {"generic", "specific"})
    void avroIsWrittenAndReadTheSame(String records) throws Exception {
        AvroWriting writing = new AvroWriting();
        writing.records = records;
        writing.create();
        AvroWriting other = new AvroWriting();
        other.records = records;
        other.create();
        byte[] direct = writing.directEncoder();
        assertThat(direct).hasSize(106).isEqualTo(other.none());
        assertThat(writing.bufferedEncoder()).isEqualTo(other.bufferedEncoder());
        byte[] framed = writing.singleObject();
        assertThat(framed).startsWith(0xC3, 1).hasSize(116);
        assertThat(Arrays.copyOfRange(framed, 10, 116)).isEqualTo(other.directEncoder());

        AvroReading reading = new AvroReading();
        reading.records = records;
        reading.create();
        IndexedRecord[] orders = SmallOrders.avro(true);
        assertThat(reading.bareReader()).hasToString(orders[1].toString());
        assertThat(reading.none()).hasToString(orders[2].toString());
        assertThat(reading.singleObject())
                .hasToString(orders[3].toString())
                .isInstanceOf(records.equals("specific") ? AvroOrder.class : IndexedRecord.class);
    }

    @Test
    void protobufIsWrittenAndReadTheSame() throws Exception {
        ProtobufOrder[] orders = SmallOrders.protobuf();
        ProtobufWriting writing = new ProtobufWriting();
        writing.create();
        assertThat(writing.toByteArray()).isEqualTo(orders[1].toByteArray());
        assertThat(writing.none()).isEqualTo(orders[2].toByteArray());
        ProtobufReading reading = new ProtobufReading();
        reading.create();
        assertThat(reading.parseFrom()).isEqualTo(orders[1]);
        assertThat(reading.none()).isEqualTo(orders[2]);
    }

    /** So that figures of different runs compare. */
    @Test
    void theOrdersAreDifferentAndTheSameInEveryRun() {
        assertThat(SmallOrders.avro(false)).doesNotHaveDuplicates().isEqualTo(SmallOrders.avro(false));
        assertThat(SmallOrders.protobuf()).doesNotHaveDuplicates().isEqualTo(SmallOrders.protobuf());
    }
}
