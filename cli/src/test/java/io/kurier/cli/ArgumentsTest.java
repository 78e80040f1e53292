// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.spi.Elements;
import io.kurier.BulkReport;
import io.kurier.CloseReport;
import io.kurier.DeliveryHandle;
import io.kurier.Message;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.RecordId;
import io.kurier.Resolution;
import io.kurier.Stage;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.TopicPublisher;
import io.kurier.Transaction;
import io.kurier.TransactionException;
import io.kurier.TransactionalSession;
import io.kurier.TypeRef;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import io.kurier.core.KurierBuilder;
import io.kurier.core.guice.KurierBinder;
import io.kurier.core.guice.KurierModule;
import io.kurier.core.guice.TopicBinder;
import io.kurier.plugins.host.ConnectorHost;
import io.kurier.plugins.host.HostListener;
import io.kurier.plugins.host.HostTopics;
import io.kurier.plugins.host.guice.ConnectorHostModule;
import io.kurier.spi.EncodedRecord;
import io.kurier.testkit.FakeKafka;
import io.kurier.testkit.FakeTopic;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every public method and constructor that users call, with every argument that makes no sense: each is either taken with a
 * defined meaning or refused at once, with the argument's name. The table names what is refused; all else is taken. A
 * method that has no row fails the test.
 */
@WithKafka
@Timeout(180)
class ArgumentsTest {
    private static final List<Class<?>> TYPES = List.of(
            BulkReport.class,
            BulkReport.Failure.class,
            CloseReport.class,
            DeliveryHandle.class,
            Message.class,
            PublishException.class,
            Publisher.class,
            Receipt.class,
            RecordId.class,
            Resolution.class,
            Resolution.Stored.class,
            Resolution.NotStored.class,
            Resolution.NotSettled.class,
            StartException.class,
            Topic.class,
            TopicPublisher.class,
            Transaction.class,
            TransactionException.class,
            TransactionalSession.class,
            TypeRef.class,
            EncodedRecord.class,
            Kurier.class,
            KurierBuilder.class,
            KurierModule.class,
            KurierBinder.class,
            TopicBinder.class,
            FakeKafka.class,
            FakeTopic.class,
            TestTopics.class,
            ConnectorHost.class,
            HostTopics.class,
            ConnectorHostModule.class);

    private static final Map<String, Executable> CALLS = TYPES.stream()
            .flatMap(Calls::of)
            .collect(Collectors.toMap(
                    Calls::signature, call -> call, (one, other) -> one, TreeMap<String, Executable>::new));

    @TempDir
    private static Path folder;

    private static @Nullable LocalBroker broker;
    private static final Topic<String, String> ONE = Topic.of("one", String.class, String.class);

    @BeforeAll
    static void begin(LocalBroker ofTheTests) throws IOException {
        broker = ofTheTests;
        Arguments.FILE.set(Files.writeString(folder.resolve("wrong.properties"), "nonsense=1\n"));
        Arguments.BROKER.set(ofTheTests);
    }

    static Stream<String> signatures() {
        return CALLS.keySet().stream();
    }

    @Test
    void everyCallHasItsRowAndEveryRowItsCall() {
        assertThat(ArgumentsTable.ROWS.keySet()).containsExactlyInAnyOrderElementsOf(CALLS.keySet());
    }

    @ParameterizedTest
    @MethodSource("signatures")
    void isTakenOrRefusedAtOnce(String signature) {
        Executable call = requireNonNull(CALLS.get(signature));
        ArgumentsTable.Row row = requireNonNull(ArgumentsTable.ROWS.get(signature), () -> "no row for " + signature);
        assertThat(row.parameters()).hasSize(call.getParameterCount());
        for (int i = 0; i < call.getParameterCount(); i++) {
            ArgumentsTable.Parameter parameter = row.parameters().get(i);
            Map<String, @Nullable Object> hostile = Arguments.hostile(call.getParameterTypes()[i]);
            assertThat(hostile.keySet()).as(signature).containsAll(parameter.refused());
            int place = i;
            hostile.forEach((word, value) -> {
                @Nullable Object[] arguments = Arguments.with(value, place, call);
                String what = signature + " with " + parameter.name() + " " + word;
                withTarget(call.getDeclaringClass(), target -> {
                    Outcome outcome = Outcome.of(call, target, arguments);
                    outcome.close();
                    if (parameter.refused().contains(word)) {
                        outcome.assertRefused(what, parameter.name());
                    } else {
                        outcome.assertTaken(what);
                    }
                });
            });
        }
    }

    /** What a call comes to. */
    private record Outcome(
            @Nullable Object answer, @Nullable Throwable thrown) {
        static Outcome of(Executable call, @Nullable Object target, @Nullable Object[] arguments) {
            try {
                return new Outcome(Calls.call(call, target, arguments), null);
            } catch (Throwable e) {
                return new Outcome(null, e);
            }
        }

        void close() {
            if (answer instanceof Publisher || answer instanceof TestTopics) {
                try {
                    ((AutoCloseable) answer).close();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        }

        void assertRefused(String what, String name) {
            assertThat(thrown)
                    .as(what)
                    .isInstanceOfAny(NullPointerException.class, IllegalArgumentException.class)
                    .hasMessageContaining(name);
        }

        void assertTaken(String what) {
            if (thrown != null) {
                assertThat(thrown)
                        .as(what)
                        .isInstanceOfAny(
                                StartException.class,
                                PublishException.class,
                                TransactionException.class,
                                AssertionError.class);
            }
            if (answer instanceof CompletableFuture<?> future) {
                Throwable failure = future.handle((result, why) -> why)
                        .orTimeout(30, java.util.concurrent.TimeUnit.SECONDS)
                        .join();
                if (failure != null) {
                    assertThat(failure).as(what).isInstanceOfAny(PublishException.class, TransactionException.class);
                }
            }
        }
    }

    /** Lets a call have an object to be called on; a publisher is of use afterwards, or it is closed. */
    private static void withTarget(Class<?> type, Consumer<@Nullable Object> use) {
        if (type == KurierBinder.class || type == TopicBinder.class) {
            withBinder(type, use);
        } else if (type == KurierBuilder.class) {
            use.accept(Kurier.builder());
        } else if (type == Message.class) {
            use.accept(Message.of(ONE, "k", "v"));
        } else if (type == PublishException.class) {
            use.accept(new PublishException("one", Stage.SEND, io.kurier.Outcome.REJECTED, false, "sound", null));
        } else if (type == EncodedRecord.class) {
            use.accept(
                    new EncodedRecord("one", null, null, new org.apache.kafka.common.header.internals.RecordHeaders()));
        } else if (type == TestTopics.class) {
            try (TestTopics topics = TestTopics.on(requireNonNull(broker))) {
                use.accept(topics);
            }
        } else if (type == ConnectorHost.class) {
            try (Publisher publisher = start(new FakeKafka());
                    ConnectorHost host = ConnectorHost.start(publisher, List.of(), HostListener.NONE)) {
                use.accept(host);
            }
        } else if (type == ConnectorHostModule.class) {
            use.accept(ConnectorHostModule.of(List.of()));
        } else {
            withPublisher(type, use);
        }
    }

    private static void withPublisher(Class<?> type, Consumer<@Nullable Object> use) {
        FakeKafka kafka = new FakeKafka();
        try (Publisher publisher = start(kafka)) {
            if (type == Publisher.class) {
                use.accept(publisher);
            } else if (type == TopicPublisher.class) {
                use.accept(TopicPublisher.of(publisher, ONE));
            } else if (type == TransactionalSession.class) {
                use.accept(publisher.transactionalSession("own"));
            } else if (type == Transaction.class) {
                CompletableFuture<@Nullable Object> unused = publisher.transaction(transaction -> {
                    use.accept(transaction);
                    return null;
                });
                assertThat(unused.handle((answer, failure) -> failure).join())
                        .satisfiesAnyOf(
                                failure -> assertThat(failure).isNull(),
                                failure -> assertThat(failure.getCause()).isNotInstanceOf(AssertionError.class));
            } else {
                use.accept(type == FakeKafka.class ? kafka : type == FakeTopic.class ? kafka.topic("one") : null);
            }
            CloseReport before = publisher.close(Duration.ofSeconds(10));
            assertThat(before.open()).isZero();
        }
    }

    private static void withBinder(Class<?> type, Consumer<@Nullable Object> use) {
        CompletableFuture<@Nullable Void> used = new CompletableFuture<>();
        var unused = Elements.getElements(binder -> {
            Arguments.BINDER.set(binder);
            KurierBinder kurier = KurierBinder.of(binder);
            try {
                use.accept(type == KurierBinder.class ? kurier : kurier.keys(ONE));
                used.complete(null);
            } catch (Throwable e) {
                used.completeExceptionally(e);
            }
        });
        used.join();
    }

    private static Publisher start(FakeKafka kafka) {
        return kafka.start(Map.of("application.id", "a", "topics.one.value.serializer", "text"), ONE);
    }

    @Test
    void aCloseThatIsRefusedLeavesThePublisherOpen() {
        FakeKafka kafka = new FakeKafka();
        try (Publisher publisher = start(kafka)) {
            assertThatThrownBy(() -> publisher.close(Calls.nothing())).hasMessageContaining("timeout");

            publisher.publish(ONE, "k", "v").join();

            assertThat(publisher.close(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(new CloseReport(1, 1, 0, 0, 0));
        }
    }
}
