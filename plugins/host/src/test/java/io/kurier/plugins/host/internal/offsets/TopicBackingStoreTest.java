// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.offsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.broker.LocalBroker;
import io.kurier.core.internal.config.Setting;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@WithKafka
@Timeout(180)
class TopicBackingStoreTest {
    private static final OffsetKey A = OffsetKey.of("web-log", Map.of("file", "a.log"));
    private static final OffsetKey B = OffsetKey.of("orders", Map.of("table", "orders", "shard", 2));
    private static final Map<String, String> COMPACT = Map.of("cleanup.policy", "compact");

    private final LocalBroker broker;
    private final TestTopics topics;

    TopicBackingStoreTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    private TopicBackingStore store(String topic, String... others) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("bootstrap.servers", broker.bootstrapServers());
        for (int i = 0; i < others.length; i += 2) {
            keys.put(others[i], others[i + 1]);
        }
        Collection<Setting> settings = new ArrayList<>();
        keys.forEach((key, value) -> settings.add(new Setting(key, value, "test")));
        return new TopicBackingStore(topic, settings);
    }

    private static Map<OffsetKey, @Nullable Map<String, ?>> position(OffsetKey key, int position) {
        return Map.of(key, Map.of("position", position));
    }

    private static Map<String, Object> at(long position) {
        return Map.of("position", position);
    }

    private List<String> records(String topic) {
        return topics.readAll(topic, new StringDeserializer(), new StringDeserializer()).stream()
                .map(record -> record.key() + "=" + record.value())
                .toList();
    }

    private void publish(String topic, @Nullable String key, @Nullable String value) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value));
        }
    }

    @Test
    void createsACompactedTopicAndContinuesAfterARestart() {
        String topic = topics.unusedName("connect-offsets");
        assertThatThrownBy(store(topic)::peek)
                .isInstanceOf(BackingStoreException.class)
                .hasMessage(
                        "source offsets in the topic " + topic + ": there is no such topic, or the principal may not"
                                + " see it. Check the name, or grant DESCRIBE.");
        Map<OffsetKey, @Nullable Map<String, ?>> both = new HashMap<>(position(A, 1));
        both.putAll(position(B, 2));
        // A host passes all of its keys, also those of its publisher.
        try (TopicBackingStore store = store(
                topic, "client.id", "shop", "topics", "t", "topics.t.value.serializer", "none", "profile", "none")) {
            assertThat(store.open()).isEmpty();
            store.write(both);
            store.write(position(A, 3));
            assertThat(store(topic).peek()).isEqualTo(Map.of(A, at(3), B, at(2)));
        }
        try (TopicBackingStore store = store(topic)) {
            assertThat(store.open()).isEqualTo(Map.of(A, at(3), B, at(2)));
            Map<OffsetKey, @Nullable Map<String, ?>> forget = new HashMap<>();
            forget.put(A, null);
            store.write(forget);
        }
        assertThat(store(topic).peek()).isEqualTo(Map.of(B, at(2)));
        assertThat(records(topic))
                .contains(
                        "[\"web-log\",{\"file\":\"a.log\"}]={\"position\":1}",
                        "[\"web-log\",{\"file\":\"a.log\"}]={\"position\":3}",
                        "[\"web-log\",{\"file\":\"a.log\"}]=null")
                .hasSize(4);
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            assertThat(consumer.partitionsFor(topic)).hasSize(25);
        }
    }

    @Test
    void usesATopicThatExistsWithItsPartitions() {
        String topic = topics.create("connect-offsets", 3, COMPACT);
        try (TopicBackingStore store = store(topic)) {
            assertThat(store.open()).isEmpty();
            store.write(position(A, 1));
        }
        try (TopicBackingStore store = store(topic)) {
            assertThat(store.open()).isEqualTo(Map.of(A, at(1)));
        }
    }

    @Test
    void refusesATopicThatWouldDeleteOffsets() {
        String topic = topics.create("not-compacted", 1);
        try (TopicBackingStore store = store(topic)) {
            assertThatThrownBy(store::open)
                    .isInstanceOf(BackingStoreException.class)
                    .hasMessageStartingWith("source offsets in the topic " + topic + ": ")
                    .hasMessageContaining("cleanup.policy")
                    .hasMessageContaining("compact");
        }
    }

    @Test
    void leavesRecordsOfOthers() {
        String topic = topics.create("connect-offsets", 2, COMPACT);
        publish(topic, "[\"other\",{\"server\":\"db1\"}]", "{\"lsn\":5,\"snapshot\":true}");
        publish(topic, "[\"without-partition\",null]", "{}");
        publish(topic, "session-key", "oops");
        List<String> before = records(topic);
        OffsetKey other = OffsetKey.of("other", Map.of("server", "db1"));
        try (TopicBackingStore store = store(topic)) {
            assertThat(store.open()).isEqualTo(Map.of(other, Map.of("lsn", 5L, "snapshot", true)));
            store.write(position(A, 1));
        }
        assertThat(records(topic)).hasSize(4).containsAll(before);
    }

    @Test
    void refusesAnOffsetThatItCannotRead() {
        String topic = topics.create("connect-offsets", 1, COMPACT);
        publish(topic, "[\"web-log\",{\"file\":\"a.log\"}]", "{\"position\":[1]}");
        assertThatThrownBy(store(topic)::peek)
                .isInstanceOf(BackingStoreException.class)
                .hasMessage(
                        "source offsets in the topic " + topic + ": the one of the connector web-log at partition 0,"
                                + " offset 0 cannot be read: the value of position is none that Connect takes: null, a text,"
                                + " true, false, or a number that fits a long or a double. Publish a record with the same key"
                                + " and the right offset, or without a value to start at the beginning of the source.");
        publish(topic, "[\"web-log\",{\"file\":\"a.log\"}]", null);
        assertThat(store(topic).peek()).isEmpty();
    }

    @Test
    void hasOneKeyForEachPartitionAlthoughAConnectorChangesTheOrderOfItsFields() {
        String topic = topics.create("connect-offsets", 25, COMPACT);
        String before = "[\"orders\",{\"table\":\"orders\",\"shard\":2}]";
        String after = "[\"orders\",{\"shard\":2,\"table\":\"orders\"}]";
        publish(topic, before, "{\"position\":1}");
        Map<String, Object> reordered = new LinkedHashMap<>();
        reordered.put("shard", 2);
        reordered.put("table", "orders");
        try (TopicBackingStore store = store(topic)) {
            assertThat(store.open()).isEqualTo(Map.of(B, at(1)));
            store.write(position(OffsetKey.of("orders", reordered), 2));
            store.write(position(OffsetKey.of("orders", reordered), 3));
        }
        assertThat(records(topic))
                .containsExactlyInAnyOrder(
                        before + "={\"position\":1}",
                        before + "=null",
                        after + "={\"position\":2}",
                        after + "={\"position\":3}");
        assertThat(store(topic).peek()).isEqualTo(Map.of(B, at(3)));
    }

    @Test
    void takesTheLaterOffsetOfTwoKeysOfAPartition() {
        String topic = topics.create("connect-offsets", 25, COMPACT);
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            String one = "[\"orders\",{\"table\":\"orders\",\"shard\":2}]";
            String two = "[\"orders\",{\"shard\":2,\"table\":\"orders\"}]";
            producer.send(new ProducerRecord<>(topic, null, 2_000L, one, "{\"position\":20}"));
            producer.send(new ProducerRecord<>(topic, null, 1_000L, two, "{\"position\":10}"));
        }
        try (TopicBackingStore store = store(topic)) {
            assertThat(store.open()).isEqualTo(Map.of(B, at(20)));
            Map<OffsetKey, @Nullable Map<String, ?>> forget = new HashMap<>();
            forget.put(B, null);
            store.write(forget);
        }
        assertThat(store(topic).peek()).isEmpty();
    }

    @Test
    void storesNothingIfOneOffsetIsOfAnotherType() {
        String topic = topics.create("connect-offsets", 1, COMPACT);
        try (TopicBackingStore store = store(topic)) {
            store.open();
            Map<OffsetKey, @Nullable Map<String, ?>> both = new LinkedHashMap<>(position(A, 1));
            both.put(B, Map.of("position", new Object()));
            assertThatThrownBy(() -> store.write(both)).isInstanceOf(DataException.class);
        }
        assertThat(records(topic)).isEmpty();
    }

    @Test
    void readsThousandsOfSourcePartitions() {
        String topic = topics.create("connect-offsets", 25, COMPACT);
        Map<OffsetKey, @Nullable Map<String, ?>> many = new HashMap<>();
        Map<OffsetKey, Map<String, Object>> expected = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            OffsetKey key = OffsetKey.of("web-log", Map.of("file", "application-" + i + ".log"));
            many.put(key, Map.of("position", i));
            expected.put(key, at(i));
        }
        try (TopicBackingStore store = store(topic)) {
            store.open();
            store.write(many);
        }
        assertThat(store(topic).peek()).isEqualTo(expected);
        assertThat(topics.readAll(topic))
                .extracting(ConsumerRecord::partition)
                .contains(0, 24)
                .hasSize(10_000);
    }

    @Test
    void saysWhichKeyOfTheConfigurationIsWrong() {
        assertThatThrownBy(store("connect-offsets", "security.protocol", "SSLL")::open)
                .isInstanceOf(BackingStoreException.class)
                .hasMessageStartingWith("source offsets in the topic connect-offsets: ")
                .hasMessageContaining("security.protocol (test)");
    }

    @Test
    void isOpenedBeforeItIsWritten() {
        TopicBackingStore store = store("connect-offsets");
        assertThatThrownBy(() -> store.write(position(A, 1))).isInstanceOf(IllegalStateException.class);
        store.close();
    }
}
