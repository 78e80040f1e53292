// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Message;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class RecordMapperTest {
    private final RecordMapper mapper = new RecordMapper(alias -> null);

    @Test
    void keepsTopicPartitionTimestampAndNativeValues() {
        Map<String, Object> value = Map.of("id", 1);
        Message<?, ?> message = mapper.message(
                new SourceRecord(null, null, "orders", 2, Schema.STRING_SCHEMA, "key", null, value, 1_000L));
        assertThat(message.topic().alias()).isEqualTo("orders");
        assertThat(message.partition()).isEqualTo(2);
        assertThat(message.timestamp()).isEqualTo(1_000L);
        assertThat(message.key()).isEqualTo("key");
        assertThat(message.value()).isSameAs(value);
        assertThat(message.headers()).isEmpty();
    }

    @Test
    void takesTheBytesOfABufferFromItsPositionOn() {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3});
        buffer.get();
        Message<?, ?> message = mapper.message(new SourceRecord(null, null, "t", Schema.BYTES_SCHEMA, buffer));
        assertThat(message.value()).isEqualTo(new byte[] {2, 3});
        assertThat(buffer.position()).isEqualTo(1);
    }

    @Test
    void leavesATombstoneNull() {
        assertThat(mapper.message(new SourceRecord(null, null, "t", Schema.OPTIONAL_INT32_SCHEMA, null))
                        .value())
                .isNull();
    }

    @Test
    void writesHeadersAsConnectDoesAndBytesAsTheyAre() {
        SourceRecord record = new SourceRecord(null, null, "t", Schema.STRING_SCHEMA, "value");
        ConnectHeaders headers = new ConnectHeaders();
        headers.addString("text", "grün");
        headers.addInt("number", 7);
        headers.addBytes("digest", new byte[] {0, -1});
        headers.add("nothing", null, null);
        headers.forEach(record.headers()::add);
        Message<?, ?> message = mapper.message(record);
        assertThat(message.headers()).extracting("key").containsExactly("text", "number", "digest", "nothing");
        assertThat(message.headers())
                .extracting("value")
                .containsExactly(
                        "grün".getBytes(StandardCharsets.UTF_8),
                        "7".getBytes(StandardCharsets.UTF_8),
                        new byte[] {0, -1},
                        null);
    }
}
