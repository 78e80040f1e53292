// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.TransactionException;
import io.kurier.core.Kurier;
import io.kurier.core.internal.publisher.RecordingTracer.Span;
import io.kurier.core.internal.publisher.RecordingTracer.Throwing;
import io.kurier.core.transport.KafkaFailure;
import io.kurier.spi.Instrumentation;
import io.kurier.spi.PublishListener;
import io.kurier.spi.PublishSpan;
import io.kurier.spi.PublishTracer;
import io.kurier.spi.TransactionSpan;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each message and each transaction has a span that ends once, and a tracer harms none. */
@Timeout(60)
class TracingTest {
    private static final Topic<String, String> ONE = Topic.of("one", String.class, String.class);
    private static final Topic<String, String> NOWHERE = Topic.of("nowhere", String.class, String.class);
    private static final String UNSERIALIZABLE = "poison"; // for the serializer of these tests

    private final ScriptedTransport transport = new SucceedingTransactions();
    private final RecordingTracer tracer = new RecordingTracer(Throwing.NOTHING);

    @Test
    void aSpanBeginsInTheThreadThatPublishesAndEndsInOneOfKuriers() {
        try (Publisher publisher = start(Map.of(), tracer)) {
            publisher
                    .publish(Message.of(ONE, "k", "v").withHeader("tenant", "t1"))
                    .join();
        }
        Span span = onlySpan();
        assertThat(span.name).isEqualTo("one.v1");
        assertThat(span.begunBy).isSameAs(Thread.currentThread());
        assertThat(span.ends).containsExactly("stored true");
        assertThat(span.endedBy)
                .singleElement()
                .extracting(Thread::getName)
                .asString()
                .startsWith("kurier-");
        assertThat(headerNames(0)).containsExactly("tenant", RecordingTracer.HEADER);
    }

    @Test
    void everyWayToPublishHasASpan() {
        try (Publisher publisher = start(Map.of(), tracer)) {
            publisher.publish(ONE, "k", "v").join();
            publisher.tryPublish(ONE, "k", "v").join();
            publisher
                    .publishAll(
                            ONE,
                            List.of(Message.of(ONE, "a", "1"), Message.of(ONE, "b", UNSERIALIZABLE))
                                    .iterator())
                    .join();
        }
        assertEnds("stored true", "stored true", "stored true", "failed REJECTED true");
    }

    @Test
    void aMessageThatIsRefusedEndsItsSpan() {
        Publisher publisher = start(Map.of(), tracer);
        fails(publisher.publish(ONE, "k", UNSERIALIZABLE));
        fails(publisher.publish(NOWHERE, "k", "v"));
        transport.refuse(1, new IllegalStateException("full"));
        fails(publisher.tryPublish(ONE, "k", "v"));
        publisher.close(Duration.ofSeconds(10));
        fails(publisher.publish(ONE, "k", "v"));
        assertEnds("failed REJECTED true", "failed REJECTED true", "failed REJECTED true");
    }

    @Test
    void aMessageThatKafkaRefusesEndsItsSpanAndItsDeadLetterHasNone() {
        AtomicInteger answers = new AtomicInteger();
        transport.answer(ack -> {
            if (answers.getAndIncrement() == 0) {
                ack.failed(new KafkaFailure(Outcome.NOT_STORED, false, new RecordTooLargeException("large")));
            } else {
                ack.stored(0, 1, 1, 1);
            }
        });
        Map<String, String> deadLetters = Map.of(
                "topics", "one,dead",
                "topics.one.dead.letter", "dead",
                "topics.dead.value.serializer", "class:org.apache.kafka.common.serialization.ByteArraySerializer");
        try (Publisher publisher = start(deadLetters, tracer)) {
            fails(publisher.publish(ONE, "k", "v"));
        }
        assertEnds("failed NOT_STORED true");
        assertThat(transport.taken()).hasSize(2);
        assertThat(headerNames(1)).contains(RecordingTracer.HEADER);
    }

    @Test
    void aTransactionIsCurrentInItsCallbackAndEndsAfterItsMessages() {
        try (Publisher publisher = start(Map.of("application.id", "app"), tracer)) {
            publisher
                    .transaction(transaction -> {
                        assertThat(tracer.spans.get(0).activeIn).containsExactly(Thread.currentThread());
                        transaction.publish(ONE, "k", "v");
                        return null;
                    })
                    .join();
        }
        Span transaction = tracer.spans.get(0);
        assertThat(transaction.name).isEqualTo("app-publisher");
        assertThat(transaction.begunBy).isSameAs(Thread.currentThread());
        assertThat(transaction.activeIn).isEmpty();
        assertEnds("committed", "stored true");
    }

    @Test
    void aTransactionThatIsAbortedEndsItsSpanAndThoseOfItsMessages() {
        try (Publisher publisher = start(Map.of("application.id", "app"), tracer)) {
            assertThatThrownBy(publisher.transaction(transaction -> {
                        transaction.publish(ONE, "k", "v");
                        transaction.publish(ONE, "k", UNSERIALIZABLE);
                        return null;
                    })::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(TransactionException.class);
        }
        assertEnds("failed NOT_STORED", "failed NOT_STORED true", "failed REJECTED true");
        assertThat(tracer.spans.get(0).activeIn).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Throwing.class)
    void aTracerThatThrowsHarmsNothing(Throwing throwing) {
        RecordingTracer hostile = new RecordingTracer(throwing);
        try (Publisher publisher = start(Map.of("application.id", "app"), hostile)) {
            assertThat(publisher.publish(ONE, "k", "v").join().hasOffset()).isTrue();
            fails(publisher.publish(ONE, "k", UNSERIALIZABLE));
            assertThat(publisher
                            .publishAll(ONE, List.of(Message.of(ONE, "a", "1")).iterator())
                            .join()
                            .stored())
                    .isEqualTo(1);
            publisher
                    .transaction(transaction -> {
                        transaction.publish(ONE, "k", "v");
                        return null;
                    })
                    .join();
        }
        assertThat(transport.taken()).hasSize(3);
    }

    @Test
    void twoTracersRefuseTheStart() {
        RecordingTracer other = new RecordingTracer(Throwing.NOTHING);
        assertThatThrownBy(() -> start(Map.of(), tracer, other))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("two instrumentations make spans")
                .hasMessageContaining(RecordingTracer.class.getName());
    }

    @Test
    void anInstrumentationThatThrowsRefusesTheStart() {
        assertThatThrownBy(() -> start(Map.of(), new Instrumentation() {
                    @Override
                    public PublishListener listener(String clientId) {
                        throw new IllegalStateException("no registry");
                    }
                }))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("no registry");
    }

    @Test
    void aTracerBesideAnInstrumentationWithoutOneIsFine() {
        Instrumentation nothing = new Instrumentation() {};
        Instrumentation spanless = new Instrumentation() {
            @Override
            public PublishTracer tracer(String clientId) {
                return new PublishTracer() {
                    @Override
                    public @Nullable PublishSpan publish(String topic, List<Header> headers) {
                        return null;
                    }

                    @Override
                    public @Nullable TransactionSpan transaction(String name) {
                        return null;
                    }
                };
            }
        };
        try (Publisher publisher = start(Map.of("application.id", "app"), nothing, spanless)) {
            publisher.publish(ONE, "k", "v").join();
            publisher.transaction(transaction -> "done").join();
        }
        assertThat(headerNames(0)).isEmpty();
    }

    private Publisher start(Map<String, String> more, Instrumentation... instrumentations) {
        var builder = Kurier.builder()
                .set("bootstrap.servers", "127.0.0.1:1")
                .set("producer.metric.reporters", "")
                .set("topics.one.name", "one.v1")
                .set("topics.one.key.serializer", "text")
                .set("topics.one.value.serializer", "text")
                .set(more)
                .topics(ONE)
                .transport(config -> transport);
        for (Instrumentation instrumentation : instrumentations) {
            builder.instrumentation(instrumentation);
        }
        return builder.start();
    }

    private Span onlySpan() {
        assertThat(tracer.spans).hasSize(1);
        return tracer.spans.get(0);
    }

    /** Waits until every span has ended, and checks how each did, and that it did once. */
    private void assertEnds(String... expected) {
        await().untilAsserted(() -> assertThat(tracer.spans.stream().map(span -> String.join(", ", span.ends)))
                .containsExactly(expected));
    }

    private List<String> headerNames(int record) {
        return Arrays.stream(transport.taken().get(record).record().headers().toArray())
                .map(Header::key)
                .toList();
    }

    private static void fails(CompletableFuture<Receipt> future) {
        assertThat(future.handle((receipt, failure) -> failure).join()).isInstanceOf(PublishException.class);
    }
}
