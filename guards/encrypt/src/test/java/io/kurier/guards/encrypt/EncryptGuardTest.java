// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.ArrayHeaders;
import io.kurier.guards.encrypt.DecryptionException.Part;
import io.kurier.guards.internal.KeysetFile;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;
import io.kurier.spi.NotReadyException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EncryptGuardTest {
    @TempDir
    private Path folder;

    private static EncodedRecord record(String value) {
        return new EncodedRecord("orders", "k".getBytes(UTF_8), value.getBytes(UTF_8), new ArrayHeaders());
    }

    private static Envelope envelope(EncodedRecord stored) {
        return Envelope.of(Objects.requireNonNull(stored.value()));
    }

    private static ByteBuffer nonce(EncodedRecord stored) {
        Envelope envelope = envelope(stored);
        return ByteBuffer.wrap(envelope.bytes(), envelope.nonceAt(), Envelope.NONCE_BYTES)
                .slice();
    }

    @Test
    void keepsTombstonesAndEmptyValuesApart() throws Exception {
        try (EncryptedTopic topic = new EncryptedTopic(folder, "orders", Map.of())) {
            assertThat(topic.encrypt(record("").withValue(null)).value()).isNull();
            assertThat(topic.decrypt(record("").withValue(null)).value()).isNull();
            assertThat(topic.decrypt(topic.encrypt(record(""))).value()).isEmpty();
        }
    }

    @Test
    void usesNoNonceTwiceAndANewDataKeyAfterItsLimit() throws Exception {
        try (EncryptedTopic topic = new EncryptedTopic(folder, "orders", Map.of("data.key.max.records", "100"))) {
            Set<Object> nonces = new HashSet<>();
            Set<ByteBuffer> keys = new HashSet<>();
            for (int i = 0; i < 1_000; i++) {
                EncodedRecord stored = topic.encrypt(record("value " + i));
                ByteBuffer key = ByteBuffer.wrap(envelope(stored).wrapped().bytes());
                keys.add(key);
                assertThat(nonces.add(Map.entry(key, nonce(stored)))).isTrue();
                assertThat(topic.decrypt(stored).value()).asString(UTF_8).isEqualTo("value " + i);
            }
            assertThat(keys).hasSizeGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void sharesNoDataKeyWithAnotherGuard() throws Exception {
        try (EncryptedTopic topic = new EncryptedTopic(folder, "orders", Map.of())) {
            Guard other = topic.newGuard();
            EncodedRecord second = EncryptedTopic.encrypt(other, record("b"));
            assertThat(envelope(topic.encrypt(record("a"))).wrapped().bytes())
                    .isNotEqualTo(envelope(second).wrapped().bytes());
            assertThat(topic.decrypt(second).value()).asString(UTF_8).isEqualTo("b");
            other.close();
        }
    }

    @Test
    void waitsForItsFirstDataKeyOutsideOfTheCallersThread() throws Exception {
        try (EncryptedTopic topic = new EncryptedTopic(folder, "orders", Map.of())) {
            assertThatThrownBy(() -> topic.newGuard().guard(record("a")))
                    .isInstanceOf(NotReadyException.class)
                    .hasMessage("not ready, waits for a new data key from the key source tink-keyset, for the topic"
                            + " orders");
        }
    }

    @Test
    void encryptsKeysSoThatEqualOnesStayEqual() throws Exception {
        Path recordKeys = EncryptedTopic.recordKeys(folder);
        try (EncryptedTopic topic =
                new EncryptedTopic(folder, "orders", Map.of("record.key.keyset", recordKeys.toString()))) {
            EncodedRecord stored = topic.encrypt(record("a"));
            assertThat(stored.key())
                    .isNotEqualTo(record("a").key())
                    .isEqualTo(topic.encrypt(record("b")).key());
            assertThat(topic.decrypt(stored).key()).asString(UTF_8).isEqualTo("k");
            assertThat(topic.decrypt(stored).value()).asString(UTF_8).isEqualTo("a");
            byte[] changed = Objects.requireNonNull(stored.key()).clone();
            changed[3]++;
            assertThatThrownBy(() -> topic.decrypt(stored.withKey(changed).withValue(null)))
                    .isInstanceOfSatisfying(
                            DecryptionException.class, e -> assertThat(e.part()).isEqualTo(Part.KEY));
        }
    }

    @Test
    void encryptsHeadersAndBindsTheValueToThem() throws Exception {
        try (EncryptedTopic topic = new EncryptedTopic(folder, "orders", Map.of("encrypted.headers", "customer"))) {
            EncodedRecord plain = record("a");
            plain.headers().add("customer", "Ada".getBytes(UTF_8)).add("other", "x".getBytes(UTF_8));
            EncodedRecord stored = topic.encrypt(plain);
            assertThat(plain.headers().lastHeader("customer").value())
                    .asString(UTF_8)
                    .isEqualTo("Ada");
            assertThat(stored.headers().lastHeader("customer").value())
                    .asString(UTF_8)
                    .doesNotContain("Ada");
            EncodedRecord opened = topic.decrypt(stored);
            assertThat(opened.headers().lastHeader("customer").value())
                    .asString(UTF_8)
                    .isEqualTo("Ada");
            assertThat(opened.headers().lastHeader("other").value())
                    .asString(UTF_8)
                    .isEqualTo("x");

            EncodedRecord second = record("a");
            second.headers().add("customer", "Bob".getBytes(UTF_8));
            byte[] foreign =
                    topic.encrypt(second).headers().lastHeader("customer").value();
            EncodedRecord mixed = new EncodedRecord(
                    "orders",
                    stored.key(),
                    stored.value(),
                    new ArrayHeaders().add("customer", foreign).add("other", "x".getBytes(UTF_8)));
            assertThatThrownBy(() -> topic.decrypt(mixed))
                    .isInstanceOfSatisfying(
                            DecryptionException.class, e -> assertThat(e.part()).isEqualTo(Part.HEADERS));
        }
    }

    @Test
    void usesARotatedKeyForTheNextDataKeyAndOpensOldRecords() throws Exception {
        try (EncryptedTopic topic = new EncryptedTopic(folder, "orders", Map.of("data.key.max.records", "4"))) {
            EncodedRecord before = topic.encrypt(record("before"));
            int id = new KeysetFile(topic.keyset).rotate(true);
            String rotated = "tink:" + Integer.toUnsignedString(id);
            EncodedRecord after = before;
            for (int i = 0; i < 12; i++) {
                after = topic.encrypt(record("after"));
            }
            assertThat(envelope(before).wrapped().keyId()).isNotEqualTo(rotated);
            assertThat(envelope(after).wrapped().keyId()).isEqualTo(rotated);
            assertThat(topic.decrypt(before).value()).asString(UTF_8).isEqualTo("before");
            assertThat(topic.decrypt(after).value()).asString(UTF_8).isEqualTo("after");
        }
    }

    @Test
    void preparesAKeyForReadersBeforeWritersUseIt() throws Exception {
        try (EncryptedTopic topic = new EncryptedTopic(folder, "orders", Map.of())) {
            KeysetFile file = new KeysetFile(topic.keyset);
            int primary = file.read().getPrimary().getId();
            int added = file.rotate(false);
            assertThat(file.read().getPrimary().getId()).isEqualTo(primary);
            assertThat(file.rotate(true)).isEqualTo(added);
            assertThat(file.read().getPrimary().getId()).isEqualTo(added);
            assertThat(file.read().size()).isEqualTo(2);
        }
    }

    @Test
    void refusesAKeysetThatOthersMayRead() throws Exception {
        try (EncryptedTopic topic = new EncryptedTopic(folder, "orders", Map.of())) {
            Files.setPosixFilePermissions(topic.keyset, PosixFilePermissions.fromString("rw-r-----"));
            assertThatThrownBy(topic::newGuard)
                    .isInstanceOf(ConfigException.class)
                    .hasMessage(
                            "the key source tink-keyset cannot be opened: users other than its owner have rights to "
                                    + topic.keyset
                                    + " (rw-r-----), which has secret keys. Take them away with: chmod 600 "
                                    + topic.keyset);
        }
    }

    @Test
    void namesTheKeySourcesIfThereIsNoneOfTheName() {
        assertThatThrownBy(() -> new EncryptedTopic(folder, "orders", Map.of("key.source", "vaul")).close())
                .isInstanceOf(ConfigException.class)
                .hasMessage("Invalid value vaul for configuration topics.orders.guard.encrypt.key.source: there is no"
                        + " key source of that name. There are held-keys, tink-keyset, tink-kms");
    }

    @Test
    void refusesAKmsWithoutAClient() {
        assertThatThrownBy(() -> new EncryptedTopic(
                                folder,
                                "orders",
                                Map.of("key.source", "tink-kms", "key.source.uri", "aws-kms://arn:aws:kms:1"))
                        .close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no client of Tink's on the class path supports it");
    }
}
