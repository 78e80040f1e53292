// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.ArrayHeaders;
import io.kurier.guards.encrypt.DecryptingDeserializer;
import io.kurier.guards.encrypt.DecryptingKeyDeserializer;
import io.kurier.guards.encrypt.DecryptionException;
import io.kurier.guards.encrypt.EncryptPlugin;
import io.kurier.guards.encrypt.RecordDecryptor;
import io.kurier.guards.internal.KeyKind;
import io.kurier.guards.internal.KeysetFile;
import io.kurier.guards.sign.VerificationException.Part;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.NotReadyException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both guards on one topic, in both orders, with record keys that are encrypted too. */
final class SignedAndEncryptedTest {
    @TempDir
    private Path folder;

    private SignedTopic signed;
    private Guard encrypt;
    private final Map<String, String> decrypting = new HashMap<>();

    @BeforeEach
    void makeKeys() throws Exception {
        Path keys = folder.resolve("keys.json");
        Path recordKeys = folder.resolve("record-keys.json");
        new KeysetFile(keys).generate(KeyKind.ENCRYPTION);
        new KeysetFile(recordKeys).generate(KeyKind.RECORD_KEYS);
        signed = new SignedTopic(folder, Map.of("headers", "tenant"));
        EncryptPlugin plugin = new EncryptPlugin();
        Map<String, String> encrypting =
                Map.of("key.source.file", keys.toString(), "record.key.keyset", recordKeys.toString());
        encrypting.forEach((key, value) -> decrypting.put("encrypt." + key, value));
        encrypt = plugin.guard(new GuardSettings(
                "encrypt", "orders", "orders", new AbstractConfig(plugin.configDef(), encrypting, false)));
    }

    @AfterEach
    void close() {
        encrypt.close();
    }

    /** Encrypts, and waits for the data key as a publisher does. */
    private EncodedRecord encrypted(EncodedRecord record) throws Exception {
        while (true) {
            try {
                return encrypt.guard(record);
            } catch (NotReadyException e) {
                e.ready().toCompletableFuture().get(30, TimeUnit.SECONDS);
            }
        }
    }

    private static EncodedRecord plain(@Nullable String value) {
        return SignedTopic.record("k", value, SignedTopic.withId(SignedTopic.ID).add("tenant", new byte[] {1}));
    }

    private PlainConsumer verifiesThenDecrypts() {
        Map<String, String> configs = new HashMap<>(decrypting);
        configs.put("sign.key.deserializer", DecryptingKeyDeserializer.class.getName());
        configs.put("sign.value.deserializer", DecryptingDeserializer.class.getName());
        configs.put("encrypt.key.deserializer", StringDeserializer.class.getName());
        configs.put("encrypt.value.deserializer", StringDeserializer.class.getName());
        return new PlainConsumer(PlainConsumer.configs(signed, configs));
    }

    private PlainConsumer decryptsThenVerifies() {
        Map<String, String> configs = new HashMap<>(decrypting);
        configs.put("key.deserializer", DecryptingKeyDeserializer.class.getName());
        configs.put("value.deserializer", DecryptingDeserializer.class.getName());
        configs.put("encrypt.key.deserializer", VerifyingKeyDeserializer.class.getName());
        configs.put("encrypt.value.deserializer", VerifyingDeserializer.class.getName());
        return new PlainConsumer(PlainConsumer.configs(signed, configs));
    }

    private static void assertRead(@Nullable String value, ConsumerRecord<String, String> read) {
        assertThat(read.key()).isEqualTo("k");
        assertThat(read.value()).isEqualTo(value);
    }

    @Test
    void verifiesWhatIsEncryptedBeforeItIsOpened() throws Exception {
        EncodedRecord stored = signed.sign(encrypted(plain("a")));
        assertThat(stored.key()).isNotEqualTo("k".getBytes(UTF_8));
        PlainConsumer consumer = verifiesThenDecrypts();
        assertThat(consumer.read(stored)).hasValueSatisfying(read -> assertRead("a", read));
        assertThat(consumer.read(signed.sign(encrypted(plain(null)))))
                .hasValueSatisfying(read -> assertRead(null, read));

        byte[] changed = encrypted(plain("b")).value();
        assertThatThrownBy(() -> consumer.read(stored.withValue(changed)))
                .isInstanceOfSatisfying(
                        VerificationException.class, e -> assertThat(e.part()).isEqualTo(Part.VALUE));
        EncodedRecord otherKey = encrypted(SignedTopic.record("k-2", "a", new ArrayHeaders()));
        assertThatThrownBy(() -> consumer.read(stored.withKey(otherKey.key())))
                .isInstanceOfSatisfying(
                        VerificationException.class, e -> assertThat(e.part()).isEqualTo(Part.KEY));
    }

    @Test
    void verifiesPlainTextAfterItIsOpened() throws Exception {
        EncodedRecord stored = encrypted(signed.sign(plain("a")));
        PlainConsumer consumer = decryptsThenVerifies();
        assertThat(consumer.read(stored)).hasValueSatisfying(read -> assertRead("a", read));
        assertThat(consumer.read(encrypted(signed.sign(plain(null)))))
                .hasValueSatisfying(read -> assertRead(null, read));

        Headers withoutTenant = new ArrayHeaders(stored.headers()).remove("tenant");
        assertThatThrownBy(
                        () -> consumer.read(new EncodedRecord("orders", stored.key(), stored.value(), withoutTenant)))
                .isInstanceOfSatisfying(
                        VerificationException.class, e -> assertThat(e.part()).isEqualTo(Part.HEADERS));
        EncodedRecord otherKey = encrypted(SignedTopic.record("k-2", "a", new ArrayHeaders()));
        assertThatThrownBy(() -> consumer.read(stored.withKey(otherKey.key()))).isInstanceOf(DecryptionException.class);
    }

    @Test
    void verifiesWholeRecordsInBothOrders() throws Exception {
        RecordVerifier verifier = signed.verifier(Map.of());
        try (RecordDecryptor decryptor = new RecordDecryptor(decrypting)) {
            EncodedRecord encryptedFirst = signed.sign(encrypted(plain("a")));
            verifier.verify(encryptedFirst);
            assertThat(decryptor.decrypt(encryptedFirst).value())
                    .asString(UTF_8)
                    .isEqualTo("a");
            EncodedRecord signedFirst = encrypted(signed.sign(plain("a")));
            verifier.verify(decryptor.decrypt(signedFirst));
            assertThatThrownBy(() -> verifier.verify(signedFirst)).isInstanceOf(VerificationException.class);
        }
    }
}
