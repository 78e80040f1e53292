// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.CloseReport;
import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A record that the broker refuses has the outcome documented in docs/errors.md, and the close report adds up. */
class OutcomesTest {
    private static final Topic<String, String> ORDERS = Topic.of("outcomes", String.class, String.class);

    @Test
    void aRecordThatIsTooLargeForTheTopicIsNotStored() {
        Map<String, String> config = Cluster.config(ORDERS);
        config.put("topics.outcomes.config.max.message.bytes", "1000");
        config.put("producer.compression.type", "none");
        try (Publisher publisher = Cluster.start(config, ORDERS)) {
            assertNotStored(Failures.of(publisher.publish(ORDERS, "k", "x".repeat(2_000))), false);
            publisher.publish(ORDERS, "k", "small").join();
        }
        assertThat(Cluster.values(Cluster.name(config, ORDERS))).containsExactly("small");
    }

    @Test
    void aRecordWhoseTimestampIsInvalidIsNotStored() {
        Map<String, String> config = Cluster.config(ORDERS);
        config.put("topics.outcomes.config.message.timestamp.after.max.ms", "60000");
        try (Publisher publisher = Cluster.start(config, ORDERS)) {
            long tomorrow = Instant.now().plus(Duration.ofDays(1)).toEpochMilli();
            assertNotStored(
                    Failures.of(
                            publisher.publish(Message.of(ORDERS, "k", "early").withTimestamp(tomorrow))),
                    false);
        }
        assertThat(Cluster.values(Cluster.name(config, ORDERS))).isEmpty();
    }

    /** Kafka's client distinguishes the valid one by the text of its exception only (KIP-467). */
    @Test
    void anInvalidRecordAndASoundOneOfItsBatchAreNotStoredAndOnlyTheSoundOneIsRetriable() {
        Map<String, String> config = Cluster.config(ORDERS);
        config.put("topics.outcomes.config.cleanup.policy", "compact");
        config.put("producer.linger.ms", "1000");
        CloseReport report;
        try (Publisher publisher = Cluster.start(config, ORDERS)) {
            CompletableFuture<Receipt> before = publisher.publish(ORDERS, "k", "before");
            CompletableFuture<Receipt> invalid = publisher.publish(ORDERS, null, "no key");
            CompletableFuture<Receipt> after = publisher.publish(ORDERS, "k", "after");

            assertNotStored(Failures.of(before), true);
            assertNotStored(Failures.of(invalid), false);
            assertNotStored(Failures.of(after), true);
            publisher.publish(ORDERS, "k", "again").join();
            report = publisher.close(Duration.ofSeconds(30));
        }
        assertThat(Cluster.values(Cluster.name(config, ORDERS))).containsExactly("again");
        assertThat(report).isEqualTo(new CloseReport(4, 1, 0, 3, 0));
    }

    @Test
    void whatTheClientItselfRefusesIsRejected() {
        Map<String, String> config = Cluster.config(ORDERS);
        config.put("producer.max.request.size", "1000");
        config.put("publish.max.wait.ms", "2000");
        CloseReport report;
        try (Publisher publisher = Cluster.start(config, ORDERS)) {
            PublishException large = Failures.of(publisher.publish(ORDERS, "k", "x".repeat(2_000)));
            PublishException elsewhere =
                    Failures.of(publisher.publish(Message.of(ORDERS, "k", "v").withPartition(1)));
            assertThat(List.of(large, elsewhere))
                    .extracting(PublishException::outcome)
                    .containsOnly(Outcome.REJECTED);
            report = publisher.close(Duration.ofSeconds(30));
        }
        assertThat(report).isEqualTo(new CloseReport(2, 0, 2, 0, 0));
    }

    private static void assertNotStored(PublishException failure, boolean retriable) {
        assertThat(failure.stage()).isEqualTo(Stage.SEND);
        assertThat(failure.outcome()).as(failure.getMessage()).isEqualTo(Outcome.NOT_STORED);
        assertThat(failure.retriable()).as(failure.getMessage()).isEqualTo(retriable);
    }
}
