// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.CodedInputStream;
import io.kurier.benchmarks.formats.protobuf.ProtobufOrder;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is compared writes the same, and asks nothing after the first record. */
class PeersTest {
    private static final int PREFIX = 5;

    @ParameterizedTest
    @ValueSource(strings = {"generic", "specific"})
    void avroIsWrittenTheSame(String records) {
        AvroBesideApicurio one = avro(records);
        AvroBesideApicurio two = avro(records);
        AvroBesideApicurio three = avro(records);

        byte[] kurier = one.kurier();

        assertThat(kurier)
                .startsWith(0, 0, 1, 0x86, 0xA1)
                .isEqualTo(two.apicurio())
                .isEqualTo(three.apicurioLatest());
        one.kurier();
        assertThat(one.requests()).isEqualTo(1);
        one.close();
        two.close();
        three.close();
    }

    private static AvroBesideApicurio avro(String records) {
        AvroBesideApicurio created = new AvroBesideApicurio();
        created.records = records;
        created.create();
        return created;
    }

    @Test
    void protobufIsWrittenTheSame() throws Exception {
        ProtobufBesideApicurio one = new ProtobufBesideApicurio();
        one.create();
        ProtobufBesideApicurio two = new ProtobufBesideApicurio();
        two.create();

        byte[] kurier = one.kurier();
        byte[] apicurio = two.apicurio();

        assertThat(kurier).startsWith(0, 0, 1, 0x86, 0xA1, 0);
        assertThat(Arrays.copyOf(apicurio, PREFIX)).isEqualTo(Arrays.copyOf(kurier, PREFIX));
        CodedInputStream behindId = CodedInputStream.newInstance(apicurio, PREFIX, apicurio.length - PREFIX);
        behindId.readByteArray();
        assertThat(ProtobufOrder.parseFrom(behindId))
                .isEqualTo(ProtobufOrder.parseFrom(Arrays.copyOfRange(kurier, PREFIX + 1, kurier.length)));
        assertThat(one.requests()).isEqualTo(1);
        one.close();
        two.close();
    }

    @Test
    void jsonIsWrittenTheSame() throws Exception {
        JsonBesideApicurio one = new JsonBesideApicurio();
        one.create();
        JsonBesideApicurio two = new JsonBesideApicurio();
        two.create();

        byte[] kurier = one.kurier();
        byte[] apicurio = two.apicurio();

        assertThat(Arrays.copyOf(apicurio, PREFIX)).isEqualTo(Arrays.copyOf(kurier, PREFIX));
        ObjectMapper mapper = new ObjectMapper();
        assertThat(mapper.readTree(kurier, PREFIX, kurier.length - PREFIX))
                .isEqualTo(mapper.readTree(apicurio, PREFIX, apicurio.length - PREFIX));
        assertThat(one.requests()).isEqualTo(1);
        one.close();
        two.close();
    }

    @Test
    void bothRefuseJsonThatTheSchemaDoesNotAllow() {
        JsonBesideApicurio created = new JsonBesideApicurio();
        created.create();
        JsonOrder wrong = new JsonOrder("", "c-1", 1, "PLACED", "EUR", 1, "", List.of());

        assertThatThrownBy(() -> created.write(wrong, false)).isInstanceOf(SerializationException.class);
        assertThatThrownBy(() -> created.write(wrong, true)).hasStackTraceContaining("lines");
        created.close();
    }
}
