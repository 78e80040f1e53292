// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/**
 * A batch that is full does not change whose turn it is. (Kafka's own {@code RoundRobinPartitioner} left out each second
 * partition then, KAFKA-9965.)
 */
@WithKafka
class RoundRobinOnABrokerTest {
    private static final int PARTITIONS = 4;
    private static final int RECORDS = 4_000;

    @Test
    void eachPartitionGetsTheSameNumberHoweverSmallTheBatches(LocalBroker broker, TestTopics topics) {
        Topic<String, String> jobs = Topic.of(topics.create("jobs", PARTITIONS), String.class, String.class);
        String text = "class:" + StringSerializer.class.getName();
        Map<String, String> config = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "topics." + jobs.alias() + ".key.serializer",
                text,
                "topics." + jobs.alias() + ".value.serializer",
                text,
                "topics." + jobs.alias() + ".partitioner",
                "round-robin",
                "producer.batch.size",
                "300",
                "producer.linger.ms",
                "0");
        try (Publisher publisher = Kurier.start(config, jobs)) {
            List<CompletableFuture<Receipt>> published = IntStream.range(0, RECORDS)
                    .mapToObj(i -> publisher.publish(jobs, null, "v".repeat(100)))
                    .toList();
            Map<Integer, Long> counts = published.stream()
                    .collect(Collectors.groupingBy(each -> each.join().partition(), Collectors.counting()));

            assertThat(counts).hasSize(PARTITIONS);
            assertThat(counts.values()).containsOnly((long) RECORDS / PARTITIONS);
        }
    }
}
