// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.broker.LocalBroker;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@WithKafka
class KurierPartitionerTest {
    private static final Node BROKER = new Node(1, "localhost", 9092);

    /** Of twelve partitions only the fifth and the ninth have a leader. */
    private static final Cluster CLUSTER = new Cluster(
            "cluster",
            List.of(BROKER),
            IntStream.range(0, 12)
                    .mapToObj(i -> new PartitionInfo("orders", i, i == 5 || i == 9 ? BROKER : null, null, null))
                    .toList(),
            Set.of(),
            Set.of());

    @Test
    void choosesForAPlainProducer(LocalBroker broker, TestTopics topics) throws Exception {
        String topic = topics.create("plain", 12);
        Map<String, Object> config = Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "partitioner.class", KurierPartitioner.class.getName(),
                "kurier.partitioner", "crc32");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            assertThat(producer.send(new ProducerRecord<>(topic, "kafka", "v"))
                            .get()
                            .partition())
                    .isEqualTo(11);
            assertThat(producer.send(new ProducerRecord<>(topic, "", "v")).get().partition())
                    .isZero();
            assertThat(producer.send(new ProducerRecord<>(topic, null, "v"))
                            .get()
                            .partition())
                    .isBetween(0, 11);
        }
    }

    @Test
    void passesTheKeysOfThePartitioner() {
        KurierPartitioner partitioner =
                configured(Map.of("kurier.partitioner", "murmur2", "kurier.partitioner.null.key", "hash"));

        assertThat(chosen(partitioner, null)).isEqualTo(9); // where the empty key goes
    }

    @Test
    void aRecordWithoutAKeyGoesToAPartitionWithALeader() {
        KurierPartitioner partitioner = configured(Map.of("kurier.partitioner", "murmur2"));

        assertThat(IntStream.range(0, 100).map(i -> chosen(partitioner, null))).isSubsetOf(5, 9);
    }

    @Test
    void aKeyThatIsLeftToKafkaGoesWhereKafkaSendsIt() {
        assertThat(chosen(configured(Map.of("kurier.partitioner", "murmur2_random")), "foobar"))
                .isEqualTo(6);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "header, the headers of records",
        "spread, the headers of records",
        "least-loaded, the queues of partitions",
    })
    void refusesOneThatNeedsAPublisher(String name, String need) {
        Map<String, String> keys = new HashMap<>(Map.of("kurier.partitioner", name));
        if (name.equals("header")) {
            keys.put("kurier.partitioner.header", "tenant");
        }
        assertThatThrownBy(() -> configured(keys))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("it needs " + need);
    }

    @Test
    void refusesAnUnknownNameAndAnUnknownKey() {
        assertThatThrownBy(() -> configured(Map.of("kurier.partitioner", "murmur3")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("it must be one of crc32, ");
        assertThatThrownBy(() -> configured(Map.of("kurier.partitioner", "murmur2", "kurier.partitioner.null", "hash")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("the partitioner murmur2 has no key null; its keys are [null.key]");
        assertThatThrownBy(() -> configured(Map.of())).isInstanceOf(ConfigException.class);
    }

    @Test
    void refusesAPartitionThatTheTopicDoesNotHave() {
        KurierPartitioner partitioner =
                configured(Map.of("kurier.partitioner", "fixed", "kurier.partitioner.partition", "12"));

        assertThatThrownBy(() -> chosen(partitioner, "key"))
                .hasMessage("the partitioner fixed chose partition 12, and orders has 12");
    }

    private static KurierPartitioner configured(Map<String, String> keys) {
        KurierPartitioner partitioner = new KurierPartitioner();
        partitioner.configure(new HashMap<>(keys));
        return partitioner;
    }

    private static int chosen(KurierPartitioner partitioner, @Nullable String key) {
        return partitioner.partition(
                "orders", key, key == null ? null : key.getBytes(UTF_8), "v", new byte[] {1}, CLUSTER);
    }
}
