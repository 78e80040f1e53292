// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.Aead;
import io.kurier.ArrayHeaders;
import io.kurier.RecordId;
import io.kurier.guards.internal.KeysetFile;
import io.kurier.spi.EncodedRecord;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.CRC32C;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens envelopes by {@code docs/wire/envelope.md} alone, with none of the guard's code. */
final class EnvelopeFormatTest {
    private static final byte[] ID = RecordId.bytes(new UUID(1, 2));

    @TempDir
    private Path folder;

    private record Part(byte[] bytes) {
        static Part of(Object... fields) throws Exception {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            for (Object field : fields) {
                if (field instanceof Integer number) {
                    out.writeInt(number);
                } else {
                    byte[] block = field instanceof String text ? text.getBytes(UTF_8) : (byte[]) field;
                    out.writeInt(block.length);
                    out.write(block);
                }
            }
            return new Part(bytes.toByteArray());
        }
    }

    private static String text(ByteBuffer in) {
        return new String(block(in), UTF_8);
    }

    private static byte[] block(ByteBuffer in) {
        byte[] block = new byte[in.getShort()];
        in.get(block);
        return block;
    }

    @Test
    void isWhatTheSpecificationSays() throws Exception {
        try (EncryptedTopic topic = new EncryptedTopic(folder, "orders", Map.of("headers", "tenant"))) {
            EncodedRecord stored = topic.encrypt(new EncodedRecord(
                    "orders",
                    "k".getBytes(UTF_8),
                    "secret".getBytes(UTF_8),
                    new ArrayHeaders()
                            .add("tenant", "acme".getBytes(UTF_8))
                            .add(RecordId.HEADER, ID)
                            .add("trace", new byte[1])
                            .add("content-type", "text/plain".getBytes(UTF_8))));
            List<Part> binding = List.of(
                    Part.of("orders"),
                    Part.of("k"),
                    Part.of("", ""),
                    Part.of(1, "record.id", ID),
                    Part.of(2, "content-type", "text/plain", "tenant", "acme"));

            byte[] envelope = Objects.requireNonNull(stored.value());
            ByteBuffer in = ByteBuffer.wrap(envelope);
            assertThat(in.getInt()).isEqualTo(0x4B454E56);
            assertThat(in.getShort()).isEqualTo((short) 0x0101);
            String keyId = text(in);
            byte[] wrapped = block(in);
            assertThat(in.getShort()).as("frame").isZero();
            assertThat(in.getShort()).as("listed headers").isEqualTo((short) 1);
            assertThat(text(in)).isEqualTo("tenant");
            for (Part part : binding) {
                CRC32C checksum = new CRC32C();
                checksum.update(part.bytes());
                assertThat(in.getShort()).isEqualTo((short) checksum.getValue());
            }
            byte[] nonce = new byte[12];
            in.get(nonce);

            KeysetFile keyset = new KeysetFile(topic.keyset);
            assertThat(keyId)
                    .isEqualTo("tink:"
                            + Integer.toUnsignedString(
                                    keyset.read().getPrimary().getId()));
            byte[] dataKey = keyset.primitive(Aead.class).decrypt(wrapped, new byte[0]);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(dataKey, "AES"), new GCMParameterSpec(128, nonce));
            cipher.updateAAD(envelope, 0, in.position());
            for (Part part : binding) {
                cipher.updateAAD(part.bytes());
            }
            assertThat(cipher.doFinal(envelope, in.position(), in.remaining()))
                    .asString(UTF_8)
                    .isEqualTo("secret");
        }
    }
}
