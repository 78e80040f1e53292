// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static io.kurier.core.internal.publisher.ScriptedPublishers.ONE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import io.kurier.core.internal.kafka.ErrorClassifier;
import io.kurier.core.internal.send.Listeners;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.SendRejection;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.FailedMessage;
import io.kurier.spi.PublishListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One handler for all messages that fail, which publishes them to another topic. */
@Timeout(60)
class DeadLettersTest {
    private static final Map<String, String> KEYS = Map.of(
            "bootstrap.servers", "127.0.0.1:1",
            "topics.one.value.serializer", "text",
            "topics.dead-letters.value.serializer", "text");

    // region dead-letters
    /** Publishes what is certainly not stored to another topic. */
    static class DeadLetters implements PublishListener {
        static final Topic<String, String> DEAD = Topic.of("dead-letters", String.class, String.class);

        private volatile @Nullable Publisher publisher; // there is none yet when the listener is made

        void publishThrough(Publisher started) {
            publisher = started;
        }

        @Override
        public boolean needsMessages() {
            return true;
        }

        @Override
        public void failed(FailedMessage failed) {
            Publisher through = publisher;
            Message<?, ?> message = failed.message();
            if (through == null
                    || message == null
                    || failed.topic().equals(DEAD.alias()) // or a dead letter that fails would be another one
                    || failed.failure().outcome() == Outcome.UNKNOWN) { // may be stored: resolve it
                return;
            }
            letter(through.publish(Message.of(DEAD, failed.topic(), String.valueOf(message.value()))
                    .withHeader("failed.at", failed.failure().stage().name())));
        }

        /** Nothing is to be done with it; what fails of dead letters is logged like other failures. */
        void letter(CompletableFuture<Receipt> stored) {}
    }
    // endregion

    private final ScriptedTransport transport = new RefusesBadOnes();

    private static final class RefusesBadOnes extends ScriptedTransport {
        @Override
        public @Nullable SendRejection attempt(
                EncodedRecord record, int partition, @Nullable Long timestamp, Acknowledgment acknowledgment) {
            byte[] value = record.value();
            boolean isBad = value != null && new String(value, StandardCharsets.UTF_8).equals("bad");
            return isBad && record.topic().equals("one")
                    ? new SendRejection(new InvalidTopicException("bad"))
                    : super.attempt(record, partition, timestamp, acknowledgment);
        }
    }

    @Test
    void takeWhatIsNotStored() {
        DeadLetters letters = new DeadLetters();
        try (Publisher publisher = start(letters)) {
            fail(publisher, "bad");

            await().until(() -> transport.taken().size() == 1);
        }
        ScriptedTransport.Taken letter = transport.taken().get(0);
        assertThat(letter.record().topic()).isEqualTo("dead-letters");
        assertThat(letter.record().value()).isEqualTo("bad".getBytes(StandardCharsets.UTF_8));
        assertThat(letter.record().headers().lastHeader("failed.at").value())
                .asString()
                .isEqualTo("SEND");
    }

    @Test
    void mayWaitUntilTheyAreStored() {
        DeadLetters waiting = new DeadLetters() {
            @Override
            void letter(CompletableFuture<Receipt> stored) {
                stored.join();
            }
        };
        try (Publisher publisher = start(waiting)) {
            IntStream.range(0, 100).forEach(i -> fail(publisher, "bad"));
            assertThat(publisher
                            .publish(ONE, null, "sound")
                            .thenApply(Receipt::topic)
                            .join())
                    .isEqualTo("one");

            await().until(() -> transport.taken().size() == 101);
        }
    }

    @Test
    void leaveDeadLettersThatFailAndWhatMayBeStored() {
        transport.answer(ack -> ack.failed(ErrorClassifier.classify(new TimeoutException("it has expired"))));
        DeadLetters letters = new DeadLetters();
        try (Publisher publisher = start(letters)) {
            fail(publisher, "bad");
            fail(publisher, "of which nobody knows");
            publisher.flush().join();
            publisher.flush().join();
        }
        assertThat(transport.taken().stream().map(taken -> taken.record().topic()))
                .containsExactlyInAnyOrder("dead-letters", "one");
    }

    @Test
    void thatPublishEvenWhatWasRejectedEndAfterTheClose() {
        AtomicInteger told = new AtomicInteger();
        AtomicReference<Publisher> publisher = new AtomicReference<>();
        PublishListener tireless = new PublishListener() {
            @Override
            public void failed(FailedMessage failed) {
                told.incrementAndGet();
                CompletableFuture<Receipt> nobodyLooks =
                        requireNonNull(publisher.get()).publish(DeadLetters.DEAD, null, "again");
                assertThat(nobodyLooks).isNotNull();
            }
        };
        publisher.set(Kurier.builder()
                .set(KEYS)
                .topics(ONE, DeadLetters.DEAD)
                .listener(tireless)
                .transport(config -> transport)
                .start());
        requireNonNull(publisher.get()).close();

        fail(requireNonNull(publisher.get()), "late");

        await().during(Duration.ofMillis(500)).until(() -> told.get() <= Listeners.MOST_IN_A_ROW);
        assertThat(told).hasPositiveValue();
    }

    private Publisher start(DeadLetters letters) {
        Publisher publisher = Kurier.builder()
                .set(KEYS)
                .topics(ONE, DeadLetters.DEAD)
                .listener(letters)
                .transport(config -> transport)
                .start();
        letters.publishThrough(publisher);
        return publisher;
    }

    private static void fail(Publisher publisher, String value) {
        CompletableFuture<Receipt> nobodyLooks = publisher.publish(ONE, null, value);
        assertThat(nobodyLooks).isNotNull();
    }
}
