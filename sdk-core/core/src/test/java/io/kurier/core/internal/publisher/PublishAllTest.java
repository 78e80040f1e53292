// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static io.kurier.core.internal.publisher.ScriptedPublishers.ONE;
import static io.kurier.core.internal.publisher.ScriptedPublishers.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.BulkReport;
import io.kurier.CloseReport;
import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.KafkaFailure;
import io.kurier.spi.FailedMessage;
import io.kurier.spi.PublishListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code publishAll}: one future for many messages, and a report that adds up. */
@Timeout(60)
class PublishAllTest {
    private static final KafkaFailure LOST =
            new KafkaFailure(Outcome.UNKNOWN, false, new TimeoutException("no response"));

    private final ScriptedTransport transport = new ScriptedTransport();
    private final RoutedPublisher publisher = ScriptedPublishers.over(transport);

    private static List<Message<String, String>> messages(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> Message.of(ONE, "k", "value " + number))
                .toList();
    }

    private static BulkReport await(CompletableFuture<BulkReport> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private static void addsUp(BulkReport report) {
        assertThat(report.stored() + report.rejected() + report.notStored() + report.unknown())
                .isEqualTo(report.taken());
    }

    @Test
    void storesAllInTheirOrder() throws Exception {
        BulkReport report = await(publisher.publishAll(ONE, messages(1_000)));

        assertThat(report).isEqualTo(new BulkReport(1_000, 1_000, 0, 0, 0, 8_890, List.of(), null));
        assertThat(report.isComplete()).isTrue();
        assertThat(report.orThrow()).isSameAs(report);
        assertThat(transport.taken().stream()
                        .map(taken -> new String(taken.record().value())))
                .containsExactlyElementsOf(
                        messages(1_000).stream().map(Message::value).toList());
        assertThat(publisher.close(Duration.ofSeconds(5))).isEqualTo(new CloseReport(1_000, 1_000, 0, 0, 0));
    }

    @Test
    void reportsNothingForNoMessages() throws Exception {
        assertThat(await(publisher.publishAll(ONE, Collections.emptyIterator())))
                .isEqualTo(new BulkReport(0, 0, 0, 0, 0, 0, List.of(), null));
    }

    @Test
    void countsWhatIsRefusedAndTakesTheNext() throws Exception {
        List<Message<String, String>> some = new ArrayList<>(messages(3));
        some.add(1, Message.of(OTHER, "k", "of another topic"));
        some.add(3, null);

        BulkReport report = await(publisher.publishAll(ONE, some));

        assertThat(report.taken()).isEqualTo(5);
        assertThat(report.stored()).isEqualTo(3);
        assertThat(report.rejected()).isEqualTo(2);
        assertThat(report.stoppedBy()).isNull();
        assertThat(report.failures()).extracting(BulkReport.Failure::index).containsExactly(1L, 3L);
        assertThat(report.failures())
                .extracting(failure -> failure.cause().getMessage())
                .satisfiesExactly(
                        other -> assertThat(other)
                                .contains("the message is for topic other", "publishAll was called for one"),
                        nothing -> assertThat(nothing).contains("the message, or its topic, is null"));
        assertThatThrownBy(report::orThrow).isSameAs(report.failures().get(0).cause());
        addsUp(report);
    }

    @Test
    void countsEachOutcomeOfKafka() throws Exception {
        AtomicInteger number = new AtomicInteger();
        transport.answer(ack -> {
            switch (number.getAndIncrement() % 3) {
                case 0 -> ack.stored(0, 1, 1, 7);
                case 1 -> ack.failed(LOST);
                default -> ack.failed(new KafkaFailure(Outcome.NOT_STORED, true, new TimeoutException("refused")));
            }
        });

        BulkReport report = await(publisher.publishAll(ONE, messages(600)));

        assertThat(report.stored()).isEqualTo(200);
        assertThat(report.storedBytes()).isEqualTo(1_400);
        assertThat(report.unknown()).isEqualTo(200);
        assertThat(report.notStored()).isEqualTo(200);
        assertThat(report.failures()).hasSize(BulkReport.MOST_FAILURES);
        assertThat(report.failures()).isSortedAccordingTo((a, b) -> Long.compare(a.index(), b.index()));
        assertThat(report.isComplete()).isFalse();
        addsUp(report);
        assertThat(publisher.close(Duration.ofSeconds(5))).isEqualTo(new CloseReport(600, 200, 0, 200, 200));
    }

    @Test
    void countsOneOutcomeForAMessageThatIsAnsweredTwice() throws Exception {
        transport.answer(ack -> {
            ack.stored(0, 1, 1, 7);
            ack.failed(LOST);
            ack.stored(0, 1, 1, 7);
        });

        BulkReport report = await(publisher.publishAll(ONE, messages(10)));

        assertThat(report).isEqualTo(new BulkReport(10, 10, 0, 0, 0, 70, List.of(), null));
    }

    @Test
    void stopsWhenThereIsNoRoomWithinTheTime() throws Exception {
        transport.room(3);
        RoutedPublisher impatient = ScriptedPublishers.over(
                transport, Map.of("topics", "one", "topics.one.value.serializer", "text"), Duration.ofMillis(20));
        Iterator<Message<String, String>> iterator = messages(1_000).iterator();

        BulkReport report = await(impatient.publishAll(ONE, iterator));

        assertThat(report.taken()).isEqualTo(4);
        assertThat(report.stored()).isEqualTo(3);
        assertThat(report.rejected()).isEqualTo(1);
        assertThat(report.stoppedBy()).isSameAs(report.failures().get(0).cause());
        assertThat(report.stoppedBy()).hasMessageContaining("no room within publish.max.wait.ms=20");
        assertThat(iterator.next().value()).isEqualTo("value 4");
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() throws Exception {
        transport.room(3);
        Thread.currentThread().interrupt();

        CompletableFuture<BulkReport> future = publisher.publishAll(ONE, messages(1_000));

        assertThat(Thread.interrupted()).isTrue();
        BulkReport report = await(future);
        assertThat(report.taken()).isEqualTo(4);
        assertThat(report.stoppedBy()).hasMessageContaining("interrupted");
    }

    @Test
    void stopsWhenThePublisherIsClosed() throws Exception {
        publisher.close(Duration.ofSeconds(5));

        BulkReport report = await(publisher.publishAll(ONE, messages(1_000)));

        assertThat(report.taken()).isEqualTo(1);
        assertThat(report.rejected()).isEqualTo(1);
        assertThat(report.stoppedBy()).hasMessageContaining("closed");
    }

    @Test
    void stopsWhenTheIteratorFails() throws Exception {
        Iterator<Message<String, String>> two = messages(2).iterator();
        Iterator<Message<String, String>> failing = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Message<String, String> next() {
                if (!two.hasNext()) {
                    throw new NoSuchElementException("line 3 is no number");
                }
                return two.next();
            }
        };

        BulkReport report = await(publisher.publishAll(ONE, failing));

        assertThat(report.taken()).isEqualTo(2);
        assertThat(report.stored()).isEqualTo(2);
        assertThat(report.failures()).isEmpty();
        PublishException stoppedBy = report.stoppedBy();
        assertThat(stoppedBy)
                .hasMessageContaining("the iterator of the messages failed")
                .hasMessageContaining("line 3 is no number");
        assertThat(stoppedBy).extracting(PublishException::stage).isEqualTo(Stage.ROUTE);
        assertThatThrownBy(report::orThrow).isSameAs(stoppedBy);
    }

    @Test
    void runsDependentsOnACompletionThread() throws Exception {
        CountDownLatch registered = new CountDownLatch(1);
        AtomicReference<String> thread = new AtomicReference<>("");
        transport.answer(ack -> {
            awaitOpen(registered);
            ack.stored(0, 1, 1, 1);
        });

        CompletableFuture<BulkReport> dependent = publisher
                .publishAll(ONE, messages(2))
                .whenComplete(
                        (report, failure) -> thread.set(Thread.currentThread().getName()));
        registered.countDown();
        await(dependent);

        assertThat(thread.get()).startsWith("kurier-completions-");
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void notifiesListenersOfEachMessage() throws Exception {
        ConcurrentLinkedQueue<Object> notified = new ConcurrentLinkedQueue<>();
        PublishListener listener = new PublishListener() {
            @Override
            public void stored(String alias, Receipt receipt, long nanos) {
                notified.add(receipt.valueBytes());
            }

            @Override
            public void failed(FailedMessage failed) {
                notified.add(failed.failure().outcome());
            }
        };
        RoutedPublisher listened = ScriptedPublishers.over(transport, listener);
        List<Message<String, String>> some = new ArrayList<>(messages(3));
        some.add(Message.of(OTHER, "k", "of another topic"));

        BulkReport report = await(listened.publishAll(ONE, some));

        assertThat(report.stored()).isEqualTo(3);
        assertThat(report.rejected()).isEqualTo(1);
        listened.close(Duration.ofSeconds(5));
        assertThat(notified).containsExactlyInAnyOrder(7L, 7L, 7L, Outcome.REJECTED);
    }

    /** The last outcome and the end of the iterator at the same moment: the future completes once, with all counted. */
    @Test
    void completesHoweverCloseTheLastOutcomeComes() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ExecutorService io = Executors.newFixedThreadPool(2);
        ConcurrentLinkedQueue<Acknowledgment> open = new ConcurrentLinkedQueue<>();
        transport.answer(open::add);
        try {
            for (int round = 0; round < 2_000; round++) {
                int count = random.nextInt(6);
                boolean[] failed = new boolean[count];
                for (int i = 0; i < count; i++) {
                    failed[i] = random.nextInt(4) == 0;
                }
                AtomicInteger answered = new AtomicInteger();
                Future<?> one = io.submit(() -> answer(open, answered, failed));
                Future<?> other = io.submit(() -> answer(open, answered, failed));

                BulkReport report = await(publisher.publishAll(ONE, messages(count)));

                long lost = IntStream.range(0, count).filter(i -> failed[i]).count();
                assertThat(report.taken()).as("round %d, seed %d", round, seed).isEqualTo(count);
                assertThat(report.unknown())
                        .as("round %d, seed %d", round, seed)
                        .isEqualTo(lost);
                assertThat(report.stored()).as("round %d, seed %d", round, seed).isEqualTo(count - lost);
                one.get();
                other.get();
            }
        } finally {
            io.shutdownNow();
        }
    }

    private static void answer(ConcurrentLinkedQueue<Acknowledgment> open, AtomicInteger answered, boolean[] failed) {
        while (answered.get() < failed.length) {
            @Nullable Acknowledgment ack = open.poll();
            if (ack == null) {
                Thread.onSpinWait();
            } else if (failed[answered.getAndIncrement()]) {
                ack.failed(LOST);
            } else {
                ack.stored(0, 1, 1, 1);
            }
        }
    }

    @Test
    void takesAnyIterator() throws Exception {
        Iterator<Message<String, String>> lazily = Stream.iterate(0, number -> number + 1)
                .limit(50)
                .map(number -> Message.of(ONE, null, "v" + number))
                .iterator();

        assertThat(await(publisher.publishAll(ONE, lazily)).stored()).isEqualTo(50);
    }
}
