// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static io.kurier.core.TransactedTopics.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Publisher;
import io.kurier.broker.LocalBroker;
import io.kurier.core.internal.config.Profile;
import io.kurier.core.internal.config.PublisherConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Kafka's producers are made from with each profile, as an interceptor of theirs is told it. */
class ProfileTest {
    private static final LocalBroker BROKER = LocalBroker.start();
    private static final List<String> KEYS =
            List.of("batch.size", "linger.ms", "compression.type", "buffer.memory", "delivery.timeout.ms");
    private static final Map<Profile, List<Object>> VALUES = Map.of(
            Profile.BALANCED, List.of(131_072, 5L, "lz4", 67_108_864L, 120_000),
            Profile.THROUGHPUT, List.of(262_144, 50L, "lz4", 134_217_728L, 120_000),
            Profile.LATENCY, List.of(16_384, 0L, "none", 33_554_432L, 120_000),
            Profile.DURABLE, List.of(16_384, 0L, "none", 8_388_608L, 600_000));

    private final TransactedTopics topics;

    ProfileTest(TestInfo test) {
        topics = new TransactedTopics(
                BROKER,
                test.getTestMethod().orElseThrow().getName() + "-"
                        + test.getDisplayName().replaceAll("\\W", ""));
    }

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    @BeforeEach
    void forget() {
        Made.FROM.clear();
    }

    @ParameterizedTest
    @EnumSource
    void everyProducerHasTheValuesOfTheProfile(Profile profile) {
        start(Map.of("profile", word(profile)));

        assertThat(Made.FROM)
                .hasSize(2) // that of single records, and that of a transaction
                .allSatisfy(
                        made -> assertThat(KEYS).extracting(made::get).containsExactlyElementsOf(VALUES.get(profile)));
        assertThat(Made.FROM)
                .extracting(made -> made.get(ProducerConfig.TRANSACTIONAL_ID_CONFIG) != null)
                .containsExactlyInAnyOrder(false, true);
    }

    @ParameterizedTest
    @EnumSource
    void everyProfileKeepsThePromises(Profile profile) {
        start(Map.of("profile", word(profile)));

        assertThat(Made.FROM)
                .hasSize(2)
                .allSatisfy(made -> assertThat(made)
                        .containsEntry("acks", "-1") // all
                        .containsEntry("enable.idempotence", true)
                        .containsEntry("max.in.flight.requests.per.connection", 5)
                        .containsEntry("retries", Integer.MAX_VALUE));
        assertThat(profile.producerKeys().keySet())
                .doesNotContainAnyElementsOf(PublisherConfig.FIXED_PRODUCER_KEYS.keySet());
    }

    @ParameterizedTest
    @EnumSource
    void everyValueGivesWayToAKeyOfTheProducer(Profile profile) {
        start(Map.of(
                "profile", word(profile),
                "producer.batch.size", "1000",
                "producer.linger.ms", "7",
                "producer.compression.type", "gzip",
                "producer.buffer.memory", "2000000",
                "producer.delivery.timeout.ms", "40000"));

        assertThat(Made.FROM)
                .hasSize(2)
                .allSatisfy(made ->
                        assertThat(KEYS).extracting(made::get).containsExactly(1000, 7L, "gzip", 2_000_000L, 40_000));
    }

    @Test
    void isBalancedWhereNoneIsNamed() {
        start(Map.of());

        assertThat(Made.FROM)
                .hasSize(2)
                .allSatisfy(made ->
                        assertThat(KEYS).extracting(made::get).containsExactlyElementsOf(VALUES.get(Profile.BALANCED)));
    }

    /** Starts a publisher that makes one producer of each kind, and closes it. */
    private void start(Map<String, String> keys) {
        Map<String, String> all = new HashMap<>(keys);
        all.put("producer.interceptor.classes", Made.class.getName());
        all.put("transactions.producers", "1");
        try (Publisher publisher = topics.start(all)) {
            publisher.publish(ORDERS, "k", "v").join();
            publisher
                    .transaction(transaction -> {
                        transaction.publish(ORDERS, "k", "v");
                        return null;
                    })
                    .join();
        }
        assertThat(topics.committed(ORDERS)).containsExactly("v", "v");
    }

    private static String word(Profile profile) {
        return profile.name().toLowerCase(Locale.ROOT);
    }

    /** Keeps what each producer is made from, parsed as the producer does it. */
    public static final class Made implements ProducerInterceptor<byte[], byte[]> {
        static final Queue<Map<String, Object>> FROM = new ConcurrentLinkedQueue<>();

        @Override
        public void configure(Map<String, ?> originals) {
            Map<String, Object> keys = new HashMap<>(originals);
            keys.remove(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);
            FROM.add(new HashMap<>(new ProducerConfig(keys).values()));
        }

        @Override
        public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
            return record;
        }

        @Override
        public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
            // only what it is made from counts
        }

        @Override
        public void close() {
            // nothing to release
        }
    }
}
