// SPDX-License-Identifier: Apache-2.0
package com.example.testing;

import static com.example.testing.OrderService.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.example.testing.OrderService.Order;
import io.kurier.Publisher;
import io.kurier.Transaction;
import io.kurier.testkit.FakeKafka;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReactionTest {
    private static final Order ORDER = new Order("O-1", "C-7", 19.90);

    private final FakeKafka kafka = new FakeKafka();
    private final Publisher publisher = kafka.start(
            Map.of(
                    "application.id", "shop",
                    "publish.max.wait.ms", "0",
                    "transactions.timeout.ms", "300",
                    "topics.orders.value.serializer", "json",
                    "topics.orders.record.id", "true"),
            ORDERS);

    @AfterEach
    void close() {
        publisher.close();
    }

    @Test
    void whatFoundNoRoomIsPublishedAgain() {
        kafka.topic(ORDERS).bufferFull();

        assertThat(reaction(publisher.tryPublish(ORDERS, "C-7", ORDER))).isEqualTo(Reaction.RETRY);
        assertThat(reaction(publisher.transaction(this::publish))).isEqualTo(Reaction.RETRY);
    }

    @Test
    void whatIsNotAllowedIsParked() {
        kafka.topic(ORDERS).refuse(2, new TopicAuthorizationException("orders"));

        assertThat(reaction(publisher.publish(ORDERS, "C-7", ORDER))).isEqualTo(Reaction.PARK);
        assertThat(reaction(publisher.transaction(this::publish))).isEqualTo(Reaction.PARK);
    }

    @Test
    void whatMayBeStoredIsLookedFor() {
        kafka.topic(ORDERS).dropAcks(1);

        assertThat(reaction(publisher.publish(ORDERS, "C-7", ORDER))).isEqualTo(Reaction.RESOLVE);
    }

    @Test
    void whatMayBeStoredAndCannotBeLookedForIsParked() {
        kafka.failCommits(Integer.MAX_VALUE, new TimeoutException("no answer"));

        assertThat(reaction(publisher.transaction(this::publish))).isEqualTo(Reaction.PARK);
    }

    @Test
    void aBugIsThrown() {
        CompletableFuture<Object> bug = CompletableFuture.failedFuture(new IllegalStateException("a bug"));

        assertThatThrownBy(() -> reaction(bug)).hasCauseInstanceOf(IllegalStateException.class);
    }

    private Void publish(Transaction transaction) {
        transaction.publish(ORDERS, ORDER.customer(), ORDER);
        return null;
    }

    private static Reaction reaction(CompletableFuture<?> future) {
        return Reaction.to(Objects.requireNonNull(
                catchThrowableOfType(CompletionException.class, future::join), "it did not fail"));
    }
}
