// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static io.kurier.core.TransactedTopics.ORDERS;
import static io.kurier.core.TransactedTopics.failureOf;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.CloseReport;
import io.kurier.Outcome;
import io.kurier.Publisher;
import io.kurier.TransactionException;
import io.kurier.TransactionalSession;
import io.kurier.broker.LocalBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** A close on a real broker keeps its time: inside the work of a transaction, and whatever a work or a reporter does. */
@Timeout(120)
class CloseInsideTest {
    private static final LocalBroker BROKER = LocalBroker.start();
    private static final Duration TIME = Duration.ofSeconds(1);

    /** The promise is ten seconds more than the time. */
    private static final Duration LONGEST = TIME.plusSeconds(25);

    private static volatile CountDownLatch over = new CountDownLatch(1);

    private final TransactedTopics topics;

    CloseInsideTest(TestInfo test) {
        topics = new TransactedTopics(BROKER, test.getTestMethod().orElseThrow().getName());
    }

    @BeforeEach
    void begin() {
        over = new CountDownLatch(1);
    }

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    @Test
    void aWorkThatClosesItsPublisherIsAborted() {
        Publisher publisher = topics.start(Map.of());
        AtomicReference<CloseReport> report = new AtomicReference<>();
        long begin = System.nanoTime();

        TransactionException aborted = failureOf(publisher.transaction(transaction -> {
            transaction.publish(ORDERS, "k", "never");
            report.set(publisher.close(Duration.ofHours(1)));
            return null;
        }));

        assertThat(since(begin)).isLessThan(LONGEST);
        assertThat(aborted.outcome()).isEqualTo(Outcome.NOT_STORED);
        assertThat(aborted).hasMessageContaining("closed before its callback had ended");
        assertThat(requireNonNull(report.get())).isEqualTo(new CloseReport(1, 0, 0, 0, 1));
        assertThat(topics.committed(ORDERS)).isEmpty();
    }

    @Test
    void aWorkThatClosesItsPublisherWhileAnotherThreadDoesHoldsNeither() {
        Publisher publisher = topics.start(Map.of());
        CountDownLatch inside = new CountDownLatch(1);
        CompletableFuture<Void> work = publisher.transaction(transaction -> {
            inside.countDown();
            await().until(() -> publisher.flush().isDone() && isClosed(publisher));
            publisher.close(Duration.ofHours(1));
            return null;
        });
        long begin = System.nanoTime();
        await().until(() -> inside.getCount() == 0);

        publisher.close(Duration.ofHours(1));

        assertThat(since(begin)).isLessThan(LONGEST);
        assertThat(failureOf(work).outcome()).isEqualTo(Outcome.NOT_STORED);
    }

    private static boolean isClosed(Publisher publisher) {
        return publisher
                .tryPublish(ORDERS, "k", "late")
                .handle((receipt, failure) ->
                        failure != null && String.valueOf(failure.getMessage()).contains("the publisher is closed"))
                .join();
    }

    @Test
    void aWorkThatClosesItsOwnIdIsAborted() {
        try (Publisher publisher = topics.start(Map.of("close.timeout.ms", "60000"));
                TransactionalSession own = publisher.transactionalSession("shard")) {
            long begin = System.nanoTime();

            TransactionException aborted = failureOf(own.transaction(transaction -> {
                transaction.publish(ORDERS, "k", "never");
                own.close();
                return null;
            }));

            assertThat(since(begin)).isLessThan(LONGEST);
            assertThat(aborted.outcome()).isEqualTo(Outcome.NOT_STORED);
            try (TransactionalSession anew = publisher.transactionalSession("shard")) {
                anew.transaction(transaction -> {
                            transaction.publish(ORDERS, "k", "next");
                            return null;
                        })
                        .join();
            }
        }
        assertThat(topics.committed(ORDERS)).containsExactly("next");
    }

    @Test
    void aWorkThatHangsIsLeftBehind() {
        Publisher publisher = topics.start(Map.of());
        CountDownLatch inside = new CountDownLatch(1);
        CompletableFuture<Void> work = publisher.transaction(transaction -> {
            transaction.publish(ORDERS, "k", "never");
            inside.countDown();
            hang();
            return null;
        });
        await().until(() -> inside.getCount() == 0);
        long begin = System.nanoTime();

        publisher.close(TIME);

        assertThat(since(begin)).isLessThan(LONGEST);
        over.countDown();
        assertThat(failureOf(work).outcome()).isEqualTo(Outcome.NOT_STORED);
    }

    @Test
    void aReporterThatHangsIsLeftBehindInEveryClientOfThePublisher() {
        Publisher publisher = topics.start(Map.of("producer.metric.reporters", HangingReporter.class.getName()));
        publisher.publish(ORDERS, "k", "stored").join();
        publisher
                .transaction(transaction -> {
                    transaction.publish(ORDERS, "k", "committed");
                    return null;
                })
                .join();
        long begin = System.nanoTime();

        assertThat(publisher.close(TIME)).isEqualTo(new CloseReport(2, 2, 0, 0, 0));

        assertThat(since(begin)).isLessThan(LONGEST);
        over.countDown();
    }

    /** Kafka makes it by its name. */
    public static final class HangingReporter implements MetricsReporter {
        @Override
        public void init(List<KafkaMetric> metrics) {}

        @Override
        public void metricChange(KafkaMetric metric) {}

        @Override
        public void metricRemoval(KafkaMetric metric) {}

        @Override
        public void configure(Map<String, ?> configs) {}

        @Override
        public void close() {
            hang();
        }
    }

    /** As code that does not know what an interrupt is. */
    private static void hang() {
        CountDownLatch end = over;
        while (end.getCount() > 0) {
            try {
                end.await();
            } catch (InterruptedException e) {
                continue;
            }
        }
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
