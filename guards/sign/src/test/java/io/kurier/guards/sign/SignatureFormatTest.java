// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.sign;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.signature.Ed25519PublicKey;
import com.google.crypto.tink.subtle.Ed25519Sign;
import com.google.crypto.tink.subtle.Ed25519Verify;
import io.kurier.guards.internal.KeysetFile;
import io.kurier.spi.EncodedRecord;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the bytes to {@code docs/wire/signature.md}, as a reader in another language would be written from it. */
final class SignatureFormatTest {
    private static final Path DOCUMENT = Path.of("..", "..", "docs", "wire", "signature.md");

    @TempDir
    private Path folder;

    private static Headers headers() {
        return SignedTopic.withId(SignedTopic.ID)
                .add("trace", "1".getBytes(UTF_8))
                .add("tenant", "acme".getBytes(UTF_8))
                .add("content-type", "text/plain".getBytes(UTF_8));
    }

    /** The parts of the record that are bound, each with its length before it. */
    private static byte[] binding() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        put(out, "orders".getBytes(UTF_8));
        put(out, "k-1".getBytes(UTF_8));
        out.writeInt(0); // place
        out.writeInt(0); // frame
        out.writeInt(1);
        put(out, "record.id".getBytes(UTF_8));
        put(out, HexFormat.of().parseHex("0190d3b8000070008000000000000001"));
        out.writeInt(2);
        put(out, "content-type".getBytes(UTF_8));
        put(out, "text/plain".getBytes(UTF_8));
        put(out, "tenant".getBytes(UTF_8));
        put(out, "acme".getBytes(UTF_8));
        return bytes.toByteArray();
    }

    private static void put(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Test
    @AccessesPartialKey // the raw key, with which the JDK verifies
    void isVerifiedByTheJdkAsItIsSpecified() throws Exception {
        SignedTopic topic = new SignedTopic(folder, Map.of("headers", "tenant"));
        EncodedRecord signed = topic.sign(SignedTopic.record("k-1", "value", headers()));
        byte[] header = SignedTopic.signature(signed);
        byte[] head = Arrays.copyOf(header, header.length - 64);

        ByteArrayOutputStream message = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(message);
        out.write("kurier.signature".getBytes(US_ASCII));
        out.write(head);
        out.write(binding());
        put(out, "value".getBytes(UTF_8));

        var key = (Ed25519PublicKey)
                new KeysetFile(topic.publicKeys).readPublic().getPrimary().getKey();
        Signature jdk = Signature.getInstance("Ed25519");
        jdk.initVerify(publicKey(key.getPublicKeyBytes().toByteArray()));
        jdk.update(message.toByteArray());
        assertThat(jdk.verify(Arrays.copyOfRange(header, head.length, header.length)))
                .isTrue();
    }

    private static PublicKey publicKey(byte[] littleEndian) throws Exception {
        byte[] y = new byte[littleEndian.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = littleEndian[y.length - 1 - i];
        }
        boolean isOdd = (y[0] & 0x80) != 0;
        y[0] &= 0x7f;
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(
                        new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(isOdd, new BigInteger(1, y))));
    }

    /** The seed is that of test 1 in RFC 8032, section 7.1. */
    @Test
    void isTheExampleOfTheDocument() throws Exception {
        byte[] seed = HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        SigningKey key = new SigningKey(0x01020304, new Ed25519Sign(seed));
        var binding =
                SignatureHeader.binding("orders".getBytes(UTF_8), "k-1".getBytes(UTF_8), headers(), Set.of("tenant"));
        assertThat(binding.bytes()).isEqualTo(binding());
        SignatureHeader unsigned = SignatureHeader.unsigned(key.id(), true, Set.of("tenant"), binding.fingerprints());
        byte[] message = unsigned.message(binding, "value".getBytes(UTF_8));
        byte[] header = unsigned.with(key.sign(message));
        new Ed25519Verify(HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"))
                .verify(Arrays.copyOfRange(header, header.length - 64, header.length), message);
        String document = Files.readString(DOCUMENT).replaceAll("\\s", "");
        assertThat(document)
                .contains("message" + HexFormat.of().formatHex(message))
                .contains("header" + HexFormat.of().formatHex(header));
    }

    @Test
    void showsNeitherPayloadsNorKeys() {
        var binding =
                SignatureHeader.binding("orders".getBytes(UTF_8), "k-1".getBytes(UTF_8), headers(), Set.of("tenant"));
        assertThat(SignatureHeader.unsigned(-1, true, Set.of("tenant"), binding.fingerprints()))
                .hasToString("SignatureHeader[4294967295]");
    }
}
