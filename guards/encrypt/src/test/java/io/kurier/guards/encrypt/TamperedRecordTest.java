// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.ArrayHeaders;
import io.kurier.RecordId;
import io.kurier.guards.encrypt.DecryptionException.Part;
import io.kurier.spi.EncodedRecord;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes encrypted records in every way that is listed here, and expects that each is detected and shows nothing. */
final class TamperedRecordTest {
    private static final String SECRET = "card 4111-1111-1111-1111";
    private static final UUID ID = UUID.fromString("0190d3b8-0000-7000-8000-000000000001");

    @TempDir
    private Path folder;

    private EncryptedTopic topic;
    private EncodedRecord stored;

    @BeforeEach
    void encrypt() throws Exception {
        topic = new EncryptedTopic(folder, "orders", Map.of("headers", "tenant,region"));
        stored = topic.encrypt(plain("orders", "k-1", headers()));
    }

    @AfterEach
    void close() {
        topic.close();
    }

    private static EncodedRecord plain(String topic, String key, Headers headers) {
        return new EncodedRecord(topic, key.getBytes(UTF_8), SECRET.getBytes(UTF_8), headers);
    }

    private static Headers headers() {
        return new ArrayHeaders()
                .add(RecordId.HEADER, RecordId.bytes(ID))
                .add("tenant", "acme".getBytes(UTF_8))
                .add("content-type", "text/plain".getBytes(UTF_8))
                .add("trace", "1".getBytes(UTF_8));
    }

    private Part part(EncodedRecord changed) {
        DecryptionException refused = catchThrowableOfType(DecryptionException.class, () -> topic.decrypt(changed));
        assertThat(refused).as("detected").isNotNull().hasMessageStartingWith("the value cannot be decrypted: ");
        assertThat(refused.toString()).doesNotContain(SECRET, "4111-1111");
        return refused.part();
    }

    private static byte[] value(EncodedRecord record) {
        return Objects.requireNonNull(record.value());
    }

    private EncodedRecord with(byte @Nullable [] key, Headers headers) {
        return new EncodedRecord("orders", key, stored.value(), headers);
    }

    @Test
    void opensWhatIsUnchanged() {
        assertThat(topic.decrypt(stored).value()).asString(UTF_8).isEqualTo(SECRET);
        assertThat(new String(stored.value(), UTF_8)).doesNotContain("4111-1111");
    }

    @Test
    void detectsEveryFlippedBit() {
        byte[] value = value(stored);
        for (int bit = 0; bit < value.length * Byte.SIZE; bit++) {
            byte[] flipped = value.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThat(part(stored.withValue(flipped))).as("bit %s", bit).isNotNull();
        }
    }

    @Test
    void detectsEveryLengthThatItIsCutTo() {
        byte[] value = value(stored);
        for (int length = 0; length < value.length; length++) {
            assertThat(part(stored.withValue(Arrays.copyOf(value, length))))
                    .as("length %s", length)
                    .isNotNull();
        }
        assertThat(part(stored.withValue(Arrays.copyOf(value, value.length + 1))))
                .isEqualTo(Part.CONTENT);
    }

    @Test
    void detectsAnotherTopic() {
        assertThat(part(new EncodedRecord("refunds", stored.key(), stored.value(), headers())))
                .isEqualTo(Part.TOPIC);
    }

    @Test
    void detectsAnotherKey() {
        assertThat(part(with("k-2".getBytes(UTF_8), headers()))).isEqualTo(Part.KEY);
        assertThat(part(with(new byte[0], headers()))).isEqualTo(Part.KEY);
        assertThat(part(with(null, headers()))).isEqualTo(Part.KEY);
    }

    @Test
    void distinguishesNoKeyFromAnEmptyOne() throws Exception {
        EncodedRecord none =
                topic.encrypt(new EncodedRecord("orders", null, SECRET.getBytes(UTF_8), new ArrayHeaders()));
        assertThat(topic.decrypt(none).value()).asString(UTF_8).isEqualTo(SECRET);
        assertThat(part(none.withKey(new byte[0]))).isEqualTo(Part.KEY);
        EncodedRecord empty =
                topic.encrypt(new EncodedRecord("orders", new byte[0], SECRET.getBytes(UTF_8), new ArrayHeaders()));
        assertThat(part(empty.withKey(null))).isEqualTo(Part.KEY);
    }

    @Test
    void detectsAnotherRecordId() {
        Headers other = headers().remove(RecordId.HEADER).add(RecordId.HEADER, RecordId.bytes(new UUID(1, 2)));
        assertThat(part(with(stored.key(), other))).isEqualTo(Part.RECORD_ID);
        assertThat(part(with(stored.key(), headers().remove(RecordId.HEADER)))).isEqualTo(Part.RECORD_ID);
        assertThat(part(with(stored.key(), headers().add(RecordId.HEADER, RecordId.bytes(ID)))))
                .isEqualTo(Part.RECORD_ID);
    }

    @Test
    void detectsBoundHeadersThatAreChangedAddedOrRemoved() {
        for (String name : new String[] {"tenant", "content-type"}) {
            assertThat(part(with(stored.key(), headers().remove(name)))).isEqualTo(Part.HEADERS);
            assertThat(part(with(stored.key(), headers().remove(name).add(name, null))))
                    .isEqualTo(Part.HEADERS);
            assertThat(part(with(stored.key(), headers().remove(name).add(name, new byte[0]))))
                    .isEqualTo(Part.HEADERS);
            assertThat(part(with(stored.key(), headers().add(name, new byte[1]))))
                    .isEqualTo(Part.HEADERS);
        }
        for (String absent : new String[] {"region", "media.id", "apicurio.value.globalId", "__value_schema_id"}) {
            assertThat(part(with(stored.key(), headers().add(absent, new byte[1]))))
                    .isEqualTo(Part.HEADERS);
        }
    }

    @Test
    void detectsTheWholeEnvelopeOfAnotherRecord() throws Exception {
        EncodedRecord other = topic.encrypt(plain("orders", "k-2", new ArrayHeaders()));
        assertThat(part(stored.withValue(other.value()))).isEqualTo(Part.RECORD);
    }

    @Test
    void letsHeadersChangeThatAreNotBound() {
        Headers others = new ArrayHeaders()
                .add("trace", "2".getBytes(UTF_8))
                .add("content-type", "text/plain".getBytes(UTF_8))
                .add("hop", "1".getBytes(UTF_8))
                .add("tenant", "acme".getBytes(UTF_8))
                .add(RecordId.HEADER, RecordId.bytes(ID));
        assertThat(topic.decrypt(with(stored.key(), others)).value())
                .asString(UTF_8)
                .isEqualTo(SECRET);
    }

    @Test
    void refusesPlainTextUnlessItIsAccepted() {
        EncodedRecord plain = plain("orders", "k-1", headers());
        assertThat(part(plain)).isEqualTo(Part.ENVELOPE);
        try (RecordDecryptor accepting = topic.reader(Map.of("encrypt.accept.plain", "true"))) {
            assertThat(accepting.decrypt(plain).value()).asString(UTF_8).isEqualTo(SECRET);
            assertThat(accepting.decrypt(stored).value()).asString(UTF_8).isEqualTo(SECRET);
            byte[] changed = value(stored).clone();
            changed[changed.length - 1]++;
            assertThatThrownBy(() -> accepting.decrypt(stored.withValue(changed)))
                    .isInstanceOf(DecryptionException.class);
        }
    }

    @Test
    void opensAMirroredTopicByItsLogicalName() {
        EncodedRecord mirrored = new EncodedRecord("eu.orders", stored.key(), stored.value(), headers());
        try (RecordDecryptor reader = topic.reader(Map.of("encrypt.topic", "orders"))) {
            assertThat(reader.decrypt(mirrored).value()).asString(UTF_8).isEqualTo(SECRET);
        }
    }

    @Test
    void saysWhichKeyIsMissing(@TempDir Path other) throws Exception {
        try (EncryptedTopic others = new EncryptedTopic(other, "orders", Map.of())) {
            assertThatThrownBy(() -> others.decrypt(stored))
                    .isInstanceOfSatisfying(
                            DecryptionException.class, e -> assertThat(e.part()).isEqualTo(Part.DATA_KEY))
                    .hasMessageContaining("has no key tink:");
        }
    }
}
