// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.CloseReport;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.core.OrderCheck.Id;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What callers see of a rotation. */
@Timeout(120)
class RotationUnderLoadTest {
    private static final int THREADS = 3;
    private static final int PARTITIONS = 4;
    private static final int ROTATIONS = 8;
    private static final LocalBroker BROKER = LocalBroker.start();
    private static final Topic<String, String> TOPIC = Topic.of("rotated", String.class, String.class);

    private static volatile CountDownLatch inside = new CountDownLatch(1);
    private static volatile CountDownLatch letGo = new CountDownLatch(0);
    private static volatile boolean dies;

    private volatile boolean over;

    /** Delays acknowledgments while a test wants it, or ends the I/O thread. */
    public static final class Delaying implements ProducerInterceptor<byte[], byte[]> {
        @Override
        public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
            return record;
        }

        @Override
        public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
            inside.countDown();
            try {
                letGo.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (dies) {
                dies = false;
                throw new StackOverflowError("of the interceptor");
            }
        }

        @Override
        public void close() {}

        @Override
        public void configure(Map<String, ?> configs) {}
    }

    /** Lets the next acknowledgment end the I/O thread of its producer. */
    static void dieAtTheNextAcknowledgment() {
        letGo = new CountDownLatch(0);
        dies = true;
    }

    private record Given(Id message, CompletableFuture<Receipt> future) {}

    @BeforeEach
    void begin() {
        inside = new CountDownLatch(1);
        letGo = new CountDownLatch(0);
        dies = false;
    }

    @AfterEach
    void end() {
        letGo.countDown();
    }

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    @Test
    void losesNothingAndKeepsTheOrderOfEachKey() throws InterruptedException {
        List<Given> given = new ArrayList<>();
        CloseReport report;
        try (Publisher publisher = start("under-load", Map.of("producer.linger.ms", "2"))) {
            List<Flood> floods = IntStream.range(0, THREADS)
                    .mapToObj(thread -> new Flood(publisher, thread))
                    .toList();
            floods.forEach(Thread::start);
            for (int i = 0; i < ROTATIONS; i++) {
                publisher.rotate().join();
            }
            over = true;
            for (Flood flood : floods) {
                flood.join();
                given.addAll(flood.given);
            }
            report = publisher.close(Duration.ofSeconds(30));
        }
        OrderCheck check = new OrderCheck();
        given.forEach(one -> check.wasStored(one.message(), one.future().join()));
        for (ConsumerRecord<String, String> record :
                StoredRecords.of(BROKER.bootstrapServers(), "under-load", PARTITIONS)) {
            check.read(new Id(record.key(), Long.parseLong(record.value())), record.partition(), record.offset());
        }
        System.out.println("RotationUnderLoadTest: " + report);
        assertThat(check.faults()).isEmpty();
        assertThat(report.stored()).isEqualTo(given.size()).isEqualTo(check.records());
    }

    @Test
    void rejectsTryPublishAndLetsPublishWaitWhileTheOldProducerIsDrained() throws InterruptedException {
        try (Publisher publisher = start("drained", delaying())) {
            letGo = new CountDownLatch(1);
            CompletableFuture<Receipt> before = publisher.publish(TOPIC, "k", "before");
            inside.await();
            CompletableFuture<Void> rotation = publisher.rotate();
            PublishException refused = null;
            while (refused == null) {
                CompletableFuture<Receipt> tried = publisher.tryPublish(TOPIC, "k", "tried");
                refused = tried.isCompletedExceptionally() ? failure(tried) : null;
                Thread.onSpinWait();
            }
            CompletableFuture<Receipt> waiting = CompletableFuture.supplyAsync(
                            () -> publisher.publish(TOPIC, "k", "waiting"))
                    .thenCompose(future -> future);

            assertThat(refused.outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(refused.retriable()).isTrue();
            assertThat(refused)
                    .hasMessageContaining("Kafka's producer is being replaced by one with other credentials");
            assertThat(rotation).isNotDone();
            letGo.countDown();
            rotation.join();
            assertThat(waiting.join().offset()).isGreaterThan(before.join().offset());
        }
    }

    @Test
    void goesOnWithTheNewProducerWhereTheOldOneDiesWhileItIsDrained() throws InterruptedException {
        try (Publisher publisher = start("dying", delaying())) {
            letGo = new CountDownLatch(1);
            CompletableFuture<Receipt> held = publisher.publish(TOPIC, "k", "held");
            inside.await();
            CompletableFuture<Void> rotation = publisher.rotate();
            dies = true;
            letGo.countDown();

            rotation.join();

            assertThat(failure(held).outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(publisher.publish(TOPIC, "k", "next").join().hasOffset()).isTrue();
        }
    }

    @Test
    void closesWhileTheOldProducerIsDrained() throws InterruptedException {
        Publisher publisher = start("closed", delaying());
        letGo = new CountDownLatch(1);
        CompletableFuture<Receipt> held = publisher.publish(TOPIC, "k", "held");
        inside.await();
        CompletableFuture<Void> rotation = publisher.rotate();
        while (!publisher.tryPublish(TOPIC, "k", "tried").isCompletedExceptionally()) {
            Thread.onSpinWait();
        }

        CloseReport report = publisher.close(Duration.ZERO);

        assertThat(report.open()).isZero();
        assertThat(failure(held).outcome()).isEqualTo(Outcome.UNKNOWN);
        letGo.countDown();
        assertThat(catchThrowableOfType(CompletionException.class, rotation::join))
                .hasMessageContaining("the publisher is closed");
    }

    private static Map<String, String> delaying() {
        return Map.of("producer.interceptor.classes", Delaying.class.getName());
    }

    private static Publisher start(String topic, Map<String, String> more) {
        return Kurier.builder()
                .set(BROKER.clientProperties())
                .set(Map.of(
                        "topics.management",
                        "create",
                        "topics.rotated.name",
                        topic,
                        "topics.rotated.partitions",
                        Integer.toString(PARTITIONS),
                        "topics.rotated.value.serializer",
                        "text"))
                .set(more)
                .topics(TOPIC)
                .start();
    }

    private static PublishException failure(CompletableFuture<?> future) {
        return (PublishException) requireNonNull(
                catchThrowableOfType(CompletionException.class, future::join).getCause());
    }

    /** A thread that publishes to keys of its own. */
    private final class Flood extends Thread {
        private final Publisher publisher;
        private final List<Given> given = new ArrayList<>();

        Flood(Publisher publisher, int number) {
            super("flood-" + number);
            this.publisher = publisher;
        }

        @Override
        public void run() {
            for (long number = 0; !over; number++) {
                Id id = new Id(getName() + "-" + number % 5, number);
                CompletableFuture<Receipt> future = publisher.publish(TOPIC, id.key(), Long.toString(number));
                given.add(new Given(id, future));
                if (number % 1_000 == 0) {
                    future.join();
                }
            }
        }
    }
}
