// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static io.kurier.core.internal.publisher.ScriptedPublishers.ONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.Topic;
import io.kurier.core.internal.kafka.ErrorClassifier;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.spi.FailedMessage;
import io.kurier.spi.PublishListener;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a listener is told of a message that failed. */
@Timeout(60)
class FailedMessageTest {
    private static final Consumer<Acknowledgment> EXPIRED =
            ack -> ack.failed(ErrorClassifier.classify(new TimeoutException("it has expired")));

    private static final class Listening implements PublishListener {
        private final Queue<FailedMessage> heard = new ConcurrentLinkedQueue<>();
        private final boolean needsMessages;

        Listening(boolean needsMessages) {
            this.needsMessages = needsMessages;
        }

        @Override
        public boolean needsMessages() {
            return needsMessages;
        }

        @Override
        public void failed(FailedMessage failed) {
            heard.add(failed);
        }

        FailedMessage next() {
            await().until(() -> !heard.isEmpty());
            return heard.remove();
        }
    }

    private final ScriptedTransport transport = new ScriptedTransport();
    private final Listening listener = new Listening(false);
    private final Listening keeper = new Listening(true);
    private final RoutedPublisher publisher = ScriptedPublishers.over(
            transport,
            Map.of(
                    "topics",
                    "one,other",
                    "topics.one.name",
                    "physical-one",
                    "topics.one.value.serializer",
                    "text",
                    "topics.other.value.serializer",
                    "text",
                    "topics.other.partitioner",
                    "first-byte"),
            Duration.ofMillis(1),
            listener,
            keeper);

    @AfterEach
    void close() {
        publisher.close(Duration.ofSeconds(5));
    }

    @Test
    void hasTopicPartitionNamesOfHeadersAndFailure() {
        transport.answer(EXPIRED);
        fail(Message.of(ONE, "k", "v")
                .withPartition(3)
                .withHeader("trace", "t")
                .withHeader("tenant", "n")
                .withTimestamp(7));

        FailedMessage failed = listener.next();

        assertThat(failed.topic()).isEqualTo("one");
        assertThat(failed.physicalTopic()).isEqualTo("physical-one");
        assertThat(failed.partition()).isEqualTo(3);
        assertThat(failed.headerNames()).containsExactly("trace", "tenant");
        assertThat(failed.failure().outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(failed.nanos()).isPositive();
        assertThat(failed.message()).isNull();
    }

    @Test
    void hasTheMessageForAListenerThatAsksForIt() {
        transport.answer(EXPIRED);
        Message<String, String> message = Message.of(ONE, "k", "v")
                .withPartition(3)
                .withHeader("trace", "t")
                .withTimestamp(7);
        fail(message);

        assertThat(keeper.next().message()).isEqualTo(message);
        assertThat(listener.next().message()).isNull();
    }

    @Test
    void hasThePartitionThatThePartitionerChose() {
        transport.refuse(1, new InvalidTopicException("bad name"));
        fail(Message.of(ScriptedPublishers.OTHER, "k", "2"));

        assertThat(listener.next().partition()).isEqualTo(2);
    }

    @Test
    void hasThePartitionThatKafkaTold() {
        transport.answer(ack -> {
            ack.goesTo(1);
            EXPIRED.accept(ack);
        });
        fail(Message.of(ONE, "k", "v"));

        assertThat(listener.next().partition()).isEqualTo(1);
    }

    @Test
    void hasNoPartitionBeforeThereIsOneAndNoPhysicalTopicWhereNoneIsDeclared() {
        fail(Message.of(ONE, "k", "poison"));
        assertThat(listener.next().partition()).isNull();

        fail(Message.of(Topic.of("nowhere", String.class, String.class), "k", "v"));
        FailedMessage undeclared = listener.next();
        assertThat(undeclared.topic()).isEqualTo("nowhere");
        assertThat(undeclared.physicalTopic()).isNull();
    }

    @Test
    void showsNeitherKeyNorValueAsText() {
        fail(Message.of(ONE, "x3k9", "poison"));

        assertThat(keeper.next().toString()).doesNotContain("x3k9").doesNotContain("value=");
    }

    private void fail(Message<String, String> message) {
        CompletableFuture<?> future = publisher.publish(message);
        assertThat(future.handle((receipt, failure) -> failure).join()).isNotNull();
    }
}
