// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.ArrayHeaders;
import io.kurier.guards.sign.VerificationException.Part;
import io.kurier.spi.EncodedRecord;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerifyingDeserializerTest {
    @TempDir
    private Path folder;

    private SignedTopic topic;

    @BeforeEach
    void makeKeys() throws Exception {
        topic = new SignedTopic(folder, Map.of());
    }

    private PlainConsumer consumer(Map<String, String> more) {
        return new PlainConsumer(PlainConsumer.configs(topic, more));
    }

    private static void assertRefused(Part part, ThrowingCallable read) {
        assertThatThrownBy(read)
                .isInstanceOfSatisfying(
                        VerificationException.class, e -> assertThat(e.part()).isEqualTo(part));
    }

    @Test
    void readsWhatWasSigned() {
        PlainConsumer consumer = consumer(Map.of());
        assertThat(consumer.read(topic.sign("k", "a"))).hasValueSatisfying(read -> {
            assertThat(read.key()).isEqualTo("k");
            assertThat(read.value()).isEqualTo("a");
        });
        assertThat(consumer.read(topic.sign(null, "a")))
                .hasValueSatisfying(read -> assertThat(read.key()).isNull());
        assertThat(consumer.read(topic.sign("k", null)))
                .hasValueSatisfying(read -> assertThat(read.value()).isNull());
        assertThat(consumer.read(topic.sign(null, null))).isPresent();
    }

    @Test
    void refusesWhatWasChangedOrNotSigned() {
        PlainConsumer consumer = consumer(Map.of());
        EncodedRecord signed = topic.sign("k", "a");
        assertRefused(Part.VALUE, () -> consumer.read(signed.withValue(new byte[1])));
        assertRefused(Part.KEY, () -> consumer.read(signed.withKey(new byte[1])));
        assertRefused(Part.KEY, () -> consumer.read(signed.withKey(null)));
        assertRefused(Part.KEY, () -> consumer.read(topic.sign(null, "a").withKey(new byte[1])));
        assertRefused(Part.SIGNATURE, () -> consumer.read(SignedTopic.record("k", "a", new ArrayHeaders())));
        assertRefused(Part.SIGNATURE, () -> consumer.read(SignedTopic.record(null, "a", new ArrayHeaders())));
    }

    @Test
    void givesNoForgedTombstoneToTheApplication() {
        PlainConsumer consumer = consumer(Map.of());
        assertRefused(Part.SIGNATURE, () -> consumer.read(SignedTopic.record("k", null, new ArrayHeaders())));
        EncodedRecord tombstone = topic.sign("other", null);
        assertRefused(Part.KEY, () -> consumer.read(tombstone.withKey("k".getBytes(UTF_8))));
        assertThat(consumer.read(topic.sign("k", "a").withValue(null))).isEmpty();
        assertThat(consumer.read(topic.sign(null, "a").withValue(null))).isEmpty();
        assertThat(consumer.read(tombstone.withKey(null))).isEmpty();
        assertThat(consumer.read(SignedTopic.record(null, null, new ArrayHeaders())))
                .isEmpty();
        assertRefused(Part.VALUE, () -> consumer.read(topic.sign("k", null).withValue(new byte[0])));
        assertThat(consumer.read(topic.sign("k", null))).isPresent();
    }

    @Test
    void givesNoReplayWithinTheWindowToTheApplication() {
        PlainConsumer consumer = consumer(Map.of("sign.replay.window", "10"));
        EncodedRecord first = topic.sign(SignedTopic.record("k", "a", SignedTopic.withId(SignedTopic.ID)));
        EncodedRecord second = topic.sign(SignedTopic.record("k", null, SignedTopic.withId(new UUID(1, 2))));
        for (int rebalance = 0; rebalance < 2; rebalance++) {
            consumer.seek(0);
            assertThat(consumer.read(first)).isPresent();
            assertThat(consumer.read(second)).isPresent();
            assertThat(consumer.read(first)).isEmpty();
            assertThat(consumer.read(second)).isEmpty();
        }
        assertRefused(Part.RECORD_ID, () -> consumer.read(topic.sign("k", "a")));
    }

    @Test
    void readsUnsignedRecordsIfTheyAreAccepted() {
        PlainConsumer consumer = consumer(Map.of("sign.accept.unsigned", "true", "sign.replay.window", "10"));
        assertThat(consumer.read(SignedTopic.record("k", "a", new ArrayHeaders())))
                .isPresent();
        assertThat(consumer.read(SignedTopic.record("k", null, new ArrayHeaders())))
                .isPresent();
        assertRefused(Part.VALUE, () -> consumer.read(topic.sign("k", "a").withValue(new byte[1])));
    }

    @Test
    void verifiesInCodeAndForKafkaStreams() {
        VerifyingDeserializers<String, String> made = VerifyingDeserializers.of(
                topic.readerKeys(Map.of()), new StringDeserializer(), new StringDeserializer());
        Deserializer<String> keys = made.keySerde().deserializer();
        Deserializer<String> values = made.valueSerde().deserializer();
        Headers signed = topic.sign("k", "a").headers();
        assertThat(keys.deserialize("orders", signed, "k".getBytes(UTF_8))).isEqualTo("k");
        assertRefused(Part.VALUE, () -> values.deserialize("orders", signed, "b".getBytes(UTF_8)));
        assertRefused(Part.VALUE, () -> values.deserialize("orders", signed, (byte[]) null));
        assertThat(values.deserialize("orders", signed, "a".getBytes(UTF_8))).isEqualTo("a");

        Headers noKey = topic.sign(null, null).headers();
        assertThat(keys.deserialize("orders", noKey, (byte[]) null)).isNull();
        assertThat(values.deserialize("orders", noKey, (byte[]) null)).isNull();

        assertThatThrownBy(() -> values.deserialize("orders", new byte[1]))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("Use a serde that does not verify there");
        assertThatThrownBy(() -> made.valueSerde().serializer().serialize("orders", "a"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("Name another serde for what is written");
    }

    @Test
    void takesTheLastKeyIfHeadersAreUsedAgain() {
        VerifyingDeserializers<String, String> made = VerifyingDeserializers.of(
                topic.readerKeys(Map.of()), new StringDeserializer(), new StringDeserializer());
        Headers signed = topic.sign("k", "a").headers();
        for (String key : new String[] {"other", "k"}) {
            made.keys().deserialize("orders", signed, key.getBytes(UTF_8));
        }
        assertThat(made.values().deserialize("orders", signed, "a".getBytes(UTF_8)))
                .isEqualTo("a");
        made.keys().deserialize("orders", signed, "other".getBytes(UTF_8));
        assertRefused(Part.KEY, () -> made.values().deserialize("orders", signed, "a".getBytes(UTF_8)));
    }

    @Test
    void needsTheKeyDeserializerAndTheInterceptor() {
        assertThatThrownBy(() -> consumer(Map.of("key.deserializer", StringDeserializer.class.getName())))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Invalid value org.apache.kafka.common.serialization.StringDeserializer for configuration"
                        + " key.deserializer: values are signed together with their keys, so keys have to be read by"
                        + " io.kurier.guards.sign.VerifyingKeyDeserializer, which passes them to the class in"
                        + " sign.key.deserializer");
        assertThatThrownBy(() -> consumer(Map.of("interceptor.classes", "")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Invalid value  for configuration interceptor.classes: Kafka shows no tombstone to a"
                        + " deserializer of values, so io.kurier.guards.sign.VerifyingInterceptor has to be among the"
                        + " interceptors, which refuses those that were not signed");
        assertThatThrownBy(() -> consumer(Map.of("sign.value.deserializer", "no.such.Class")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("sign.value.deserializer");
        Map<String, Object> unnamed = PlainConsumer.configs(topic, Map.of());
        unnamed.remove("sign.key.deserializer");
        assertThatThrownBy(() -> new PlainConsumer(unnamed))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("sign.key.deserializer");
        assertThatThrownBy(() -> new VerifyingKeyDeserializer<>().configure(Map.of(), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Set it as key.deserializer");
    }
}
