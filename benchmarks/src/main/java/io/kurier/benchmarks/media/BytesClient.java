// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.media;

import io.kurier.benchmarks.clients.AckCounter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The baseline: a producer that sends the bytes as values of 960 KiB, and a consumer that reads them unverified. */
final class BytesClient implements MediaClient {
    static final int VALUE_BYTES = 960 * 1024;

    private final Map<String, Object> consumer;
    private final KafkaProducer<byte[], byte[]> producer;

    BytesClient(Map<String, Object> producer, Map<String, Object> consumer) {
        this.consumer = consumer;
        this.producer = new KafkaProducer<>(producer, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void publish(Path file, String topic) throws IOException {
        AckCounter heard = new AckCounter();
        long records = 0;
        try (InputStream content = Files.newInputStream(file)) {
            while (true) {
                byte[] value = new byte[VALUE_BYTES];
                int count = content.readNBytes(value, 0, VALUE_BYTES);
                if (count > 0) {
                    send(topic, count == VALUE_BYTES ? value : Arrays.copyOf(value, count), heard);
                    records++;
                }
                if (count < VALUE_BYTES) {
                    break;
                }
            }
        }
        await(heard, records);
    }

    @Override
    public void publish(byte[][] pictures, int count, String topic) {
        AckCounter heard = new AckCounter();
        for (int i = 0; i < count; i++) {
            send(topic, pictures[i % pictures.length], heard);
        }
        await(heard, count);
    }

    private void send(String topic, byte[] value, AckCounter heard) {
        producer.send(new ProducerRecord<>(topic, value), (metadata, failure) -> heard.outcome(failure));
    }

    private void await(AckCounter heard, long records) {
        producer.flush();
        heard.throwIfFailed();
        if (heard.stored() != records) {
            throw new IllegalStateException(heard.stored() + " of " + records + " records are acknowledged");
        }
    }

    @Override
    public long read(String topic) {
        try (TopicEnd<byte[]> records = new TopicEnd<>(consumer, new ByteArrayDeserializer(), topic)) {
            long size = 0;
            while (records.isAhead()) {
                for (ConsumerRecord<byte[], byte[]> record : records.poll()) {
                    size += record.value().length;
                }
            }
            return size;
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
