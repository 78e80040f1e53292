// SPDX-License-Identifier: Apache-2.0
package io.kurier.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.LocalBroker;
import io.kurier.plugins.host.OffsetStorage;
import io.kurier.plugins.host.OffsetStorage.SourcePartition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.runtime.distributed.DistributedConfig;
import org.apache.kafka.connect.storage.KafkaOffsetBackingStore;
import org.apache.kafka.connect.storage.OffsetStorageReaderImpl;
import org.apache.kafka.connect.storage.OffsetStorageWriter;
import org.apache.kafka.connect.util.TopicAdmin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A host and a worker use one offset topic in turn: the worker's own classes read and write it. */
@Timeout(180)
class OffsetTopicTest {
    private static final String CONNECTOR = "web-log";

    private static LocalBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = LocalBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    /** A partition with all that JSON writes in more than one way, in an order that no {@code HashMap} has. */
    private static Map<String, Object> partition() {
        Map<String, Object> partition = new LinkedHashMap<>();
        partition.put("z", "grün \"\\/\n\u2028\ud83d\ude00");
        partition.put("file", "/var/log/shop");
        partition.put("a", (short) 7);
        partition.put("float", 1.1f);
        partition.put("large", 1e20f);
        partition.put("small", 1.5e-7);
        partition.put("nan", Double.NaN);
        partition.put("long", Long.MIN_VALUE);
        partition.put("bytes", new byte[] {0, (byte) 0xfb, (byte) 0xff});
        partition.put("buffer", ByteBuffer.wrap(new byte[] {1, 2}));
        partition.put("no", false);
        partition.put("null", null);
        return partition;
    }

    private static OffsetStorage host(String topic) {
        return OffsetStorage.inTopic(topic, Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @Test
    void aWorkerContinuesWhereAHostHasStopped() throws Exception {
        Map<String, Object> offset = partition();
        offset.put("position", 4711);
        try (OffsetStorage storage = host("from-host")) {
            storage.load();
            storage.store(Map.of(
                    new SourcePartition(CONNECTOR, partition()),
                    offset,
                    new SourcePartition(CONNECTOR, Map.of("file", "b.log")),
                    Map.of("position", 2L)));
        }
        try (Worker worker = new Worker("from-host")) {
            assertThat(worker.read(partition())).isEqualTo(new SourcePartition("an offset", offset).partition());
            assertThat(worker.read(Map.of("file", "b.log"))).isEqualTo(Map.of("position", 2L));
            assertThat(worker.store.connectorPartitions(CONNECTOR)).hasSize(2);
        }
        try (OffsetStorage storage = host("from-host")) {
            storage.load();
            Map<SourcePartition, Map<String, ?>> forget = new LinkedHashMap<>();
            forget.put(new SourcePartition(CONNECTOR, partition()), null);
            storage.store(forget);
        }
        try (Worker worker = new Worker("from-host")) {
            assertThat(worker.read(partition())).isNull();
        }
    }

    @Test
    void aHostContinuesWhereAWorkerHasStopped() throws Exception {
        try (OffsetStorage storage = host("from-worker")) {
            storage.load();
        }
        Map<String, Object> offset = partition();
        offset.put("position", 4711);
        try (Worker worker = new Worker("from-worker")) {
            worker.write(partition(), offset);
        }
        SourcePartition partition = new SourcePartition(CONNECTOR, partition());
        try (OffsetStorage storage = host("from-worker")) {
            assertThat(storage.load())
                    .isEqualTo(Map.of(partition, new SourcePartition("an offset", offset).partition()));
            storage.store(Map.of(partition, offset));
        }
        List<ConsumerRecord<byte[], byte[]>> records = records("from-worker");
        assertThat(records).hasSize(2);
        ConsumerRecord<byte[], byte[]> ofWorker = records.get(0);
        ConsumerRecord<byte[], byte[]> ofHost = records.get(1);
        assertThat(text(ofHost.key())).isEqualTo(text(ofWorker.key()));
        assertThat(text(ofHost.value())).isEqualTo(text(ofWorker.value()));
        assertThat(ofHost.key()).isEqualTo(ofWorker.key());
        assertThat(ofHost.partition()).isEqualTo(ofWorker.partition());
        try (Worker worker = new Worker("from-worker")) {
            worker.write(partition(), null);
        }
        try (OffsetStorage storage = host("from-worker")) {
            assertThat(storage.load()).isEmpty();
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private static KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** What a worker uses for the offsets of a task. */
    private static final class Worker implements AutoCloseable {
        private final JsonConverter keys = converter(true);
        private final JsonConverter values = converter(false);
        private final KafkaOffsetBackingStore store;

        Worker(String topic) {
            Map<String, Object> connection = Map.of("bootstrap.servers", broker.bootstrapServers());
            store = KafkaOffsetBackingStore.readWriteStore(
                    topic,
                    new KafkaProducer<>(connection, new ByteArraySerializer(), new ByteArraySerializer()),
                    consumer(),
                    new TopicAdmin(connection),
                    keys);
            String anyConverter = JsonConverter.class.getName();
            store.configure(new DistributedConfig(Map.of(
                    "bootstrap.servers",
                    broker.bootstrapServers(),
                    "group.id",
                    "workers",
                    "key.converter",
                    anyConverter,
                    "value.converter",
                    anyConverter,
                    "offset.storage.topic",
                    topic,
                    "config.storage.topic",
                    "not-used",
                    "status.storage.topic",
                    "not-used")));
            store.start();
        }

        private static JsonConverter converter(boolean isKey) {
            JsonConverter converter = new JsonConverter();
            converter.configure(Map.of("schemas.enable", "false"), isKey);
            return converter;
        }

        Map<String, Object> read(Map<String, Object> partition) {
            return new OffsetStorageReaderImpl(store, CONNECTOR, keys, values).offset(partition);
        }

        void write(Map<String, Object> partition, @Nullable Map<String, Object> offset) throws Exception {
            OffsetStorageWriter writer = new OffsetStorageWriter(store, CONNECTOR, keys, values);
            writer.offset(partition, offset);
            assertThat(writer.beginFlush()).isTrue();
            writer.doFlush((failure, nothing) -> {}).get();
        }

        @Override
        public void close() {
            store.stop();
        }
    }
}
