// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.Message;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.StartException;
import io.kurier.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** A record with a key goes to the partition that the producer of this version, used by itself, chooses. */
class PartitionsTest {
    private static final int KEYS = 200;
    private static final Topic<String, String> PLAIN = Topic.of("partitions-plain", String.class, String.class);
    private static final Topic<String, String> MURMUR2 = Topic.of("partitions-murmur2", String.class, String.class);

    @Test
    void aKeyMeetsTheSameKeyOfKafkasOwnProducer() throws Exception {
        Map<String, String> config = Cluster.config(PLAIN, MURMUR2);
        config.put("topics.partitions-plain.partitions", "7");
        config.put("topics.partitions-murmur2.partitions", "7");
        config.put("topics.partitions-murmur2.partitioner", "murmur2");
        try (Publisher publisher = Cluster.start(config, PLAIN, MURMUR2)) {
            List<Integer> raw = rawPartitions(Cluster.name(config, PLAIN));

            assertThat(raw).contains(0, 1, 2, 3, 4, 5, 6);
            assertThat(partitions(publisher, PLAIN)).isEqualTo(raw);
            assertThat(partitions(publisher, MURMUR2)).isEqualTo(raw);
        }
    }

    @Test
    void aPartitionThatTheMessageNamesCounts() {
        Map<String, String> config = Cluster.config(MURMUR2);
        config.put("topics.partitions-murmur2.partitions", "3");
        config.put("topics.partitions-murmur2.partitioner", "murmur2");
        try (Publisher publisher = Cluster.start(config, MURMUR2)) {
            for (int partition = 0; partition < 3; partition++) {
                Receipt receipt = publisher
                        .publish(Message.of(MURMUR2, "k", "v").withPartition(partition))
                        .join();
                assertThat(receipt.partition()).isEqualTo(partition);
            }
        }
    }

    @Test
    void aPartitionerOfKafkasUsesAllPartitions() {
        assertUsesAll(Map.of("partitioner", "class:" + RoundRobinPartitioner.class.getName()));
    }

    @Test
    void aPartitionerThatLooksAtQueuesUsesAllPartitions() {
        assertUsesAll(Map.of("partitioner", "least-loaded", "partitioner.batch.bytes", "1"));
    }

    private static void assertUsesAll(Map<String, String> keys) {
        Map<String, String> config = Cluster.config(PLAIN);
        config.put("topics.partitions-plain.partitions", "3");
        keys.forEach((key, value) -> config.put("topics.partitions-plain." + key, value));
        try (Publisher publisher = Cluster.start(config, PLAIN)) {
            assertThat(partitions(publisher, PLAIN)).contains(0, 1, 2);
        }
    }

    /** KIP-1123; clients before 4.4 do not know the key. */
    @Test
    void theChoiceThatIsLeftToKafkaIsAwareOfRacksWhereTheClientIs() {
        Map<String, String> config = Cluster.config(PLAIN);
        config.put("producer.partitioner.rack.aware", "true");
        config.put("producer.client.rack", "a");
        if (ProducerConfig.configDef().names().contains("partitioner.rack.aware")) {
            try (Publisher publisher = Cluster.start(config, PLAIN)) {
                assertThat(publisher.publish(PLAIN, null, "v").join().partition())
                        .isZero();
            }
        } else {
            assertThatThrownBy(() -> Cluster.start(config, PLAIN).close())
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("producer.partitioner.rack.aware");
        }
    }

    private static List<Integer> partitions(Publisher publisher, Topic<String, String> topic) {
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            receipts.add(publisher.publish(topic, key(i), "v"));
        }
        return receipts.stream().map(receipt -> receipt.join().partition()).toList();
    }

    private static List<Integer> rawPartitions(String topic) throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(Cluster.connection(), new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < KEYS; i++) {
                sent.add(producer.send(new ProducerRecord<>(topic, key(i), "v")));
            }
            List<Integer> partitions = new ArrayList<>();
            for (Future<RecordMetadata> each : sent) {
                partitions.add(each.get().partition());
            }
            return partitions;
        }
    }

    private static String key(int i) {
        return "clé-" + i;
    }
}
