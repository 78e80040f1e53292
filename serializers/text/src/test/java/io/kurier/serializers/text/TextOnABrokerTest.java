// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.broker.LocalBroker;
import io.kurier.spi.SerializerSettings;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.RecordDeserializationException.DeserializationExceptionOrigin;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In Kafka's own clients, on a real broker: what the serializers are called with there is Kafka's to decide. */
@WithKafka
class TextOnABrokerTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** Stands for what must not be seen in a log. */
    private static final String CANARY = "CANARY7f3a";

    private final LocalBroker broker;
    private final TestTopics topics;

    TextOnABrokerTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "windows-1252", "IBM1047", "ISO-8859-15"})
    void textComesBackInAnyCharset(String name) throws Exception {
        Charset charset = Charset.forName(name);
        String topic = topics.create("charset", 1);
        try (var producer = new KafkaProducer<>(client(), new TextSerializer(charset), new TextSerializer(charset))) {
            producer.send(new ProducerRecord<>(topic, "Schlüssel", "Grüße")).get();
        }

        assertThat(topics.readAll(topic, new TextDeserializer(charset), new TextDeserializer(charset)))
                .singleElement()
                .satisfies(record -> assertThat(record.key()).isEqualTo("Schlüssel"))
                .satisfies(record -> assertThat(record.value()).isEqualTo("Grüße"));
        assertThat(topics.readAll(topic))
                .singleElement()
                .satisfies(record -> assertThat(record.value()).isEqualTo("Grüße".getBytes(charset)));
    }

    @Test
    void clientsThatMakeThemByClassNameConfigureKeysAndValuesSeparately() throws Exception {
        String topic = topics.create("by-name", 1);
        Map<String, Object> charsets = Map.of("key.text.charset", "ISO-8859-1", "text.charset", "UTF-16BE");
        Map<String, Object> writing = client(charsets);
        writing.put("key.serializer", TextSerializer.class.getName());
        writing.put("value.serializer", TextSerializer.class.getName());
        try (var producer = new KafkaProducer<CharSequence, CharSequence>(writing)) {
            producer.send(new ProducerRecord<>(topic, "ü", CharBuffer.wrap("Grüße")))
                    .get();
        }
        Map<String, Object> reading = client(charsets);
        reading.put("key.deserializer", TextDeserializer.class.getName());
        reading.put("value.deserializer", TextDeserializer.class.getName());

        assertThat(topics.readAll(topic)).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo("ü".getBytes(ISO_8859_1));
            assertThat(record.value()).isEqualTo("Grüße".getBytes(UTF_16BE));
        });
        try (var consumer = new KafkaConsumer<String, String>(reading)) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            assertThat(consumer.poll(LIMIT)).singleElement().satisfies(record -> {
                assertThat(record.key()).isEqualTo("ü");
                assertThat(record.value()).isEqualTo("Grüße");
            });
        }
    }

    @Test
    void aTombstoneAndEmptyTextStayApart() throws Exception {
        String topic = topics.create("tombstones", 1);
        try (var producer = new KafkaProducer<>(client(), new TextSerializer(), new TextSerializer())) {
            producer.send(new ProducerRecord<>(topic, "k", null)).get();
            producer.send(new ProducerRecord<>(topic, "k", "")).get();
            producer.send(new ProducerRecord<>(topic, null, "no key")).get();
        }

        List<ConsumerRecord<String, String>> records =
                topics.readAll(topic, new TextDeserializer(), new TextDeserializer());
        assertThat(records).extracting(ConsumerRecord::value).containsExactly(null, "", "no key");
        assertThat(records).extracting(ConsumerRecord::key).containsExactly("k", "k", null);
    }

    @Test
    void bytesOfEveryKindArriveAsTheyWere() throws Exception {
        String topic = topics.create("bytes", 1);
        byte[] every = new byte[256];
        for (int i = 0; i < every.length; i++) {
            every[i] = (byte) i;
        }
        ByteBuffer middle = ByteBuffer.wrap(every).position(10).limit(20);
        ByteBuffer direct = ByteBuffer.allocateDirect(256).put(every).flip();
        try (KafkaProducer<Object, Object> producer = new KafkaProducer<>(client(), bytes(), bytes())) {
            for (Object value : new @Nullable Object[] {every, Bytes.wrap(every), middle, direct, new byte[0], null}) {
                producer.send(new ProducerRecord<>(topic, every, value)).get();
            }
        }

        byte[] tenToTwenty = {10, 11, 12, 13, 14, 15, 16, 17, 18, 19};
        assertThat(topics.readAll(topic))
                .allSatisfy(record -> assertThat(record.key()).isEqualTo(every));
        assertThat(topics.readAll(topic))
                .extracting(ConsumerRecord::value)
                .containsExactly(every, every, tenToTwenty, every, new byte[0], null);
        assertThat(middle.position()).isEqualTo(10);
    }

    @Test
    void eightThreadsMayShareAProducer() throws Exception {
        String topic = topics.create("concurrent", 3);
        int threads = 8;
        int each = 500;
        CyclicBarrier start = new CyclicBarrier(threads);
        // ISO-2022-JP keeps state between characters: a shared coder would mix the threads' texts.
        Charset charset = Charset.forName("ISO-2022-JP");
        Set<String> sent = Collections.synchronizedSet(new HashSet<>());
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (var producer = new KafkaProducer<>(client(), new TextSerializer(), new TextSerializer(charset))) {
            Callable<Void> work = () -> {
                start.await();
                List<Future<RecordMetadata>> acknowledgments = new ArrayList<>();
                for (int i = 0; i < each; i++) {
                    String text = "漢字 " + Thread.currentThread().getName() + " かな " + i;
                    acknowledgments.add(producer.send(new ProducerRecord<>(topic, text, text)));
                    sent.add(text);
                }
                for (Future<RecordMetadata> acknowledgment : acknowledgments) {
                    acknowledgment.get();
                }
                return null;
            };
            for (Future<Void> thread : pool.invokeAll(Collections.nCopies(threads, work))) {
                thread.get();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(topics.readAll(topic, new TextDeserializer(), new TextDeserializer(charset)))
                .hasSize(threads * each)
                .allSatisfy(record -> assertThat(record.value()).isEqualTo(record.key()))
                .extracting(ConsumerRecord::value)
                .containsExactlyInAnyOrderElementsOf(sent);
    }

    @Test
    void textThatTheCharsetLacksIsRefusedBeforeItIsSent() {
        String topic = topics.create("refused", 1);
        try (var producer = new KafkaProducer<>(client(), new TextSerializer(), new TextSerializer(ISO_8859_1))) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, "k", CANARY + " €")))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("the charset lacks the character at index 11")
                    .hasMessageNotContaining(CANARY);
        }
        assertThat(topics.readAll(topic)).isEmpty();
    }

    @Test
    void aRecordThatIsNoTextNamesItsPlaceAndCanBeSkipped() throws Exception {
        String topic = topics.create("poison", 2);
        TopicPartition partition = new TopicPartition(topic, 1);
        byte[] latin1 = (CANARY + "ü").getBytes(ISO_8859_1);
        try (var producer = new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (byte[] value : List.of("before".getBytes(UTF_8), latin1, "after".getBytes(UTF_8))) {
                producer.send(new ProducerRecord<>(topic, partition.partition(), null, value))
                        .get();
            }
        }

        try (var consumer = new KafkaConsumer<>(client(), new ByteArrayDeserializer(), new TextDeserializer())) {
            consumer.assign(List.of(partition));
            assertThat(consumer.poll(LIMIT)).extracting(ConsumerRecord::value).containsExactly("before");

            RecordDeserializationException poison =
                    catchThrowableOfType(RecordDeserializationException.class, () -> consumer.poll(LIMIT));
            assertThat(poison)
                    .isNotNull()
                    .hasMessageContaining(partition.toString())
                    .hasMessageContaining("offset 1")
                    .cause()
                    .hasMessage("cannot read text in UTF-8: the bytes are not in that charset at position "
                            + CANARY.length() + " (of 11, counted from 0). Set the charset in which they were written");
            assertThat(poison.topicPartition()).isEqualTo(partition);
            assertThat(poison.offset()).isEqualTo(1);
            assertThat(poison.origin()).isEqualTo(DeserializationExceptionOrigin.VALUE);
            assertThat(stackTrace(poison)).doesNotContain(CANARY);

            consumer.seek(partition, poison.offset() + 1);
            assertThat(consumer.poll(LIMIT)).extracting(ConsumerRecord::value).containsExactly("after");
        }
    }

    private Map<String, Object> client() {
        return client(Map.of());
    }

    private Map<String, Object> client(Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(more);
        config.put("bootstrap.servers", broker.bootstrapServers());
        config.put("auto.offset.reset", "earliest");
        return config;
    }

    @SuppressWarnings("unchecked") // a plugin cannot name its type, the test knows it
    private static Serializer<Object> bytes() {
        TextSerializerPlugin plugin = new TextSerializerPlugin();
        return (Serializer<Object>) plugin.serializer(new SerializerSettings(
                "bytes", "orders", "orders", false, Object.class, new AbstractConfig(plugin.configDef(), Map.of())));
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
