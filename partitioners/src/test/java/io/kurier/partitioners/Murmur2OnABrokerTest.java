// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.LocalBroker;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.RecordPartitioner;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Against what Kafka's producer does, not against the method that it is believed to call. */
@WithKafka
class Murmur2OnABrokerTest {
    private static final int PARTITIONS = 12;
    private static final int KEYS = 1_000;

    private final RecordPartitioner murmur2 = Partitioners.named("murmur2");

    @Test
    void choosesThePartitionInWhichKafkasProducerPutsAKey(LocalBroker broker, TestTopics topics) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String topic = topics.create("murmur2", PARTITIONS);
        Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
        List<byte[]> keys = new ArrayList<>();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (var producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < KEYS; i++) {
                byte[] key = new byte[random.nextInt(70)];
                random.nextBytes(key);
                keys.add(key);
                sent.add(producer.send(new ProducerRecord<>(topic, key, new byte[] {1})));
            }
        }

        Set<Integer> used = new HashSet<>();
        for (int i = 0; i < KEYS; i++) {
            EncodedRecord record = new EncodedRecord(topic, keys.get(i), new byte[] {1}, new RecordHeaders());
            int partition = sent.get(i).get().partition();
            assertThat(murmur2.partition(record, PARTITIONS))
                    .as("seed %d, key %s", seed, HexFormat.of().formatHex(keys.get(i)))
                    .isEqualTo(partition);
            used.add(partition);
        }
        assertThat(used).as("seed %d", seed).hasSize(PARTITIONS);
    }
}
