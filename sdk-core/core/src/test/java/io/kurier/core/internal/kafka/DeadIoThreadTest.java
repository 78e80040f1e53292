// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.CloseReport;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kafka's I/O thread dies of an Error that an interceptor throws, or never comes back from one. */
@Timeout(120)
class DeadIoThreadTest {
    private static final LocalBroker BROKER = LocalBroker.start();
    private static final Topic<String, String> TOPIC = Topic.of("dead", String.class, String.class);

    private static volatile Mood mood = Mood.SOUND;
    private static volatile CountDownLatch inside = new CountDownLatch(1);
    private static volatile CountDownLatch letGo = new CountDownLatch(1);

    private enum Mood {
        SOUND,
        THROWS_ONCE,
        THROWS,
        HANGS
    }

    /** What the configuration names. */
    public static final class Moody implements ProducerInterceptor<byte[], byte[]> {
        @Override
        public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
            return record;
        }

        @Override
        public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
            switch (mood) {
                case SOUND -> {}
                case THROWS_ONCE -> {
                    mood = Mood.SOUND;
                    throw new StackOverflowError("of the interceptor");
                }
                case THROWS -> throw new StackOverflowError("of the interceptor");
                case HANGS -> {
                    inside.countDown();
                    try {
                        letGo.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            }
        }

        @Override
        public void close() {}

        @Override
        public void configure(Map<String, ?> configs) {}
    }

    @BeforeEach
    void begin() {
        mood = Mood.SOUND;
        inside = new CountDownLatch(1);
        letGo = new CountDownLatch(1);
    }

    @AfterEach
    void end() {
        mood = Mood.SOUND;
        letGo.countDown();
    }

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    @Test
    void whatItHeldIsUnknownAndAnotherProducerTakesItsPlace() {
        try (Publisher publisher = start(Map.of())) {
            publisher.publish(TOPIC, "k", "before").join();
            mood = Mood.THROWS_ONCE;

            List<CompletableFuture<Receipt>> held = publish(publisher, 100);

            List<PublishException> failures = failures(held);
            assertThat(failures).isNotEmpty().allMatch(failure -> failure.outcome() == Outcome.UNKNOWN);
            assertThat(failures).anySatisfy(failure -> assertThat(failure).hasMessageContaining("of the interceptor"));
            assertThat(publisher.publish(TOPIC, "k", "after").join().hasOffset())
                    .isTrue();
        }
    }

    @Test
    void aFlushEnds() {
        try (Publisher publisher = start(Map.of("producer.linger.ms", "60000"))) {
            publisher.publish(TOPIC, "k", "before");
            mood = Mood.THROWS_ONCE;
            CompletableFuture<Receipt> held = publisher.publish(TOPIC, "k", "held");

            publisher.flush().join();

            assertThat(held).isDone();
        }
    }

    @Test
    void aCloseLeavesNothingOpenWhoeverDies() {
        Publisher publisher = start(Map.of("producer.linger.ms", "60000"));
        mood = Mood.THROWS;
        List<CompletableFuture<Receipt>> held = publish(publisher, 1000);

        CloseReport report = publisher.close(Duration.ofSeconds(5));

        assertThat(held).allMatch(CompletableFuture::isDone);
        assertThat(report.open()).isZero();
        assertThat(report.unknown() + report.stored()).isEqualTo(report.accepted());
    }

    @Test
    void aCloseLeavesNothingOpenThoughTheThreadNeverComesBack() throws InterruptedException {
        Publisher publisher = start(Map.of());
        publisher.publish(TOPIC, "k", "before").join();
        mood = Mood.HANGS;
        List<CompletableFuture<Receipt>> held = publish(publisher, 100);
        CompletableFuture<Void> flush = publisher.flush();
        assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();

        CloseReport report = publisher.close(Duration.ofMillis(100));

        assertThat(held).allMatch(CompletableFuture::isDone);
        assertThat(report.open()).isZero();
        await().until(flush::isDone);
    }

    @Test
    void aTransactionEndsAndTheNextOneHasAnotherProducer() {
        Map<String, String> transactional =
                Map.of("application.id", "dead", "transactions.timeout.ms", "2000", "transactions.producers", "1");
        try (Publisher publisher = start(transactional)) {
            mood = Mood.THROWS_ONCE;
            CompletableFuture<?> lost = publisher.transaction(transaction -> {
                transaction.publish(TOPIC, "k", "lost");
                return "lost";
            });

            assertThat(lost).failsWithin(Duration.ofSeconds(60));
            assertThat(publisher.transaction(transaction -> {
                        transaction.publish(TOPIC, "k", "after");
                        return "committed";
                    }))
                    .succeedsWithin(Duration.ofSeconds(60))
                    .isEqualTo("committed");
        }
    }

    @Test
    void isFoundByItsName() {
        ManagedProducer client = new ManagedProducer(
                () -> new KafkaProducer<>(
                        Map.of("bootstrap.servers", BROKER.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer()),
                Map.of(),
                Map.of());

        assertThat(client.ioThread().isKnown()).isTrue();
        assertThat(client.hasEnded()).isFalse();
        client.close(Duration.ofSeconds(5));
        assertThat(client.hasEnded()).isTrue();
    }

    private static Publisher start(Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(Map.of(
                "bootstrap.servers",
                BROKER.bootstrapServers(),
                "topics.management",
                "create",
                "topics.dead.value.serializer",
                "text",
                "producer.interceptor.classes",
                Moody.class.getName()));
        keys.putAll(more);
        return Kurier.start(keys, TOPIC);
    }

    private static List<CompletableFuture<Receipt>> publish(Publisher publisher, int messages) {
        List<CompletableFuture<Receipt>> futures = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            futures.add(publisher.publish(TOPIC, "k", "v" + i));
        }
        return futures;
    }

    private static List<PublishException> failures(List<CompletableFuture<Receipt>> futures) {
        List<PublishException> failures = new ArrayList<>();
        for (CompletableFuture<Receipt> future : futures) {
            try {
                Receipt unused = future.join();
            } catch (CompletionException e) {
                failures.add((PublishException) Objects.requireNonNull(e.getCause()));
            }
        }
        return failures;
    }
}
