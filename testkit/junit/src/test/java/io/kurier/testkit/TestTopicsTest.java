// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kurier.broker.LocalBroker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

@WithKafka
class TestTopicsTest {
    private final LocalBroker broker;
    private final TestTopics topics;

    TestTopicsTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    @Test
    void createsATopicWithTheWantedPartitionsAndSettings() throws Exception {
        String topic = topics.create("orders", 3, Map.of("cleanup.policy", "compact"));

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            TopicDescription found = admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(30, TimeUnit.SECONDS)
                    .values()
                    .iterator()
                    .next();
            assertThat(found.name()).isEqualTo(topic).startsWith("orders-");
            assertThat(found.partitions()).hasSize(3);
        }
    }

    @Test
    void neverUsesANameTwice() {
        assertThat(topics.create("same", 1)).isNotEqualTo(topics.create("same", 1));
    }

    @Test
    void tellsWhyATopicCannotBeCreated() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> topics.create("not/allowed", 1))
                .withMessageContaining("topic not/allowed")
                .withMessageContaining("could not be created");
    }

    @Test
    void growsAltersAndDeletesSoThatTheNextLineSeesIt() throws Exception {
        String topic = topics.create("orders", 1);
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);

        topics.grow(topic, 4);
        topics.alter(topic, Map.of("max.message.bytes", "1234"));

        assertThat(topics.readAll(topic)).isEmpty();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            assertThat(admin.describeTopics(List.of(topic))
                            .allTopicNames()
                            .get(30, TimeUnit.SECONDS)
                            .values())
                    .singleElement()
                    .satisfies(found -> assertThat(found.partitions()).hasSize(4));
            assertThat(admin.describeConfigs(List.of(resource))
                            .all()
                            .get(30, TimeUnit.SECONDS)
                            .values())
                    .singleElement()
                    .satisfies(config ->
                            assertThat(config.get("max.message.bytes").value()).isEqualTo("1234"));
        }

        topics.delete(topic);

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> topics.readAll(topic))
                .withMessageContaining("no topic " + topic);
    }

    @Test
    void tellsWhyATopicCannotBeChanged() {
        String topic = topics.create("orders", 2);

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> topics.grow(topic, 1))
                .withMessageContaining("topic " + topic + " could not get 1 partitions: ");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> topics.alter(topic, Map.of("max.message.bytes", "many")))
                .withMessageContaining("topic " + topic + " could not be altered: ");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> topics.delete("missing"))
                .withMessageContaining("topic missing could not be deleted: ");
    }

    @Test
    void readsAnEmptyTopicWithoutWaiting() {
        assertThat(topics.readAll(topics.create("empty", 4))).isEmpty();
    }

    @Test
    void readsAllPartitionsInTheirOrder() throws Exception {
        String topic = topics.create("orders", 2);
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            for (String value : List.of("a", "b", "c")) {
                send(producer, new ProducerRecord<>(topic, 1, "key", value));
                send(producer, new ProducerRecord<>(topic, 0, "key", value + value));
            }
        }

        assertThat(values(topic)).containsExactly("aa", "bb", "cc", "a", "b", "c");
        assertThat(topics.readAll(topic))
                .hasSize(6)
                .allSatisfy(record -> assertThat(record.key()).isEqualTo(new byte[] {'k', 'e', 'y'}));
    }

    @Test
    void leavesOutAbortedAndOpenTransactions() throws Exception {
        String topic = topics.create("orders", 1);
        try (KafkaProducer<String, String> producer = producer(Map.of("transactional.id", topic))) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, new ProducerRecord<>(topic, "committed"));
            producer.commitTransaction();
            producer.beginTransaction();
            send(producer, new ProducerRecord<>(topic, "aborted"));
            producer.abortTransaction();
            assertThat(values(topic)).containsExactly("committed");

            producer.beginTransaction();
            send(producer, new ProducerRecord<>(topic, "open"));
            assertThat(values(topic)).containsExactly("committed");

            producer.commitTransaction();
        }
        assertThat(values(topic)).containsExactly("committed", "open");
    }

    @Test
    void saysThatThereIsNoSuchTopic() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> topics.readAll("missing"))
                .withMessageContaining("no topic missing");
    }

    @Test
    void saysHowFarItCameWhenTheTimeIsOverAndShowsNoValue() throws Exception {
        String topic = topics.create("orders", 1);
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            send(producer, new ProducerRecord<>(topic, "a secret"));
        }

        try (TestTopics impatient = TestTopics.within(broker, Duration.ZERO)) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> impatient.readAll(topic))
                    .withMessageContaining("read 0 records in 0 ms")
                    .withMessageContaining(topic + "-0 at offset 0 of 1")
                    .withMessageNotContaining("secret");
        }
    }

    private List<String> values(String topic) {
        return topics.readAll(topic, new StringDeserializer(), new StringDeserializer()).stream()
                .map(ConsumerRecord::value)
                .toList();
    }

    private static void send(KafkaProducer<String, String> producer, ProducerRecord<String, String> record)
            throws Exception {
        producer.send(record).get(30, TimeUnit.SECONDS);
    }

    private KafkaProducer<String, String> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", broker.bootstrapServers());
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }
}
