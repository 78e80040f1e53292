// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static io.kurier.core.internal.publisher.ScriptedPublishers.ONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Outcomes that are reported twice, since an error may have interrupted the first report: the second adds nothing to a
 * first one that was complete.
 */
@Timeout(60)
class RepeatedReportTest {
    private static final KafkaFailure TOO_LARGE =
            new KafkaFailure(Outcome.NOT_STORED, false, new RecordTooLargeException("as scripted"));

    private final PerTopicTransport transport = new PerTopicTransport();
    private final Notifications notified = new Notifications();

    private static final class Notifications implements PublishListener {
        private final AtomicInteger stored = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();

        @Override
        public void stored(String topic, Receipt receipt, long nanos) {
            stored.incrementAndGet();
        }

        @Override
        public void failed(FailedMessage message) {
            failed.incrementAndGet();
        }
    }

    @Test
    void completesAndNotifiesOnce() throws Exception {
        transport.answer(storedTwice());
        AtomicInteger dependents = new AtomicInteger();
        RoutedPublisher publisher = ScriptedPublishers.over(transport, notified);

        CompletableFuture<Void> done = publisher.tryPublish(ONE, "k", "v").thenRun(dependents::incrementAndGet);
        done.get(30, TimeUnit.SECONDS);
        CloseReport report = publisher.close(Duration.ofSeconds(10));

        assertThat(report.stored()).isOne();
        assertThat(report.accepted()).isOne();
        assertThat(dependents).hasValue(1);
        assertThat(notified.stored).hasValue(1);
    }

    @Test
    void countsAMessageOfPublishAllOnce() throws Exception {
        transport.answer(storedTwice());
        RoutedPublisher publisher = ScriptedPublishers.over(transport);

        BulkReport bulk = publisher
                .publishAll(ONE, List.of(Message.of(ONE, "k", "v"), Message.of(ONE, "k", "w")))
                .get(30, TimeUnit.SECONDS);
        CloseReport report = publisher.close(Duration.ofSeconds(10));

        assertThat(bulk.stored()).isEqualTo(2);
        assertThat(report.stored()).isEqualTo(2);
        assertThat(report.accepted()).isEqualTo(2);
    }

    @Test
    void publishesOneDeadLetter() {
        AtomicInteger answers = new AtomicInteger();
        transport.answer(ack -> {
            if (answers.incrementAndGet() == 1) {
                ack.failed(TOO_LARGE);
                ack.failed(TOO_LARGE);
            } else {
                storedTwice().accept(ack);
            }
        });

        assertThat(failureWithDeadLetter().getCause()).isSameAs(TOO_LARGE.cause());
        assertThat(notified.failed).hasValue(1);
    }

    /** The state of a report that has made the dead letter and was interrupted before it was queued is planted. */
    @Test
    void publishesADeadLetterThatTheFirstReportDidNotQueue() {
        AtomicInteger answers = new AtomicInteger();
        PublishException why =
                new PublishException("one", Stage.SEND, Outcome.NOT_STORED, false, "planted", TOO_LARGE.cause());
        transport.answer(ack -> {
            if (answers.incrementAndGet() == 1) {
                plantDeadLetter(ack, why);
                ack.failed(TOO_LARGE);
            } else {
                storedTwice().accept(ack);
            }
        });

        assertThat(failureWithDeadLetter()).hasMessageContaining("planted");
        assertThat(notified.failed).hasValue(1);
    }

    private PublishException failureWithDeadLetter() {
        String bytes = "class:org.apache.kafka.common.serialization.ByteArraySerializer";
        Map<String, String> topics = Map.of(
                "topics", "one,dead",
                "topics.one.value.serializer", "text",
                "topics.one.dead.letter", "dead",
                "topics.dead.value.serializer", bytes);
        RoutedPublisher publisher = ScriptedPublishers.over(transport, topics, Duration.ofSeconds(10), notified);

        PublishException failure = publisher
                .tryPublish(ONE, "k", "v")
                .handle((receipt, thrown) -> (PublishException) thrown)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        await().until(() -> notified.failed.get() > 0);
        CloseReport report = publisher.close(Duration.ofSeconds(10));

        assertThat(failure.deadLetter()).isPresent();
        assertThat(transport.stored("dead")).hasSize(1);
        assertThat(report.notStored()).isOne();
        assertThat(report.accepted()).isOne();
        return failure;
    }

    private static Consumer<Acknowledgment> storedTwice() {
        return ack -> {
            ack.stored(1, 42, 1_000, 1);
            ack.stored(1, 42, 1_000, 1);
        };
    }

    private static void plantDeadLetter(Acknowledgment ack, PublishException why) {
        try {
            Class<?> letters = Class.forName(ack.getClass().getPackageName() + ".DeadLetter");
            Constructor<?> constructor = letters.getDeclaredConstructor(ack.getClass(), PublishException.class);
            constructor.setAccessible(true);
            Field state = ack.getClass().getDeclaredField("state");
            state.setAccessible(true);
            AtomicReference.class
                    .getMethod("set", Object.class)
                    .invoke(state.get(ack), constructor.newInstance(ack, why));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
