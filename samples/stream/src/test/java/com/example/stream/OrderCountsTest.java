// SPDX-License-Identifier: Apache-2.0
package com.example.stream;

import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.stream.OrderCounts.OrderCount;
import io.kurier.Publisher;
import io.kurier.broker.LocalBroker;
import io.kurier.serializers.json.JsonDeserializer;
import io.kurier.serializers.text.TextDeserializer;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithKafka
class OrderCountsTest {
    /** In the past, since a broker refuses times more than an hour ahead, and within the retention of the topics. */
    private static final Instant BEGIN =
            Instant.now().minus(Duration.ofHours(1)).truncatedTo(MINUTES);

    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private final LocalBroker broker;
    private final TestTopics topics;

    OrderCountsTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    @Test
    void countsEachWindowOnceWithOrdersThatAreLateAndContinuesAfterARestart() {
        try (Publisher publisher = OrderCounts.publisher(broker.bootstrapServers())) {
            try (KafkaStreams streams = start("first")) {
                order(publisher, "pears", 1);
                order(publisher, "figs", 2);
                order(publisher, "pears", 9);
                order(publisher, "pears", 12); // the next window
                order(publisher, "pears", 8); // late, and in time: its window waits for 5 seconds
                order(publisher, "pears", 16); // ends the first window
                order(publisher, "figs", 17);
                order(publisher, "pears", 7); // too late
                awaitCounts(streams, "pears 0 3", "figs 0 1");
                OrderCounts.close(streams);
            }
            try (KafkaStreams streams = start("second")) {
                order(publisher, "pears", 19);
                order(publisher, "pears", 26); // ends the second window
                order(publisher, "figs", 27);
                awaitCounts(streams, "pears 0 3", "figs 0 1", "pears 10 3", "figs 10 1");
            }
        }
    }

    /** A process that has nothing in its folder, as after the loss of a machine. */
    private KafkaStreams start(String name) {
        KafkaStreams streams = new KafkaStreams(
                OrderCounts.topology(), OrderCounts.config(broker.bootstrapServers(), folder.resolve(name)));
        streams.start();
        return streams;
    }

    /** All are of one customer, and so in one partition: it is certain which comes after which. */
    private static void order(Publisher publisher, String product, int second) {
        OrderCounts.publish(publisher, new Order("O-" + second, "C-1", product, BEGIN.plusSeconds(second)))
                .join();
    }

    private void awaitCounts(KafkaStreams streams, String... counts) {
        await().atMost(LIMIT)
                .failFast("Kafka Streams has ended", () -> !streams.state().isRunningOrRebalancing())
                .untilAsserted(() -> assertThat(topics.readAll(
                                "order-counts", new TextDeserializer(), new JsonDeserializer<>(OrderCount.class)))
                        .extracting(ConsumerRecord::value)
                        .extracting(count -> count.product() + " "
                                + Duration.between(BEGIN, count.from()).toSeconds() + " " + count.orders())
                        .containsExactlyInAnyOrder(counts));
    }
}
