// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.ArrayHeaders;
import io.kurier.RecordId;
import io.kurier.guards.sign.VerificationException.Part;
import io.kurier.spi.EncodedRecord;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes signed records in every way that is listed here, and expects that each is detected and shows nothing. */
final class TamperedRecordTest {
    private static final String PAYLOAD = "amount=4111";

    @TempDir
    private Path folder;

    private SignedTopic topic;
    private EncodedRecord stored;

    @BeforeEach
    void sign() throws Exception {
        topic = new SignedTopic(folder, Map.of("headers", "tenant,region"));
        stored = topic.sign(SignedTopic.record("k-1", PAYLOAD, headers()));
    }

    private static Headers headers() {
        return SignedTopic.withId(SignedTopic.ID)
                .add("tenant", "acme".getBytes(UTF_8))
                .add("content-type", "text/plain".getBytes(UTF_8))
                .add("trace", "1".getBytes(UTF_8));
    }

    /** What a forger makes: other headers with the signature. */
    private EncodedRecord with(byte @Nullable [] key, Headers headers) {
        return new EncodedRecord(
                "orders", key, stored.value(), SignedTopic.withSignature(headers, SignedTopic.signature(stored)));
    }

    private EncodedRecord withSignature(byte @Nullable [] signature) {
        return new EncodedRecord(
                "orders", stored.key(), stored.value(), SignedTopic.withSignature(stored.headers(), signature));
    }

    private Part part(EncodedRecord changed) {
        VerificationException refused = catchThrowableOfType(VerificationException.class, () -> topic.verify(changed));
        assertThat(refused).as("detected").isNotNull().hasMessageStartingWith("a record of the topic ");
        assertThat(refused.toString()).doesNotContain(PAYLOAD, "4111-1111", "k-1", "acme");
        return refused.part();
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return flipped;
    }

    private static byte[] value(EncodedRecord record) {
        return Objects.requireNonNull(record.value());
    }

    @Test
    void acceptsWhatIsUnchanged() {
        assertThatCode(() -> topic.verify(stored)).doesNotThrowAnyException();
        assertThat(stored.value()).asString(UTF_8).isEqualTo(PAYLOAD);
        assertThat(stored.key()).asString(UTF_8).isEqualTo("k-1");
        assertThat(new ArrayHeaders(stored.headers()).remove("kurier.signature"))
                .isEqualTo(headers());
    }

    @Test
    void detectsEveryFlippedBitOfTheValue() {
        byte[] value = value(stored);
        for (int bit = 0; bit < value.length * Byte.SIZE; bit++) {
            assertThat(part(stored.withValue(flipped(value, bit))))
                    .as("bit %s", bit)
                    .isEqualTo(Part.VALUE);
        }
    }

    @Test
    void detectsEveryFlippedBitOfTheKey() {
        byte[] key = Objects.requireNonNull(stored.key());
        for (int bit = 0; bit < key.length * Byte.SIZE; bit++) {
            assertThat(part(stored.withKey(flipped(key, bit))))
                    .as("bit %s", bit)
                    .isEqualTo(Part.KEY);
        }
    }

    @Test
    void detectsEveryFlippedBitOfTheSignaturesHeader() {
        byte[] signature = SignedTopic.signature(stored);
        for (int bit = 0; bit < signature.length * Byte.SIZE; bit++) {
            Part part = part(withSignature(flipped(signature, bit)));
            if (bit < 2 * Byte.SIZE) {
                assertThat(part).as("bit %s", bit).isEqualTo(Part.SIGNATURE);
            } else if (bit < 6 * Byte.SIZE) {
                assertThat(part).as("bit %s", bit).isEqualTo(Part.SIGNING_KEY);
            } else if (bit >= (signature.length - 64) * Byte.SIZE) {
                assertThat(part).as("bit %s", bit).isEqualTo(Part.VALUE);
            }
        }
    }

    @Test
    void detectsEveryLengthThatTheSignaturesHeaderIsCutTo() {
        byte[] signature = SignedTopic.signature(stored);
        for (int length = 0; length < signature.length; length++) {
            assertThat(part(withSignature(Arrays.copyOf(signature, length))))
                    .as("length %s", length)
                    .isEqualTo(Part.SIGNATURE);
        }
        assertThat(part(withSignature(Arrays.copyOf(signature, signature.length + 1))))
                .isEqualTo(Part.SIGNATURE);
        assertThat(part(withSignature(null))).isEqualTo(Part.SIGNATURE);
    }

    @Test
    void detectsEveryLengthThatTheValueIsCutTo() {
        byte[] value = value(stored);
        for (int length = 0; length < value.length; length++) {
            assertThat(part(stored.withValue(Arrays.copyOf(value, length))))
                    .as("length %s", length)
                    .isEqualTo(Part.VALUE);
        }
        assertThat(part(stored.withValue(Arrays.copyOf(value, value.length + 1))))
                .isEqualTo(Part.VALUE);
    }

    /** A signature (R, S) has a twin (R, S + L) in an implementation that does not check S, see RFC 8032, 5.1.7. */
    @Test
    void detectsASignatureWhoseNumberIsNotReduced() {
        byte[] signature = SignedTopic.signature(stored);
        byte[] s = Arrays.copyOfRange(signature, signature.length - 32, signature.length);
        BigInteger order = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
        byte[] twin = reversed(new BigInteger(1, reversed(s)).add(order).toByteArray());
        byte[] changed = signature.clone();
        System.arraycopy(Arrays.copyOf(twin, 32), 0, changed, signature.length - 32, 32);
        assertThat(part(withSignature(changed))).isEqualTo(Part.VALUE);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    @Test
    void detectsAnotherTopic() {
        assertThat(part(new EncodedRecord("refunds", stored.key(), stored.value(), stored.headers())))
                .isEqualTo(Part.TOPIC);
    }

    @Test
    void detectsAnotherKey() {
        assertThat(part(with("k-2".getBytes(UTF_8), headers()))).isEqualTo(Part.KEY);
        assertThat(part(with(new byte[0], headers()))).isEqualTo(Part.KEY);
        assertThat(part(with(null, headers()))).isEqualTo(Part.KEY);
    }

    @Test
    void distinguishesNoKeyFromAnEmptyOne() {
        EncodedRecord none = topic.sign(null, PAYLOAD);
        topic.verify(none);
        assertThat(part(none.withKey(new byte[0]))).isEqualTo(Part.KEY);
        EncodedRecord empty = topic.sign("", PAYLOAD);
        topic.verify(empty);
        assertThat(part(empty.withKey(null))).isEqualTo(Part.KEY);
    }

    @Test
    void detectsAnotherRecordId() {
        assertThat(part(with(
                        stored.key(),
                        SignedTopic.withId(new UUID(1, 2))
                                .add("tenant", "acme".getBytes(UTF_8))
                                .add("content-type", "text/plain".getBytes(UTF_8)))))
                .isEqualTo(Part.RECORD_ID);
        assertThat(part(with(stored.key(), headers().remove(RecordId.HEADER)))).isEqualTo(Part.RECORD_ID);
        assertThat(part(with(stored.key(), headers().add(RecordId.HEADER, RecordId.bytes(SignedTopic.ID)))))
                .isEqualTo(Part.RECORD_ID);
    }

    @Test
    void detectsSignedHeadersThatAreChangedAddedOrRemoved() {
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
    void letsHeadersChangeThatAreNotSigned() {
        topic.verify(with(
                stored.key(),
                headers()
                        .remove("trace")
                        .add("hop", "1".getBytes(UTF_8))
                        .remove("tenant")
                        .add("tenant", "acme".getBytes(UTF_8))));
    }

    @Test
    void distinguishesTombstonesFromEmptyValues() {
        EncodedRecord tombstone = topic.sign("k", null);
        topic.verify(tombstone);
        assertThat(part(tombstone.withValue(new byte[0]))).isEqualTo(Part.VALUE);
        EncodedRecord empty = topic.sign("k", "");
        topic.verify(empty);
        assertThat(part(empty.withValue(null))).isEqualTo(Part.VALUE);
    }

    @Test
    void detectsForgedTombstones() {
        assertThat(part(stored.withValue(null))).isEqualTo(Part.VALUE);
        assertThat(part(SignedTopic.record("k-1", null, headers()))).isEqualTo(Part.SIGNATURE);
        EncodedRecord tombstone = topic.sign("k-2", null);
        assertThat(part(tombstone.withKey(stored.key()))).isEqualTo(Part.KEY);
        assertThat(part(tombstone.withValue(stored.value()))).isEqualTo(Part.VALUE);
    }

    @Test
    void detectsTheSignatureOfAnotherRecord() {
        EncodedRecord other = topic.sign("k-2", PAYLOAD);
        assertThat(part(withSignature(SignedTopic.signature(other)))).isEqualTo(Part.RECORD);
    }

    @Test
    void refusesASecondSignature() {
        Headers two = new ArrayHeaders(stored.headers()).add("kurier.signature", SignedTopic.signature(stored));
        assertThat(part(new EncodedRecord("orders", stored.key(), stored.value(), two)))
                .isEqualTo(Part.SIGNATURE);
    }

    @Test
    void refusesUnsignedRecordsUnlessTheyAreAccepted() {
        EncodedRecord unsigned = SignedTopic.record("k-1", PAYLOAD, headers());
        assertThat(part(unsigned)).isEqualTo(Part.SIGNATURE);
        RecordVerifier accepting = topic.verifier(Map.of("sign.accept.unsigned", "true", "sign.replay.window", "5"));
        accepting.verify(unsigned);
        accepting.verify(unsigned);
        accepting.verify(stored);
        EncodedRecord changed = stored.withValue("amount=1".getBytes(UTF_8));
        assertThat(catchThrowableOfType(VerificationException.class, () -> accepting.verify(changed)))
                .isNotNull();
    }

    @Test
    void verifiesAMirroredTopicByItsLogicalName() {
        EncodedRecord mirrored = new EncodedRecord("eu.orders", stored.key(), stored.value(), stored.headers());
        topic.verifier(Map.of("sign.topic", "orders")).verify(mirrored);
        assertThat(part(mirrored)).isEqualTo(Part.TOPIC);
    }
}
