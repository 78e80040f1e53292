// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.TransactionException;
import io.kurier.core.Kurier;
import io.kurier.core.KurierBuilder;
import io.kurier.core.transport.Transport;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.NotReadyException;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plugins that wait for a server: no caller of {@code tryPublish} is held up, and {@code publish} waits as for room. */
@Timeout(60)
class NotReadyTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);
    private static final String AWAITED = "not ready, waits for the key k-7, from http://vault:8200";

    /** Who is not ready. */
    enum Step {
        SERIALIZER(Stage.ENCODE, "topics.orders.value.serializer", "the serializer vault is " + AWAITED),
        GUARD(Stage.GUARD, "topics.orders.guards", "the guard vault is " + AWAITED),
        PARTITIONER(Stage.PARTITION, "topics.orders.partitioner", "the partitioner is " + AWAITED);

        private final Stage stage;
        private final String key;
        private final String reason;

        Step(Stage stage, String key, String reason) {
            this.stage = stage;
            this.key = key;
            this.reason = reason;
        }
    }

    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final ScriptedTransport transport = new ScriptedTransport();

    /** As a client of a server does that has no answer yet. */
    private void ask() {
        asked.incrementAndGet();
        if (!ready.isDone()) {
            throw new NotReadyException("the key k-7, from http://vault:8200", ready);
        }
        if (ready.isCompletedExceptionally()) {
            throw new IllegalStateException("the vault has no key k-7");
        }
    }

    private final class OfSerializer implements SerializerPlugin {
        @Override
        public String name() {
            return "vault";
        }

        @Override
        public Serializer<?> serializer(SerializerSettings settings) {
            return (topic, value) -> {
                ask();
                return value.toString().getBytes(UTF_8);
            };
        }
    }

    private final class OfGuard implements GuardPlugin {
        @Override
        public String name() {
            return "vault";
        }

        @Override
        public Guard guard(GuardSettings settings) {
            return record -> {
                ask();
                return record;
            };
        }
    }

    private final class OfPartitioner implements PartitionerPlugin {
        @Override
        public String name() {
            return "vault";
        }

        @Override
        public RecordPartitioner partitioner(PartitionerSettings settings) {
            return (record, partitions) -> {
                ask();
                return 0;
            };
        }
    }

    private KurierBuilder kurier(Step step, Transport to) {
        return Kurier.builder()
                .set("bootstrap.servers", "127.0.0.1:9092")
                .override(Map.of("topics.orders.value.serializer", "text"))
                .override(Map.of(step.key, "vault"))
                .serializer(new OfSerializer())
                .guard(new OfGuard())
                .partitioner(new OfPartitioner())
                .topics(ORDERS)
                .transport(config -> to);
    }

    @ParameterizedTest
    @EnumSource
    void tryPublishIsRejectedAndCanBeTriedAgain(Step step) {
        try (Publisher publisher = kurier(step, transport).start()) {
            PublishException why = failure(publisher.tryPublish(ORDERS, "k", "v"));

            assertThat(why.stage()).isEqualTo(step.stage);
            assertThat(why.outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(why.retriable()).isTrue();
            assertThat(why).hasMessageEndingWith(step.reason);
            assertThat(asked).hasValue(1);

            ready.complete(null);
            assertThat(publisher.tryPublish(ORDERS, "k", "v").join().hasOffset())
                    .isTrue();
            assertThat(transport.taken()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void publishWaits(Step step) {
        try (Publisher publisher = kurier(step, transport).start()) {
            CompletableFuture<Receipt> waiting = inAnotherThread(publisher);
            await().until(() -> asked.get() == 1);
            assertThat(waiting).isNotDone();

            ready.complete(null);

            assertThat(waiting.join().hasOffset()).isTrue();
            assertThat(asked).hasValue(2);
            assertThat(transport.taken()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GUARD", "PARTITIONER"})
    void aValueOfSeveralRecordsWaits(Step step) {
        try (Publisher publisher = kurier(step, transport)
                .override(Map.of("topics.orders.value.serializer", "chunks"))
                .start()) {
            CompletableFuture<Receipt> waiting = inAnotherThread(publisher, "one two three");
            await().until(() -> asked.get() == 1);
            assertThat(waiting).isNotDone();

            ready.complete(null);

            assertThat(waiting.join().records()).isEqualTo(3);
            assertThat(transport.taken()).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheServerRefusesIsTold(Step step) {
        try (Publisher publisher = kurier(step, transport).start()) {
            CompletableFuture<Receipt> waiting = inAnotherThread(publisher);
            await().until(() -> asked.get() == 1);

            ready.completeExceptionally(new IllegalStateException("404"));

            PublishException why = failure(waiting);
            assertThat(why.stage()).isEqualTo(step.stage);
            assertThat(why.retriable()).isFalse();
            assertThat(why).hasMessageContaining("the vault has no key k-7");
            assertThat(transport.taken()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void publishWaitsNoLongerThanItMay(Step step) {
        try (Publisher publisher =
                kurier(step, transport).set("publish.max.wait.ms", "50").start()) {
            PublishException why = failure(publisher.publish(ORDERS, "k", "v"));

            assertThat(why.outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(why.retriable()).isTrue();
            assertThat(why).hasMessageEndingWith(step.reason);
            assertThat(asked).hasValue(1);
        }
    }

    /** A plugin that says again and again that an answer has come which it does not have. */
    @Test
    void onePromisingInVainIsNotAskedWithoutAPause() {
        KurierBuilder kurier = kurier(Step.SERIALIZER, transport)
                .set("publish.max.wait.ms", "100")
                .set("topics.orders.guards", "liar")
                .override(Map.of("topics.orders.value.serializer", "text"))
                .guard(new GuardPlugin() {
                    @Override
                    public String name() {
                        return "liar";
                    }

                    @Override
                    public Guard guard(GuardSettings settings) {
                        return record -> {
                            asked.incrementAndGet();
                            throw new NotReadyException("nothing", CompletableFuture.completedFuture(null));
                        };
                    }
                });
        try (Publisher publisher = kurier.start()) {
            assertThat(failure(publisher.publish(ORDERS, "k", "v"))).hasMessageEndingWith("waits for nothing");
            assertThat(asked.get()).isGreaterThan(1).isLessThan(200);
        }
    }

    @Test
    void aCloseEndsTheWait() {
        Publisher publisher = kurier(Step.GUARD, transport).start();
        CompletableFuture<Receipt> waiting = inAnotherThread(publisher);
        await().until(() -> asked.get() == 1);

        publisher.close();

        assertThat(failure(waiting).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(transport.taken()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionWaits(Step step) {
        try (Publisher publisher = kurier(step, new SucceedingTransactions())
                .set("application.id", "shop")
                .start()) {
            CompletableFuture<String> transaction = publisher.transaction(work -> {
                work.publish(ORDERS, "k", "v");
                return "done";
            });
            await().until(() -> asked.get() == 1);
            assertThat(transaction).isNotDone();

            ready.complete(null);

            assertThat(transaction.join()).isEqualTo("done");
        }
    }

    @Test
    void aCloseEndsTheWaitOfATransaction() {
        Publisher publisher = kurier(Step.GUARD, new SucceedingTransactions())
                .set("application.id", "shop")
                .start();
        CompletableFuture<String> transaction = publisher.transaction(work -> {
            work.publish(ORDERS, "k", "v");
            return "done";
        });
        await().until(() -> asked.get() == 1);

        publisher.close(Duration.ofMillis(100));

        CompletionException thrown = requireNonNull(catchThrowableOfType(CompletionException.class, transaction::join));
        assertThat(thrown).hasCauseInstanceOf(TransactionException.class);
    }

    private static CompletableFuture<Receipt> inAnotherThread(Publisher publisher) {
        return inAnotherThread(publisher, "v");
    }

    private static CompletableFuture<Receipt> inAnotherThread(Publisher publisher, String value) {
        return CompletableFuture.supplyAsync(() -> publisher.publish(ORDERS, "k", value))
                .thenCompose(future -> future);
    }

    private static PublishException failure(CompletableFuture<Receipt> future) {
        CompletionException thrown = requireNonNull(catchThrowableOfType(CompletionException.class, future::join));
        return (PublishException) requireNonNull(thrown.getCause());
    }
}
