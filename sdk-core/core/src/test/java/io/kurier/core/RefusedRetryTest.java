// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static io.kurier.core.BadNetwork.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Resolution;
import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.proxy.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The first attempt is stored and its acknowledgment lost, and when Kafka's client tries again, the topic's configuration has
 * changed so that the same record is refused with an error of its own. That proves nothing: the record is in the log.
 */
@Timeout(120)
class RefusedRetryTest {
    private static final Map<String, String> ONE_BATCH_AND_TIME_FOR_RETRIES = Map.of(
            "producer.linger.ms", "300",
            "producer.request.timeout.ms", "1000",
            "producer.delivery.timeout.ms", "60000",
            "producer.compression.type", "none");

    private final BadNetwork network = new BadNetwork();

    /** A change after which the broker refuses a record without a key, of 500 bytes and of an hour ago. */
    enum Change {
        COMPACTED("cleanup.policy", "compact"),
        OTHER_TIMES("message.timestamp.before.max.ms", "60000"),
        SMALLER("max.message.bytes", "200");

        private final String key;
        private final String value;

        Change(String key, String value) {
            this.key = key;
            this.value = value;
        }
    }

    @AfterEach
    void stop() {
        network.close();
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void isUnknownAndFoundInTheLog(Change change) {
        try (Publisher publisher = network.publisher(ONE_BATCH_AND_TIME_FOR_RETRIES)) {
            publisher.publish(ORDERS, "k", "before").join();
            CompletableFuture<Receipt> refused =
                    refusedAtTheRetry(publisher, change, List.of(struck())).get(0);

            assertIsUnknownAndStored(publisher, refused);
            assertThat(network.stored(ORDERS)).hasSize(2);
        }
    }

    /** Not of a batch that has become too large: Kafka's client splits that and stores its records a second time. */
    @ParameterizedTest
    @EnumSource(
            value = Change.class,
            names = {"COMPACTED", "OTHER_TIMES"})
    void isUnknownForTheNeighboursInItsBatchToo(Change change) {
        try (Publisher publisher = network.publisher(ONE_BATCH_AND_TIME_FOR_RETRIES)) {
            publisher.publish(ORDERS, "k", "before").join();
            List<CompletableFuture<Receipt>> refused =
                    refusedAtTheRetry(publisher, change, List.of(sound("first"), struck(), sound("last")));

            for (CompletableFuture<Receipt> each : refused) {
                assertIsUnknownAndStored(publisher, each);
            }
            assertThat(network.stored(ORDERS))
                    .extracting(ConsumerRecord::value)
                    .hasSize(4)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void isNotStoredAgainForRecordsThatAreHandedOverAfterTheRetry() {
        try (Publisher publisher = network.publisher(ONE_BATCH_AND_TIME_FOR_RETRIES)) {
            publisher.publish(ORDERS, "k", "before").join();
            network.proxy().dropAcks(ApiKeys.PRODUCE, 1);
            publisher.publish(ORDERS, "k", "sent twice").join();
            alter(Change.COMPACTED);

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(
                                    failure(publisher.publish(struck())).outcome())
                            .isEqualTo(Outcome.NOT_STORED));
        }
    }

    /** Loses the acknowledgment, changes the topic before the broker hears of the retry, and lets that through. */
    private List<CompletableFuture<Receipt>> refusedAtTheRetry(
            Publisher publisher, Change change, List<Message<String, String>> batch) {
        network.proxy().dropAcks(ApiKeys.PRODUCE, 1);
        List<CompletableFuture<Receipt>> futures =
                batch.stream().map(publisher::publish).toList();
        await().until(() -> network.proxy().hits(Fault.DROP_ACKS) == 1);
        network.proxy().hold(ApiKeys.PRODUCE);
        alter(change);
        await().atMost(Duration.ofSeconds(30)).until(() -> network.proxy().held() > 0);
        network.proxy().release();
        return futures;
    }

    private static Message<String, String> struck() {
        return new Message<>(
                ORDERS,
                null,
                "x".repeat(500),
                List.of(),
                null,
                System.currentTimeMillis() - Duration.ofHours(1).toMillis());
    }

    private static Message<String, String> sound(String value) {
        return Message.of(ORDERS, "k", value);
    }

    private void alter(Change change) {
        try (ClusterAdmin admin =
                ClusterAdmin.connect(Map.of("bootstrap.servers", network.proxy().address()))) {
            admin.alterTopic(ORDERS.alias(), Map.of(change.key, change.value));
        }
    }

    private static void assertIsUnknownAndStored(Publisher publisher, CompletableFuture<Receipt> future) {
        PublishException failure = failure(future);
        assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(publisher.resolve(failure.handle().orElseThrow()).join()).isInstanceOf(Resolution.Stored.class);
    }

    private static PublishException failure(CompletableFuture<Receipt> future) {
        try {
            throw new AssertionError("stored: " + future.join());
        } catch (CompletionException e) {
            return (PublishException) Objects.requireNonNull(e.getCause());
        }
    }
}
