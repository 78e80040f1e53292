// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static io.kurier.core.BadNetwork.ORDERS;
import static io.kurier.core.BadNetwork.PICTURES;
import static io.kurier.core.TransactedTopics.failureOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Stage;
import io.kurier.TransactionException;
import io.kurier.core.ErrorChannelTest.Verb;
import io.kurier.core.testplugins.AsTold;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardSettings;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Of a record that a guard refuses no byte leaves. Kafka's producer counts the records and the bytes that it sends to each
 * topic; a record whose guard agrees follows each time, on the same connection, so that nothing can be under way still
 * when they are read.
 */
@Timeout(120)
class GuardOnKafkaTest {
    private static final List<String> REFUSED =
            List.of("refused", "speechless", "sneaking", "endless", "nothing", "elsewhere", "bare");
    private static final ObjectName TOPICS =
            name("kafka.producer:type=producer-topic-metrics,client-id=guarded*,topic=*");

    private final BadNetwork network = new BadNetwork();
    private final Publisher publisher = network.publisher(Map.of(
            "client.id", "guarded",
            "application.id", "guards",
            "transactions.producers", "1",
            "topics.orders.guards", "as-told",
            "topics.pictures.guards", "as-told",
            // nothing is sent twice on a slow machine
            "producer.delivery.timeout.ms", "60000",
            "producer.request.timeout.ms", "30000"));

    /** What has left. */
    private record Sent(long records, long bytes) {
        Sent minus(Sent earlier) {
            return new Sent(records - earlier.records, bytes - earlier.bytes);
        }
    }

    @BeforeEach
    void warmUp() {
        publish();
        publishInATransaction();
        publisher.publish(PICTURES, "k", "sound").join();
    }

    @AfterEach
    void stop() {
        publisher.close();
        network.close();
    }

    @ParameterizedTest
    @EnumSource
    void noByteLeavesWithEitherVerb(Verb verb) {
        Sent sound = sentWhile(this::publish);

        Sent withRefused = sentWhile(() -> {
            for (String word : REFUSED) {
                PublishException refused =
                        ErrorChannelTest.failure(verb.call(publisher, Message.of(ORDERS, "k", word)));
                assertThat(refused.stage()).isEqualTo(Stage.GUARD);
                assertThat(refused.outcome()).isEqualTo(Outcome.REJECTED);
            }
            publish();
        });

        assertThat(sound.records()).isEqualTo(1);
        assertThat(withRefused).isEqualTo(sound);
        assertThat(values(network.stored(ORDERS))).containsOnly("sound");
    }

    @Test
    void noByteLeavesInATransaction() {
        Sent sound = sentWhile(this::publishInATransaction);

        Sent withCaught = sentWhile(() -> publisher
                .transaction(transaction -> {
                    for (String word : REFUSED) {
                        assertThatThrownBy(() -> transaction.publish(ORDERS, "k", word))
                                .isInstanceOfSatisfying(
                                        PublishException.class,
                                        refused -> assertThat(refused.stage()).isEqualTo(Stage.GUARD));
                    }
                    transaction.publish(ORDERS, "k", "sound");
                    return null;
                })
                .join());
        Sent withAborted = sentWhile(() -> {
            assertThat(failureOf(publisher.transaction(transaction -> {
                        transaction.publish(ORDERS, "k", "refused");
                        return null;
                    })))
                    .hasMessageContaining("the guard as-told refused the record: not this one")
                    .extracting(TransactionException::outcome)
                    .isEqualTo(Outcome.NOT_STORED);
            publishInATransaction();
        });

        assertThat(sound.records()).isEqualTo(1);
        assertThat(withCaught).isEqualTo(sound);
        assertThat(withAborted).isEqualTo(sound);
        assertThat(network.committed(ORDERS)).containsOnly("sound");
    }

    @ParameterizedTest
    @EnumSource
    void noByteLeavesOfALargeValueWhoseFirstRecordIsRefused(Verb verb) {
        Sent sound = sentWhile(this::publish);

        Sent withRefused = sentWhile(() -> {
            assertThat(ErrorChannelTest.failure(verb.call(publisher, Message.of(PICTURES, "k", "refused two")))
                            .outcome())
                    .isEqualTo(Outcome.REJECTED);
            publish();
        });

        assertThat(withRefused).isEqualTo(sound);
        assertThat(values(network.stored(PICTURES))).containsExactly("sound");
    }

    @Test
    void ofALargeValueOnlyWhatWasGuardedBeforeLeaves() {
        PublishException failure = ErrorChannelTest.failure(publisher.publish(PICTURES, "k", "one two refused four"));

        assertThat(failure.stage()).isEqualTo(Stage.GUARD);
        assertThat(failure.outcome()).isEqualTo(Outcome.NOT_STORED);
        publisher.publish(PICTURES, "k", "sound").join();
        assertThat(values(network.stored(PICTURES))).containsExactly("sound", "one", "two", "sound");
    }

    @Test
    void readersSeeWhatTheGuardMade() {
        publisher.publish(ORDERS, "k", "grown").join();
        publisher.publish(ORDERS, "k", "empty-header").join();

        List<ConsumerRecord<String, String>> stored = network.stored(ORDERS);
        assertThat(stored.get(stored.size() - 2).value()).isEqualTo("grown".repeat(10));
        assertThat(stored.get(stored.size() - 1).headers().lastHeader("tenant").value())
                .isEmpty();
    }

    @Test
    void noticesOneRecordMore() {
        Sent sound = sentWhile(this::publish);

        Sent more = sentWhile(() -> {
            publish();
            publish();
        });

        assertThat(more).isEqualTo(new Sent(2 * sound.records(), 2 * sound.bytes()));
    }

    /** The same guard where Kafka's producer would have it. */
    public static final class GuardAsInterceptor implements ProducerInterceptor<byte[], byte[]> {
        private final Guard guard = new AsTold()
                .guard(new GuardSettings(
                        "as-told", "orders", "orders", new AbstractConfig(new ConfigDef(), Map.of(), false)));

        @Override
        public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
            EncodedRecord guarded =
                    guard.guard(new EncodedRecord(record.topic(), record.key(), record.value(), record.headers()));
            return new ProducerRecord<>(guarded.topic(), null, guarded.key(), guarded.value(), guarded.headers());
        }

        @Override
        public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception exception) {}

        @Override
        public void close() {}

        @Override
        public void configure(Map<String, ?> configs) {}
    }

    @Test
    void anInterceptorThatRefusesARecordLetsItLeave() throws Exception {
        Map<String, Object> config = new HashMap<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                network.proxy().address(),
                ProducerConfig.INTERCEPTOR_CLASSES_CONFIG,
                List.of(GuardAsInterceptor.class)));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] key = "k".getBytes(UTF_8);
            producer.send(new ProducerRecord<>("orders", key, "grown".getBytes(UTF_8)))
                    .get(); // it is called
            producer.send(new ProducerRecord<>("orders", key, "refused".getBytes(UTF_8)))
                    .get();
        }

        assertThat(values(network.stored(ORDERS))).endsWith("grown".repeat(10), "refused");
    }

    private void publish() {
        publisher.publish(ORDERS, "k", "sound").join();
    }

    private void publishInATransaction() {
        publisher
                .transaction(transaction -> {
                    transaction.publish(ORDERS, "k", "sound");
                    return null;
                })
                .join();
    }

    private Sent sentWhile(Runnable work) {
        Sent before = sent();
        work.run();
        return sent().minus(before);
    }

    private Sent sent() {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        double records = 0;
        double bytes = 0;
        try {
            for (ObjectName topic : beans.queryNames(TOPICS, null)) {
                records += (double) beans.getAttribute(topic, "record-send-total");
                bytes += (double) beans.getAttribute(topic, "byte-total");
            }
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
        return new Sent(Math.round(records), Math.round(bytes));
    }

    private static List<String> values(List<ConsumerRecord<String, String>> records) {
        return records.stream().map(ConsumerRecord::value).toList();
    }

    private static ObjectName name(String pattern) {
        try {
            return new ObjectName(pattern);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }
}
