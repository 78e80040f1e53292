// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.CloseReport;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.TransactionException;
import io.kurier.serializers.text.TextDeserializer;
import io.kurier.testkit.FakeKafka;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;

/** The fake of {@code kurier-testkit} behaves as with the clients that it was built with. */
class FakeKafkaTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);
    private static final Map<String, String> CONFIG = Map.of(
            "topics.orders.value.serializer", "text",
            "topics.orders.partitions", "3",
            "topics.orders.partitioner", "murmur2");

    private final FakeKafka kafka = new FakeKafka();

    @Test
    void storesLosesAnAcknowledgmentAndRefuses() {
        CloseReport report;
        try (Publisher publisher = kafka.start(CONFIG, ORDERS)) {
            kafka.topic(ORDERS).store(1).dropAcks(1).refuse(1, new RecordTooLargeException("too large"));
            publisher.publish(ORDERS, "k", "stored").join();
            PublishException lost = Failures.of(publisher.publish(ORDERS, "k", "lost"));
            PublishException refused = Failures.of(publisher.publish(ORDERS, "k", "refused"));

            assertThat(List.of(lost, refused))
                    .extracting(PublishException::outcome)
                    .containsExactly(Outcome.UNKNOWN, Outcome.NOT_STORED);
            report = publisher.close(Duration.ofSeconds(10));
        }
        assertThat(report).isEqualTo(new CloseReport(3, 1, 0, 1, 1));
        assertThat(values()).containsExactly("stored", "lost");
    }

    @Test
    void commitsAndAbortsTransactions() {
        Map<String, String> config = new HashMap<>(CONFIG);
        config.put("application.id", "shop");
        try (Publisher publisher = kafka.start(config, ORDERS)) {
            publisher
                    .transaction(transaction -> {
                        transaction.publish(ORDERS, "k", "committed");
                        return null;
                    })
                    .join();
            TransactionException aborted = Failures.ofTransaction(publisher.transaction(transaction -> {
                transaction.publish(ORDERS, "k", "aborted");
                throw new IllegalArgumentException("the work fails");
            }));
            assertThat(aborted.outcome()).isEqualTo(Outcome.NOT_STORED);
        }
        assertThat(values()).containsExactly("committed");
    }

    private List<String> values() {
        return kafka.records(ORDERS, new TextDeserializer(), new TextDeserializer()).stream()
                .map(ConsumerRecord::value)
                .toList();
    }
}
