// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;

class FrameTest {

    @Test
    void readsOneRequestAfterAnotherAndWritesItAsItWas() throws IOException {
        byte[] both = ByteBuffer.allocate(30)
                .put(Plain.request(ApiKeys.PRODUCE, 7, 3))
                .put(Plain.request(ApiKeys.METADATA, 8, 3))
                .array();
        ByteArrayInputStream in = new ByteArrayInputStream(both);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        Frame first = Objects.requireNonNull(Frame.read(in));
        Frame second = Objects.requireNonNull(Frame.read(in));
        first.write(out, 0, first.length());
        second.write(out, 0, 1);
        second.write(out, 1, second.length() - 1);

        assertThat(first.kind()).isEqualTo(ApiKeys.PRODUCE);
        assertThat(first.requestId()).isEqualTo(7);
        assertThat(second.kind()).isEqualTo(ApiKeys.METADATA);
        assertThat(second.requestId()).isEqualTo(8);
        assertThat(Frame.read(in)).isNull();
        assertThat(out.toByteArray()).isEqualTo(both);
    }

    @Test
    void findsTheCorrelationIdOfAnAnswer() throws IOException {
        byte[] answer =
                ByteBuffer.allocate(9).putInt(5).putInt(42).put((byte) 1).array();

        assertThat(Objects.requireNonNull(Frame.read(new ByteArrayInputStream(answer)))
                        .answerId())
                .isEqualTo(42);
    }

    @Test
    void takesAFrameThatIsCutOffForNone() throws IOException {
        byte[] whole = Plain.request(ApiKeys.PRODUCE, 7, 100);

        for (int length = 0; length < whole.length; length++) {
            assertThat(Frame.read(new ByteArrayInputStream(Arrays.copyOf(whole, length))))
                    .isNull();
        }
    }

    @Test
    void passesOverKindsThatItDoesNotKnow() throws IOException {
        byte[] unknown = ByteBuffer.allocate(12)
                .putInt(8)
                .putShort((short) 9_999)
                .putShort((short) 0)
                .putInt(1)
                .array();
        byte[] tooShort = ByteBuffer.allocate(6).putInt(2).putShort((short) 0).array();

        assertThat(Objects.requireNonNull(Frame.read(new ByteArrayInputStream(unknown)))
                        .kind())
                .isNull();
        assertThat(Objects.requireNonNull(Frame.read(new ByteArrayInputStream(tooShort)))
                        .kind())
                .isNull();
    }

    @Test
    void saysThatItIsNotForTls() {
        byte[] hello = {0x16, 0x03, 0x01, 0x02, 0x00, 0x01};

        assertThatExceptionOfType(StreamCorruptedException.class)
                .isThrownBy(() -> Frame.read(new ByteArrayInputStream(hello)))
                .withMessageContaining("TLS");
    }
}
