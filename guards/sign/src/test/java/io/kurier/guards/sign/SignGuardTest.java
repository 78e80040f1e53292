// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import io.kurier.ArrayHeaders;
import io.kurier.guards.internal.KeyKind;
import io.kurier.guards.internal.KeysetFile;
import io.kurier.guards.sign.VerificationException.Part;
import io.kurier.spi.EncodedRecord;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SignGuardTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private static int keyId(EncodedRecord signed) {
        return ByteBuffer.wrap(SignedTopic.signature(signed)).getInt(2);
    }

    @Test
    void replacesASignatureThatIsThereAlready() throws Exception {
        SignedTopic topic = new SignedTopic(folder, Map.of());
        EncodedRecord signed = topic.sign("k", "a");
        byte[] first = SignedTopic.signature(signed);
        EncodedRecord again = topic.sign(signed.withValue("b".getBytes(UTF_8)));
        assertThat(again.headers().toArray()).hasSize(1);
        assertThat(SignedTopic.signature(again)).isNotEqualTo(first);
        topic.verify(again);
    }

    @Test
    void signsTheSameRecordAlike() throws Exception {
        SignedTopic topic = new SignedTopic(folder, Map.of());
        assertThat(SignedTopic.signature(topic.sign("k", "a"))).isEqualTo(SignedTopic.signature(topic.sign("k", "a")));
    }

    @Test
    void signsAndVerifiesInManyThreads() throws Exception {
        SignedTopic topic = new SignedTopic(folder, Map.of());
        assertThat(IntStream.range(0, 500).parallel().mapToObj(i -> topic.sign("k" + i, "v" + i)))
                .hasSize(500)
                .allSatisfy(topic::verify);
        assertThatThrownBy(() -> IntStream.range(0, 500)
                        .parallel()
                        .forEach(i -> topic.verify(topic.sign("k" + i, "v").withValue(new byte[i]))))
                .isInstanceOf(VerificationException.class);
    }

    @Test
    void signsForALogicalTopic() throws Exception {
        SignedTopic topic = new SignedTopic(folder, Map.of("topic", "shop.orders"));
        topic.verifier(Map.of("sign.topic", "shop.orders")).verify(topic.sign("k", "a"));
    }

    @Test
    void doesMoreThanToCheck() throws Exception {
        new SignedTopic(folder, Map.of());
        assertThat(SignedTopic.guard(folder.resolve("signing.json"), Map.of()).onlyChecks())
                .isFalse();
    }

    @Test
    void signsWithARotatedKeyThatReadersFindAtOnce() throws Exception {
        SignedTopic topic = new SignedTopic(folder, Map.of());
        EncodedRecord before = topic.sign("k", "before");
        int rotated = new KeysetFile(topic.keyset).rotate(true);
        topic.publishKeys();
        await().atMost(LONG).until(() -> keyId(topic.sign("k", "a")) == rotated);
        topic.verify(before);
        topic.verify(topic.sign("k", "after"));
    }

    @Test
    void signsOnWithItsKeyWhileTheFileCannotBeRead() throws Exception {
        SignedTopic topic = new SignedTopic(folder, Map.of());
        WatchedKeyset<SigningKey> keyset =
                WatchedKeyset.open("file", topic.keyset, SigningKey::primaryOf, Runnable::run);
        int id = keyset.keys().id();
        String text = Files.readString(topic.keyset);
        Files.writeString(topic.keyset, "no keyset");
        assertThat(keyset.keysNow().id()).isEqualTo(id);
        Files.delete(topic.keyset);
        assertThat(keyset.keysNow().id()).isEqualTo(id);
        int other = new KeysetFile(topic.keyset).generate(KeyKind.SIGNATURES);
        assertThat(keyset.keysNow().id()).isEqualTo(other);
        assertThat(text).doesNotContain(keyset.keysNow().toString());
    }

    @Test
    void refusesTheSignatureOfAKeyThatReadersDoNotHave() throws Exception {
        SignedTopic topic = new SignedTopic(folder, Map.of());
        Path other = folder.resolve("other.json");
        int id = new KeysetFile(other).generate(KeyKind.SIGNATURES);
        EncodedRecord foreign =
                SignedTopic.guard(other, Map.of()).guard(SignedTopic.record("k", "a", new ArrayHeaders()));
        assertThatThrownBy(() -> topic.verify(foreign))
                .isInstanceOfSatisfying(
                        VerificationException.class, e -> assertThat(e.part()).isEqualTo(Part.SIGNING_KEY))
                .hasMessage("a record of the topic orders is not verified: it was signed with the key "
                        + Integer.toUnsignedString(id) + ", which " + topic.publicKeys
                        + " does not have. Add its public key, unless the record was forged");
    }

    @Test
    void refusesTheSignatureOfAnotherKeyUnderAKnownId() throws Exception {
        SignedTopic topic = new SignedTopic(folder, Map.of());
        Path other = folder.resolve("other.json");
        new KeysetFile(other).generate(KeyKind.SIGNATURES);
        EncodedRecord foreign =
                SignedTopic.guard(other, Map.of()).guard(SignedTopic.record("k", "a", new ArrayHeaders()));
        byte[] forged = SignedTopic.signature(foreign);
        ByteBuffer.wrap(forged).putInt(2, keyId(topic.sign("k", "a")));
        assertThatThrownBy(() -> topic.verify(foreign))
                .isInstanceOfSatisfying(
                        VerificationException.class, e -> assertThat(e.part()).isEqualTo(Part.VALUE));
    }

    @Test
    void refusesRecordsOfAKeyThatWasTakenFromTheReaders() throws Exception {
        SignedTopic topic = new SignedTopic(folder, Map.of());
        EncodedRecord signed = topic.sign("k", "a");
        topic.verify(signed);
        Path other = folder.resolve("other.json");
        new KeysetFile(other).generate(KeyKind.SIGNATURES);
        new KeysetFile(other).writePublic(topic.publicKeys);
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThatThrownBy(() -> topic.verify(signed)).isInstanceOf(VerificationException.class));
    }

    @Test
    void refusesRecordsOfAKeyThatIsDisabled() throws Exception {
        SignedTopic topic = new SignedTopic(folder, Map.of());
        EncodedRecord signed = topic.sign("k", "a");
        new KeysetFile(topic.keyset).rotate(true);
        KeysetHandle.Builder changed = KeysetHandle.newBuilder(new KeysetFile(topic.keyset).read());
        changed.getAt(0).setStatus(KeyStatus.DISABLED);
        Files.writeString(
                topic.keyset,
                TinkJsonProtoKeysetFormat.serializeKeyset(changed.build(), InsecureSecretKeyAccess.get()));
        topic.publishKeys();
        assertThatThrownBy(() -> topic.verifier(Map.of()).verify(signed))
                .isInstanceOfSatisfying(
                        VerificationException.class, e -> assertThat(e.part()).isEqualTo(Part.SIGNING_KEY));
    }

    @Test
    void refusesAKeysetThatOthersMayRead() throws Exception {
        SignedTopic topic = new SignedTopic(folder, Map.of());
        Files.setPosixFilePermissions(topic.keyset, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> SignedTopic.guard(topic.keyset, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Invalid value " + topic.keyset + " for configuration topics.orders.guard.sign.keyset.file:"
                        + " users other than its owner have rights to " + topic.keyset
                        + " (rw-r-----), which has secret keys. Take them away with: chmod 600 " + topic.keyset);
    }

    @Test
    void refusesKeysOfAnotherKind() throws Exception {
        Path keyset = folder.resolve("keys.json");
        new KeysetFile(keyset).generate(KeyKind.ENCRYPTION);
        assertThatThrownBy(() -> SignedTopic.guard(keyset, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageEndingWith(keyset + " has keys of another kind: these are not for Ed25519. kurier keys"
                        + " generate --for signatures makes such keys");
    }

    @Test
    void refusesSecretKeysForReaders() throws Exception {
        SignedTopic topic = new SignedTopic(folder, Map.of());
        Map<String, String> secret = Map.of("sign.keyset.file", topic.keyset.toString());
        assertThatThrownBy(() -> new RecordVerifier(secret))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("Invalid value " + topic.keyset + " for configuration sign.keyset.file: ");
        assertThatThrownBy(() -> new RecordVerifier(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("sign.keyset.file");
    }

    @Test
    void refusesToSignItsOwnHeader() throws Exception {
        SignedTopic topic = new SignedTopic(folder, Map.of());
        assertThatThrownBy(() -> SignedTopic.guard(topic.keyset, Map.of("headers", "tenant,kurier.signature")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Invalid value kurier.signature for configuration topics.orders.guard.sign.headers: this"
                        + " header has the signature and cannot be signed itself. Take it off the list");
    }
}
