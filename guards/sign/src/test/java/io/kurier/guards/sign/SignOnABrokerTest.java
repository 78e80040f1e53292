// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import io.kurier.guards.sign.VerificationException.Part;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A topic that names the guard {@code sign}, read by Kafka's own consumer that is configured by class names. */
@WithKafka
@Timeout(120)
final class SignOnABrokerTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);

    private final LocalBroker broker;
    private final TestTopics topics;

    @TempDir
    private Path folder;

    private SignedTopic keys;
    private String topic;

    SignOnABrokerTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    @BeforeEach
    void publish() throws Exception {
        keys = new SignedTopic(folder, Map.of());
        topic = topics.create("orders", 1);
        try (Publisher publisher = Kurier.builder()
                .set("bootstrap.servers", broker.bootstrapServers())
                .set("topics.orders.name", topic)
                .set("topics.orders.key.serializer", "text")
                .set("topics.orders.value.serializer", "text")
                .set("topics.orders.record.id", "true")
                .set("topics.orders.guards", "sign")
                .set("topics.orders.guard.sign.keyset.file", keys.keyset.toString())
                .topics(ORDERS)
                .start()) {
            publisher.publish(ORDERS, "k-1", "first").join();
            publisher.publish(ORDERS, "k-2", "second").join();
            publisher.publish(ORDERS, "k-1", null).join();
        }
    }

    private KafkaConsumer<String, String> consumer(Map<String, String> more) {
        Map<String, Object> configs = PlainConsumer.configs(keys, more);
        configs.put("bootstrap.servers", broker.bootstrapServers());
        configs.put("auto.offset.reset", "earliest");
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(configs);
        consumer.assign(List.of(new TopicPartition(topic, 0)));
        return consumer;
    }

    /** Reads to the end as it is now, or to the first exception. */
    private List<ConsumerRecord<String, String>> read(KafkaConsumer<String, String> consumer) {
        TopicPartition partition = new TopicPartition(topic, 0);
        long end =
                Objects.requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        while (consumer.position(partition) < end) {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        }
        return records;
    }

    /** Stores bytes as a user does who can write to the topic and has no key. */
    private void forge(byte @Nullable [] key, byte @Nullable [] value, Iterable<Header> headers) throws Exception {
        Map<String, Object> configs = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(configs, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, key, value, headers)).get(60, TimeUnit.SECONDS);
        }
    }

    private void assertRefused(Part part, KafkaConsumer<String, String> consumer) {
        assertThatThrownBy(() -> read(consumer))
                .isInstanceOf(RecordDeserializationException.class)
                .cause()
                .isInstanceOfSatisfying(
                        VerificationException.class, e -> assertThat(e.part()).isEqualTo(part));
    }

    @Test
    void isReadByAConsumerThatVerifiesAndByOneWithoutKeys() {
        assertThat(topics.readAll(topic, new StringDeserializer(), new StringDeserializer()))
                .extracting(ConsumerRecord::value)
                .containsExactly("first", "second", null);
        try (KafkaConsumer<String, String> consumer = consumer(Map.of("sign.replay.window", "100"))) {
            assertThat(read(consumer)).extracting(ConsumerRecord::value).containsExactly("first", "second", null);
            consumer.seekToBeginning(consumer.assignment());
            assertThat(read(consumer)).extracting(ConsumerRecord::key).containsExactly("k-1", "k-2", "k-1");
        }
    }

    @Test
    void isRefusedIfItWasChanged() throws Exception {
        ConsumerRecord<byte[], byte[]> signed = topics.readAll(topic).get(1);
        forge(signed.key(), "changed".getBytes(UTF_8), signed.headers());
        try (KafkaConsumer<String, String> consumer = consumer(Map.of())) {
            assertRefused(Part.VALUE, consumer);
            assertThat(consumer.position(new TopicPartition(topic, 0))).isEqualTo(3);
        }
    }

    @Test
    void isRefusedUnderAnotherKey() throws Exception {
        ConsumerRecord<byte[], byte[]> signed = topics.readAll(topic).get(1);
        forge("k-9".getBytes(UTF_8), signed.value(), signed.headers());
        try (KafkaConsumer<String, String> consumer = consumer(Map.of())) {
            assertRefused(Part.KEY, consumer);
        }
    }

    @Test
    void isRefusedWithoutASignature() throws Exception {
        forge("k-2".getBytes(UTF_8), null, List.of());
        try (KafkaConsumer<String, String> consumer = consumer(Map.of())) {
            assertRefused(Part.SIGNATURE, consumer);
        }
    }

    @Test
    void losesNeitherItsValueNorItsUniquenessForAConsumer() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> signed = topics.readAll(topic);
        forge(signed.get(1).key(), null, signed.get(1).headers()); // the value removed
        forge(signed.get(0).key(), signed.get(0).value(), signed.get(0).headers()); // stored once more
        forge(signed.get(2).key(), signed.get(2).value(), signed.get(2).headers()); // and a tombstone
        try (KafkaConsumer<String, String> consumer = consumer(Map.of("sign.replay.window", "100"))) {
            assertThat(read(consumer)).extracting(ConsumerRecord::offset).containsExactly(0L, 1L, 2L);
        }
        try (KafkaConsumer<String, String> consumer = consumer(Map.of())) {
            assertThat(read(consumer)).extracting(ConsumerRecord::offset).containsExactly(0L, 1L, 2L, 4L, 5L);
        }
    }
}
