// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers.partitions;

import io.kurier.broker.LocalBroker;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kafka's own producer for Java: the partitions that its futures report. */
@WithKafka
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KafkaProducerPartitionsTest {
    /** A batch for each record, after which the next one without a key may go to another partition. */
    private static final int BATCH_BYTES = 1;

    @Test
    void choosesAsKurierDoes(LocalBroker broker, TestTopics topics) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers(), "batch.size", BATCH_BYTES);
        try (var producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Map.Entry<Integer, String> topic :
                    PartitionCounts.topics("java", topics).entrySet()) {
                List<byte @Nullable []> keys = Keys.random();
                List<Future<RecordMetadata>> sent = new ArrayList<>();
                for (byte[] key : keys) {
                    sent.add(producer.send(new ProducerRecord<>(topic.getValue(), key, new byte[] {1})));
                }
                List<Choice> choices = new ArrayList<>();
                for (int i = 0; i < keys.size(); i++) {
                    choices.add(new Choice(keys.get(i), sent.get(i).get().partition()));
                }
                Comparison.with("murmur2").assertSame("Kafka's producer", topic.getKey(), choices);
            }
        }
    }
}
