// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kurier.CloseReport;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.core.testplugins.Chunks;
import io.kurier.spi.RecordPartitioner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of several records of which only some find room. */
@Timeout(30)
class LargeValueTest {
    private static final Topic<String, String> WORDS = Topic.of("words", String.class, String.class);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Map<String, String> TOPICS =
            Map.of("topics", "words", "topics.words.value.serializer", "chunks");

    private final ScriptedTransport transport = new ScriptedTransport();
    private final RoutedPublisher publisher = publisher(LONG);

    @AfterEach
    void close() {
        publisher.close(Duration.ofSeconds(5));
        assertThat(Chunks.OPEN).as("sequences that nobody closed").hasValue(0);
    }

    @Test
    void isNotStoredWhenTheRestFindsNoRoomInTime() {
        RoutedPublisher hasty = publisher(Duration.ofMillis(5));
        transport.room(2);

        assertNotStored(hasty.publish(WORDS, "k", "one two three"), "no room within publish.max.wait.ms=5");
        assertThat(hasty.close(Duration.ofSeconds(5))).isEqualTo(new CloseReport(1, 0, 0, 1, 0));
    }

    @Test
    void goesOnWhenThereIsRoomAgain() {
        transport.room(2);
        Call call = new Call("one two three");
        call.awaitWaiting();
        transport.room(3);

        assertThat(call.future().join().records()).isEqualTo(3);
    }

    @Test
    void isNotStoredWhenThePublisherClosesHalfWay() {
        transport.room(2);
        Call call = new Call("one two three");
        call.awaitWaiting();

        assertThat(publisher.close(Duration.ofSeconds(5))).isEqualTo(new CloseReport(1, 0, 0, 1, 0));
        assertNotStored(call.future(), "the publisher is closed");
    }

    @Test
    void isNotStoredWhenItsThreadIsInterruptedHalfWay() {
        transport.room(2);
        Call call = new Call("one two three");
        call.awaitWaiting();
        call.thread.interrupt();

        assertNotStored(call.future(), "interrupted while it waited for room");
        assertThat(call.interruptedAfter.join()).isTrue();
    }

    @Test
    void saysSoWhenItsThreadIsInterruptedWhileItIsRead() {
        PublishException failure = assertNotStored(
                publisher.publish(WORDS, "k", "one two interrupted"), "java.nio.channels.ClosedByInterruptException");

        assertThat(failure.stage()).isEqualTo(Stage.ENCODE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"one jammed", "one broken", "one sneaky"})
    void isStoredWhateverItsCloseThrows(String words) {
        assertThat(publisher.publish(WORDS, "k", words).join().records()).isEqualTo(2);
        assertThat(publisher.tryPublish(WORDS, "k", words).join().records()).isEqualTo(2);
    }

    @Test
    void keepsItsLastRecordBackUntilTheSequenceHasSaidThatItIsTheLast() {
        PublishException failure =
                assertNotStored(publisher.publish(WORDS, "k", "one two endless"), "the end is missing");

        assertThat(failure.stage()).isEqualTo(Stage.ENCODE);
        assertThat(sent()).containsExactly("one", "two");
    }

    @ParameterizedTest
    @CsvSource({
        "endless, the end is missing",
        "one unreadable, the disk is gone",
        "'', the serializer made no record of the value",
        "one shared, the same array for two records"
    })
    void isRejectedWhereNothingOfItHasLeft(String words, String reason) {
        CompletionException failure =
                catchThrowableOfType(CompletionException.class, publisher.publish(WORDS, "k", words)::join);

        assertThat(failure.getCause())
                .isInstanceOfSatisfying(
                        PublishException.class, why -> assertThat(why.outcome()).isEqualTo(Outcome.REJECTED))
                .hasMessageContaining(reason);
        assertThat(sent()).isEmpty();
    }

    @Test
    void leavesThePartitionToKafkaIfItIsOneRecord() {
        assertThat(publisher.publish(WORDS, null, "one").join().records()).isEqualTo(1);
        assertThat(partitions()).containsExactly(RecordPartitioner.KAFKA_CHOOSES);
    }

    @Test
    void hasOnePartitionForSeveralRecords() {
        assertThat(publisher.publish(WORDS, null, "one two three").join().records())
                .isEqualTo(3);
        assertThat(partitions())
                .hasSize(3)
                .allSatisfy(partition -> assertThat(partition).isBetween(0, 3))
                .containsOnly(partitions().get(0));
    }

    private List<Integer> partitions() {
        return transport.taken().stream()
                .map(ScriptedTransport.Taken::partition)
                .toList();
    }

    private List<String> sent() {
        return transport.taken().stream()
                .map(taken -> new String(requireNonNull(taken.record().value()), UTF_8))
                .toList();
    }

    /** A call of publish on a thread of its own. */
    private final class Call {
        private final CompletableFuture<CompletableFuture<Receipt>> answer = new CompletableFuture<>();
        private final CompletableFuture<Boolean> interruptedAfter = new CompletableFuture<>();
        private final Thread thread;

        Call(String words) {
            thread = new Thread(() -> {
                answer.complete(publisher.publish(WORDS, "k", words));
                interruptedAfter.complete(Thread.interrupted());
            });
            thread.start();
        }

        void awaitWaiting() {
            await().until(() -> transport.taken().size() == 2 && thread.getState() == Thread.State.TIMED_WAITING);
        }

        CompletableFuture<Receipt> future() {
            return answer.join();
        }
    }

    private static PublishException assertNotStored(CompletableFuture<Receipt> future, String reason) {
        CompletionException completion = catchThrowableOfType(CompletionException.class, future::join);
        assertThat(completion.getCause())
                .isInstanceOfSatisfying(
                        PublishException.class,
                        failure -> assertThat(failure.outcome()).isEqualTo(Outcome.NOT_STORED))
                .hasMessageContaining("of which readers make no value")
                .hasMessageContaining(reason);
        return (PublishException) requireNonNull(completion.getCause());
    }

    private RoutedPublisher publisher(Duration room) {
        return ScriptedPublishers.over(transport, TOPICS, room);
    }
}
