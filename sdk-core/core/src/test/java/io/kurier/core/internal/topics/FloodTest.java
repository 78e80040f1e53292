// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.CloseReport;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Floods partitions from the first moment of their life, where a fast idempotent producer can hang (KAFKA-15591), with
 * many small batches, which makes that likely: without the gate 12 of the first 18 rounds had records that were not
 * stored after ten seconds.
 */
@Timeout(600)
class FloodTest {
    private static final int RECORDS = 2_000;
    private static final CloseReport ALL_STORED = new CloseReport(RECORDS, RECORDS, 0, 0, 0);
    private static final LocalBroker BROKER = LocalBroker.start();
    private static final ClusterAdmin ADMIN = ClusterAdmin.connect(BROKER.clientProperties());

    @AfterAll
    static void stop() {
        ADMIN.close();
        BROKER.close();
    }

    @Test
    void createsAndFloodsAHundredTimesWithoutAStall() {
        for (int round = 0; round < 100; round++) {
            String topic = "created-" + round;
            flood(topic, 6);
            ADMIN.deleteTopic(topic); // what is left of a round would slow down those after it
        }
    }

    @Test
    void growsAndFloodsWithoutAStall() {
        for (int round = 0; round < 25; round++) {
            String topic = "grown-" + round;
            Kurier.start(config(topic, 1)).close();
            flood(topic, 6);
            ADMIN.deleteTopic(topic); // what is left of a round would slow down those after it
        }
    }

    private static void flood(String name, int partitions) {
        Topic<String, String> topic = Topic.of(name, String.class, String.class);
        try (Publisher publisher = Kurier.start(config(name, partitions), topic)) {
            List<CompletableFuture<Receipt>> all = IntStream.range(0, RECORDS)
                    .mapToObj(i -> publisher.publish(topic, "k" + i, "v"))
                    .toList();
            assertThat(publisher.close(Duration.ofSeconds(10))).as(name).isEqualTo(ALL_STORED);
            assertThat(all.stream().map(CompletableFuture::join).map(Receipt::partition))
                    .as("the partitions of %s that records went to", name)
                    .contains(IntStream.range(0, partitions).boxed().toArray(Integer[]::new));
        }
    }

    private static Map<String, String> config(String topic, int partitions) {
        Map<String, String> config = new HashMap<>();
        config.put("bootstrap.servers", BROKER.bootstrapServers());
        config.put("topics.management", "create");
        config.put("producer.linger.ms", "0");
        config.put("producer.batch.size", "1024");
        config.put("topics", topic);
        config.put("topics." + topic + ".value.serializer", "text");
        config.put("topics." + topic + ".partitions", Integer.toString(partitions));
        config.put("topics." + topic + ".partitions.increase", "true");
        return config;
    }
}
