// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.kurier.CloseReport;
import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.TransactionException;
import io.kurier.core.Kurier;
import io.kurier.core.testplugins.Hostile;
import io.kurier.core.testplugins.HostilePlugins;
import io.kurier.core.testplugins.Thrown;
import io.kurier.spi.FailedMessage;
import io.kurier.spi.PublishListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever user code throws, wherever it runs: {@code publish} does not throw, the future completes with the outcome of
 * the right stage, messages and transactions that follow are stored, all transactional producers stay in use, and the close
 * adds up.
 */
@Timeout(120)
class HostileCodeTest {
    private static final Topic<String, String> ONE = Topic.of("one", String.class, String.class);
    private static final Topic<String, String> PARTS = Topic.of("parts", String.class, String.class);
    private static final int SLOTS = 2;

    private final ScriptedTransactions transport = new ScriptedTransactions();

    /** Where user code runs in a message's way, and what becomes of the message when it throws. */
    private enum Place {
        KEY("key", ONE, Stage.ENCODE, Outcome.REJECTED),
        VALUE("value", ONE, Stage.ENCODE, Outcome.REJECTED),
        SEQUENCE("sequence", PARTS, Stage.ENCODE, Outcome.REJECTED),
        FIRST_OF_SEQUENCE("next 0", PARTS, Stage.ENCODE, Outcome.REJECTED),
        SECOND_OF_SEQUENCE("next 1", PARTS, Stage.ENCODE, Outcome.REJECTED), // it is read before the first has left
        END_OF_SEQUENCE("next 2", PARTS, Stage.ENCODE, Outcome.NOT_STORED),
        GUARD("guard", ONE, Stage.GUARD, Outcome.REJECTED),
        PARTITIONER("partition", ONE, Stage.PARTITION, Outcome.REJECTED),
        LISTENER_OF_STORED("stored", ONE, null, null),
        LISTENER_OF_FAILED("failed", ONE, Stage.ENCODE, Outcome.REJECTED);

        private final String word;
        private final Topic<String, String> topic;
        private final @Nullable Stage stage;
        private final @Nullable Outcome outcome;

        Place(String word, Topic<String, String> topic, @Nullable Stage stage, @Nullable Outcome outcome) {
            this.word = word;
            this.topic = topic;
            this.stage = stage;
            this.outcome = outcome;
        }

        Message<String, String> message() {
            return Message.of(topic, "k", this == LISTENER_OF_FAILED ? HostilePlugins.POISON : "v");
        }

        boolean isInTheCallersThread() {
            return this != LISTENER_OF_STORED && this != LISTENER_OF_FAILED;
        }
    }

    /** Throws in the calls that a test arms. */
    private static final class Ear implements PublishListener {
        @Override
        public void stored(String topic, Receipt receipt, long nanos) {
            Hostile.at("stored");
        }

        @Override
        public void failed(FailedMessage failed) {
            Hostile.at("failed");
        }
    }

    @AfterEach
    void disarm() {
        Hostile.disarm();
        Thread.interrupted();
    }

    static Stream<Arguments> cells() {
        return Stream.of(Place.values()).flatMap(place -> thrown().map(thrown -> Arguments.of(place, thrown)));
    }

    static Stream<Thrown> thrown() {
        return Stream.of(Thrown.values()).filter(thrown -> thrown != Thrown.RETURNS_NULL);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void failsTheMessageAndNothingElse(Place place, Thrown thrown) {
        Publisher publisher = start(new Ear());
        Hostile.arm(place.word, thrown);
        int failing = 0;

        for (boolean waits : List.of(true, false)) {
            CompletableFuture<Receipt> future =
                    quietly(() -> waits ? publisher.publish(place.message()) : publisher.tryPublish(place.message()));
            assertThat(Thread.interrupted())
                    .as("the caller's interrupt is kept")
                    .isEqualTo(thrown == Thrown.INTERRUPTED && place.isInTheCallersThread());
            assertOutcome(place, future.handle((receipt, failure) -> failure));
            failing += place.stage == null ? 0 : 1;
        }
        Hostile.disarm();

        assertStaysOfUse(publisher, 2, failing);
    }

    private static void assertOutcome(Place place, CompletableFuture<@Nullable Throwable> outcome) {
        assertThat(outcome).succeedsWithin(Duration.ofSeconds(30));
        Throwable failure = outcome.join();
        if (place.stage == null) {
            assertThat(failure).isNull();
            return;
        }
        assertThat(failure).isInstanceOfSatisfying(PublishException.class, why -> {
            assertThat(why.stage()).isEqualTo(place.stage);
            assertThat(why.outcome()).isEqualTo(place.outcome);
            assertThat(why.retriable()).isFalse();
            assertThat(why.getMessage()).startsWith("topic " + place.topic);
        });
    }

    @ParameterizedTest
    @MethodSource("cells")
    void failsTheTransactionAndNothingElse(Place place, Thrown thrown) {
        Publisher publisher = start(new Ear());
        Hostile.arm(place.word, thrown);

        for (int i = 0; i < SLOTS + 1; i++) {
            CompletableFuture<@Nullable Throwable> outcome = quietly(() -> publisher.transaction(transaction -> {
                        transaction.publish(place.message());
                        return null;
                    }))
                    .handle((answer, failure) -> failure);
            assertThat(outcome).succeedsWithin(Duration.ofSeconds(30));
            if (place.stage == null) {
                assertThat(outcome.join()).isNull();
            } else {
                assertThat(outcome.join())
                        .isInstanceOfSatisfying(
                                TransactionException.class,
                                why -> assertThat(why.outcome()).isEqualTo(Outcome.NOT_STORED));
            }
        }
        Hostile.disarm();

        assertStaysOfUse(publisher, SLOTS + 1, place.stage == null ? 0 : SLOTS + 1);
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void abortsWhenTheWorkThrowsIt(Thrown thrown) {
        Publisher publisher = start();

        for (int i = 0; i < SLOTS + 1; i++) {
            CompletableFuture<@Nullable Throwable> outcome = quietly(() -> publisher.transaction(transaction -> {
                        transaction.publish(ONE, "k", "v");
                        throw thrown.sneak();
                    }))
                    .handle((answer, failure) -> failure);
            assertThat(outcome).succeedsWithin(Duration.ofSeconds(30));
            assertThat(outcome.join()).isInstanceOfSatisfying(TransactionException.class, why -> {
                assertThat(why.outcome()).isEqualTo(Outcome.NOT_STORED);
                assertThat(why).hasMessageContaining("aborted, since the callback threw ");
            });
        }

        assertStaysOfUse(publisher, SLOTS + 1, SLOTS + 1);
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void storesWhenADependentThrowsIt(Thrown thrown) {
        Publisher publisher = start();
        List<String> heard = new CopyOnWriteArrayList<>();
        List<CompletableFuture<Receipt>> stored = new ArrayList<>();
        synchronized (transport.answers()) { // so that the dependents are there before the acknowledgments
            stored.add(publisher.publish(ONE, "k", "v"));
            CompletableFuture<Void> unused = stored.get(0).thenRun(() -> {
                throw thrown.sneak();
            });
            stored.add(publisher.publish(ONE, "k", "v"));
            unused = stored.get(1).thenRun(() -> heard.add("second"));
        }

        // who waits in a method of CompletableFuture runs dependents itself, and is thrown what they throw
        await().until(() -> stored.stream().allMatch(CompletableFuture::isDone));
        assertThat(stored).noneMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(publisher.flush()).succeedsWithin(Duration.ofSeconds(30));
        assertThat(heard).containsExactly("second");

        for (int i = 0; i < SLOTS + 1; i++) {
            CompletableFuture<@Nullable String> committed = publisher.transaction(transaction -> "done");
            register(committed, thrown);
            await().until(committed::isDone);
        }
        assertStaysOfUse(publisher, 2, 0);
    }

    /** One that has ended already runs its dependent at once, here, and throws what cannot be wrapped. */
    private static void register(CompletableFuture<?> future, Thrown thrown) {
        try {
            CompletableFuture<Void> unused = future.thenRun(() -> {
                throw thrown.sneak();
            });
        } catch (Throwable e) {
            assertThat(future).isDone();
        }
    }

    /** A message is stored, as many transactions run at the same time as there are producers, and the close adds up. */
    private static void assertStaysOfUse(Publisher publisher, int before, int failedBefore) {
        assertThat(publisher.publish(ONE, "k", "v")).succeedsWithin(Duration.ofSeconds(30));
        assertThat(publisher.publish(PARTS, "k", "v")).succeedsWithin(Duration.ofSeconds(30));
        CyclicBarrier together = new CyclicBarrier(SLOTS);
        List<CompletableFuture<@Nullable Integer>> transactions = new ArrayList<>();
        for (int i = 0; i < SLOTS; i++) {
            transactions.add(publisher.transaction(transaction -> {
                transaction.publish(ONE, "k", "v");
                return together.await(30, TimeUnit.SECONDS);
            }));
        }
        assertThat(transactions)
                .allSatisfy(transaction -> assertThat(transaction).succeedsWithin(Duration.ofSeconds(60)));

        CloseReport report = publisher.close(Duration.ofSeconds(10));

        assertThat(report.accepted()).isEqualTo(before + 2 + SLOTS);
        assertThat(report.stored()).isEqualTo(before - failedBefore + 2 + SLOTS);
        assertThat(report.unknown()).isZero();
        assertThat(report.open()).isZero();
    }

    private Publisher start(PublishListener... listeners) {
        var builder = Kurier.builder()
                .set(Map.of(
                        "bootstrap.servers", "127.0.0.1:1",
                        "producer.metric.reporters", "",
                        "application.id", "hostile",
                        "transactions.producers", Integer.toString(SLOTS),
                        "topics.one.key.serializer", "hostile-key",
                        "topics.one.value.serializer", "hostile-value",
                        "topics.one.guards", "hostile",
                        "topics.one.partitioner", "hostile",
                        "topics.parts.value.serializer", "hostile-parts"))
                .topics(ONE, PARTS)
                .transport(config -> transport);
        HostilePlugins.addTo(builder);
        Stream.of(listeners).forEach(builder::listener);
        return builder.start();
    }

    private interface Call<T> {
        CompletableFuture<T> call();
    }

    private static <T> CompletableFuture<T> quietly(Call<T> call) {
        AtomicReference<@Nullable CompletableFuture<T>> future = new AtomicReference<>();
        assertThatCode(() -> future.set(call.call())).doesNotThrowAnyException();
        CompletableFuture<T> made = future.get();
        return requireNonNull(made);
    }
}
