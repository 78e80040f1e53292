// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static io.kurier.core.internal.publisher.ScriptedPublishers.ONE;
import static io.kurier.core.internal.publisher.ScriptedPublishers.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Inject;
import io.kurier.CloseReport;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import io.kurier.core.guice.KurierBinder;
import io.kurier.core.guice.KurierModule;
import io.kurier.core.internal.kafka.ErrorClassifier;
import io.kurier.core.transport.KafkaFailure;
import io.kurier.spi.FailedMessage;
import io.kurier.spi.PublishListener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a {@link PublishListener} hears, when, and in which thread. */
@Timeout(60)
class ListenerTest {
    private static final Topic<String, String> NOWHERE = Topic.of("nowhere", String.class, String.class);

    /** One call. */
    private record Heard(String what, long nanos, String thread) {}

    private static final class Ear implements PublishListener {
        private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();

        @Override
        public void stored(String topic, Receipt receipt, long nanos) {
            hear(topic + " stored at " + receipt.offset(), nanos);
        }

        @Override
        public void failed(FailedMessage failed) {
            PublishException failure = failed.failure();
            hear(failed.topic() + " " + failure.outcome() + " in " + failure.stage(), failed.nanos());
        }

        private void hear(String what, long nanos) {
            heard.add(new Heard(what, nanos, Thread.currentThread().getName()));
        }

        List<String> words() {
            return heard.stream().map(Heard::what).toList();
        }
    }

    private final AtomicLong offsets = new AtomicLong();
    private final ScriptedTransport transport =
            new ScriptedTransport().answer(ack -> ack.stored(0, offsets.getAndIncrement(), 1_000, 1));
    private final Ear ear = new Ear();

    @Test
    void hearsOfEveryMessageOnceOnAThreadOfKurier() {
        try (RoutedPublisher publisher = ScriptedPublishers.over(transport, ear)) {
            publisher.publish(ONE, "k", "v").join();
            settle(publisher.publish(ONE, "k", "poison"));
            transport.refuse(1, new InvalidTopicException("bad name"));
            settle(publisher.publish(OTHER, "k", "v"));
            settle(publisher.publish(NOWHERE, "k", "v"));
            transport.answer(ack -> ack.failed(ErrorClassifier.classify(new TimeoutException("expired"))));
            settle(publisher.publish(ONE, "k", "v"));
            transport.answer(ack ->
                    ack.failed(new KafkaFailure(Outcome.NOT_STORED, true, new IllegalStateException("neighbour"))));
            settle(publisher.publish(OTHER, "k", "v"));
            publisher.flush().join();

            assertThat(ear.words())
                    .containsExactlyInAnyOrder(
                            "one stored at 0",
                            "one REJECTED in ENCODE",
                            "other REJECTED in SEND",
                            "nowhere REJECTED in ROUTE",
                            "one UNKNOWN in SEND",
                            "other NOT_STORED in SEND");
            assertThat(publisher.close(Duration.ofSeconds(5))).isEqualTo(new CloseReport(6, 1, 3, 1, 1));
        }
        assertThat(ear.heard).hasSize(6).allSatisfy(call -> {
            assertThat(call.thread()).startsWith("kurier-completions-");
            assertThat(call.nanos()).isPositive();
        });
    }

    @Test
    void hearsInOrderAndBeforeTheDependents() {
        int count = 5_000;
        CountDownLatch registered = new CountDownLatch(1);
        transport.answer(ack -> {
            awaitLatch(registered);
            ack.stored(0, offsets.getAndIncrement(), 1_000, 1);
        });
        Queue<String> order = new ConcurrentLinkedQueue<>();
        PublishListener listener = new PublishListener() {
            @Override
            public void stored(String topic, Receipt receipt, long nanos) {
                order.add("listener " + receipt.offset());
            }
        };
        try (RoutedPublisher publisher = ScriptedPublishers.over(transport, listener)) {
            List<CompletableFuture<Void>> all = IntStream.range(0, count)
                    .mapToObj(i -> publisher
                            .publish(ONE, null, "v")
                            .thenAccept(receipt -> order.add("dependent " + receipt.offset())))
                    .toList();
            registered.countDown();
            assertThat(all).allSatisfy(CompletableFuture::join);
        }

        assertThat(order)
                .containsExactlyElementsOf(IntStream.range(0, count)
                        .boxed()
                        .flatMap(i -> List.of("listener " + i, "dependent " + i).stream())
                        .toList());
    }

    @Test
    void hearsOfWhatIsRefusedAfterTheCloseAndNotInTheCallersThread() {
        RoutedPublisher publisher = ScriptedPublishers.over(transport, ear);
        publisher.close(Duration.ofSeconds(5));

        settle(publisher.publish(ONE, null, "late"));

        await().until(() -> ear.heard.size() == 1);
        assertThat(ear.heard).singleElement().satisfies(call -> {
            assertThat(call.what()).isEqualTo("one REJECTED in SEND");
            assertThat(call.thread()).startsWith("kurier-completions-");
        });
    }

    @Test
    void leavesOutcomesAndOtherListenersAloneWhenOneThrows() {
        PublishListener throwing = new PublishListener() {
            @Override
            public void stored(String topic, Receipt receipt, long nanos) {
                if (receipt.offset() == 0) {
                    throw new IllegalStateException("the gauge is broken");
                }
                throw new NoClassDefFoundError("org/example/Gauge");
            }

            @Override
            public void failed(FailedMessage failed) {
                throw new IllegalArgumentException("the pager is broken");
            }
        };
        PrintStream err = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try (RoutedPublisher publisher = ScriptedPublishers.over(transport, throwing, ear)) {
            assertThat(publisher.publish(ONE, null, "v").join().offset()).isZero();
            assertThat(publisher.publish(ONE, null, "v").join().offset()).isEqualTo(1);
            assertThatThrownBy(() -> publisher.publish(ONE, null, "poison").join())
                    .hasCauseInstanceOf(PublishException.class);
            publisher.flush().join();

            assertThat(ear.words()).containsExactly("one stored at 0", "one stored at 1", "one REJECTED in ENCODE");
            assertThat(publisher.close(Duration.ofSeconds(5))).isEqualTo(new CloseReport(3, 2, 1, 0, 0));
        } finally {
            System.setErr(err);
        }
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("A listener failed at a message of topic one that is stored")
                .contains("the gauge is broken")
                .contains("NoClassDefFoundError: org/example/Gauge")
                .contains("A listener failed at a message of topic one that is REJECTED")
                .contains("the pager is broken");
    }

    @Test
    void hearsThroughTheBuilder() {
        Ear second = new Ear();
        try (Publisher publisher = Kurier.builder()
                .set(keys())
                .topics(ONE)
                .listener(ear)
                .listener(second)
                .transport(config -> transport)
                .start()) {
            publisher.publish(ONE, null, "v").join();
        }

        assertThat(ear.words()).containsExactly("one stored at 0");
        assertThat(second.words()).containsExactly("one stored at 0");
    }

    /** Made by Guice. */
    static final class Telling implements PublishListener {
        private final Queue<String> to;

        @Inject
        Telling(Queue<String> to) {
            this.to = to;
        }

        @Override
        public void stored(String topic, Receipt receipt, long nanos) {
            to.add(topic + " at " + receipt.offset());
        }
    }

    @Test
    void hearsThroughGuiceWithAnInjectedDependency() {
        Queue<String> told = new ConcurrentLinkedQueue<>();
        try (Publisher publisher = Guice.createInjector(new KurierModule(), new AbstractModule() {
                    @Override
                    protected void configure() {
                        bind(new com.google.inject.TypeLiteral<Queue<String>>() {})
                                .toInstance(told);
                        KurierBinder.of(binder())
                                .set(keys())
                                .listener(Telling.class)
                                .listener(ear)
                                .transport(config -> transport)
                                .topic(ONE);
                    }
                })
                .getInstance(Publisher.class)) {
            publisher.publish(ONE, null, "v").join();
        }

        assertThat(told).containsExactly("one at 0");
        assertThat(ear.words()).containsExactly("one stored at 0");
    }

    private static Map<String, String> keys() {
        return Map.of("bootstrap.servers", "127.0.0.1:1", "topics.one.value.serializer", "text");
    }

    private static void settle(CompletableFuture<Receipt> future) {
        assertThat(future.handle((receipt, failure) -> failure).join()).isInstanceOf(PublishException.class);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
