// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.Outcome;
import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.LocalBroker;
import io.kurier.core.internal.config.ConfigReader;
import io.kurier.core.internal.config.Problems;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.KafkaFailure;
import io.kurier.core.transport.SendRejection;
import io.kurier.spi.EncodedRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** A producer that keeps a record, here for its linger of a minute, as it does for want of a producer id. */
@Timeout(60)
class StallDetectorTest {
    private static final LocalBroker BROKER = LocalBroker.start();
    private static final PublisherConfig CONFIG = ConfigReader.read(
            List.of(
                    new Setting("bootstrap.servers", BROKER.bootstrapServers(), "test"),
                    new Setting("producer.linger.ms", "60000", "test")),
            List.of(),
            new Problems());
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final int LOOKS = 10;

    private String topic = "";
    private @Nullable KafkaTransport opened;

    /** What became of a record: its offset, or what Kafka said. */
    private static final class Answer extends CompletableFuture<Object> implements Acknowledgment {
        @Override
        public void stored(int partition, long offset, long timestamp, int valueBytes) {
            complete(offset);
        }

        @Override
        public void failed(KafkaFailure failure) {
            complete(failure.outcome());
        }
    }

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    @BeforeEach
    void create(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
        try (ClusterAdmin admin = ClusterAdmin.connect(BROKER.clientProperties())) {
            admin.createTopic(topic, 1);
        }
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close(Duration.ZERO);
        }
    }

    @Test
    void isSeenAfterTheLimitAndNotBefore() {
        ProducerSupervisor clients = new ProducerSupervisor(CONFIG, Map.of(), Map.of(), NEVER);
        send(over(clients));
        StallDetector stallDetector = new StallDetector(clients.current(), LIMIT);

        looks(stallDetector, LOOKS);

        assertThat(stallDetector.look()).isTrue();
    }

    @Test
    void endsWithAnAnswerAndNeverComesWhileTheBufferIsEmpty() {
        ProducerSupervisor clients = new ProducerSupervisor(CONFIG, Map.of(), Map.of(), NEVER);
        KafkaTransport transport = over(clients);
        Answer answer = send(transport);
        StallDetector stallDetector = new StallDetector(clients.current(), LIMIT);
        looks(stallDetector, LOOKS);
        transport.flush();
        assertThat(answer.join()).isEqualTo(0L);

        send(transport);
        looks(stallDetector, 1 + LOOKS); // the first of them hears the answer

        transport.flush();
        await().until(stallDetector::isEmpty); // shortly after the answer
        looks(stallDetector, 3 * LOOKS);
    }

    @Test
    void failsWhatTheProducerKeepsAndGoesOnWithAnother() {
        ProducerSupervisor clients = new ProducerSupervisor(CONFIG, Map.of(), Map.of(), LIMIT);
        KafkaTransport transport = over(clients);
        ManagedProducer first = clients.current();
        Answer kept = send(transport);

        assertThat(kept.join()).isEqualTo(Outcome.UNKNOWN);

        await().until(() -> clients.current() != first);
        Answer next = send(transport);
        transport.flush();
        assertThat(next.join()).as("the first record of the topic").isEqualTo(0L);
    }

    @Test
    void closesWithTheTransportWhoseProducerStandsStill() {
        KafkaTransport transport = over(new ProducerSupervisor(CONFIG, Map.of(), Map.of(), LIMIT));
        Answer open = send(transport);

        transport.close(Duration.ZERO);

        assertThat(open.join()).isEqualTo(Outcome.UNKNOWN);
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .noneMatch("kurier-watch"::equals));
    }

    private KafkaTransport over(ProducerSupervisor clients) {
        KafkaTransport transport = new KafkaTransport(clients);
        opened = transport;
        return transport;
    }

    private static void looks(StallDetector stallDetector, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(stallDetector.look()).as("look %d of %d", i, times).isFalse();
        }
    }

    /** Hands a record over; until there are metadata, or another producer, there is no room. */
    private Answer send(KafkaTransport transport) {
        Answer answer = new Answer();
        await().until(() -> {
            EncodedRecord record = new EncodedRecord(topic, null, "value".getBytes(UTF_8), new RecordHeaders());
            @Nullable SendRejection rejection = transport.attempt(record, -1, null, answer);
            assertThat(rejection == null || rejection.isForRoom()).isTrue();
            return rejection == null;
        });
        return answer;
    }
}
