// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class LocalBrokerTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    @Test
    void storesARecordAndGivesItBack() throws Exception {
        try (LocalBroker broker = LocalBroker.start()) {
            createTopic(broker);
            send(broker, "hello");

            assertThat(read(broker)).containsExactly("hello");
            assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + broker.port());
        }
    }

    @Test
    void servesAConsumerGroupWithoutWaiting() throws Exception {
        try (LocalBroker broker = LocalBroker.start()) {
            createTopic(broker);
            send(broker, "hello");

            try (KafkaConsumer<String, String> consumer = consumer(broker, Map.of("group.id", "g"))) {
                consumer.subscribe(List.of("t"));
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> !consumer.poll(Duration.ofMillis(100)).isEmpty());
                consumer.commitSync();
                assertThat(consumer.committed(Set.of(PARTITION)))
                        .containsEntry(PARTITION, new OffsetAndMetadata(1, Optional.of(0), ""));
            }
        }
    }

    @Test
    void createsNoTopicByItself() {
        try (LocalBroker broker = LocalBroker.start();
                Admin admin = admin(broker)) {
            assertThatThrownBy(() -> admin.describeTopics(List.of("undeclared"))
                            .allTopicNames()
                            .get())
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void keepsItsDataInAGivenFolder(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("with a space and ü");
        try (LocalBroker broker = LocalBroker.builder().directory(data).start()) {
            createTopic(broker);
            send(broker, "kept");
        }
        try (LocalBroker broker = LocalBroker.builder().directory(data).start()) {
            assertThat(read(broker)).containsExactly("kept");
        }
    }

    @Test
    void refusesAFolderThatIsInUseOrForeign(@TempDir Path folder) throws IOException {
        Path used = folder.resolve("used");
        Path foreign = Files.createDirectory(folder.resolve("foreign"));
        Files.writeString(foreign.resolve("thesis.txt"), "mine");
        Path file = Files.writeString(folder.resolve("file"), "");

        try (LocalBroker broker = LocalBroker.builder().directory(used).start()) {
            assertThatThrownBy(() ->
                            LocalBroker.builder().directory(broker.directory()).start())
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessageContaining("is in use by a broker in this JVM");
        }
        assertThatThrownBy(() -> LocalBroker.builder().directory(foreign).start())
                .isInstanceOf(BrokerStartException.class)
                .hasMessageContaining("not made by a LocalBroker")
                .hasMessageContaining("thesis.txt");
        assertThatThrownBy(() -> LocalBroker.builder().directory(file).start())
                .isInstanceOf(BrokerStartException.class)
                .hasMessageContaining("must be a directory");
        assertThat(foreign.resolve("thesis.txt")).hasContent("mine");
    }

    @Test
    void refusesAPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() ->
                            LocalBroker.builder().port(taken.getLocalPort()).start())
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void refusesAPropertyThatItNeedsAndOneThatIsWrong() {
        assertThatThrownBy(() -> LocalBroker.builder().property("listeners", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("listeners");
        assertThatThrownBy(() ->
                        LocalBroker.builder().property("num.io.threads", "many").start())
                .isInstanceOf(BrokerStartException.class)
                .hasMessageContaining("num.io.threads");
    }

    @Test
    void runsTwiceInOneJvm() throws Exception {
        try (LocalBroker one = LocalBroker.start();
                LocalBroker two = LocalBroker.start()) {
            createTopic(one);
            createTopic(two);
            send(one, "one");
            send(two, "two");

            assertThat(read(one)).containsExactly("one");
            assertThat(read(two)).containsExactly("two");
        }
    }

    @Test
    void startsTenTimesInARowAndLeavesNothingBehind() throws Exception {
        LocalBroker.start().close(); // what a JVM keeps after the first time
        Set<Thread> before = userThreads();
        for (int round = 0; round < 10; round++) {
            Path directory;
            try (LocalBroker broker = LocalBroker.start()) {
                directory = broker.directory();
                createTopic(broker);
                send(broker, "round " + round);
                assertThat(read(broker)).containsExactly("round " + round);
                broker.close(); // and again at the end of the block, which does nothing
            }
            assertThat(directory).doesNotExist();
        }
        await().pollInSameThread().untilAsserted(() -> assertThat(userThreads()).isSubsetOf(before));
    }

    private static Set<Thread> userThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Admin admin(LocalBroker broker) {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
    }

    private static void createTopic(LocalBroker broker) throws Exception {
        try (Admin admin = admin(broker)) {
            admin.createTopics(List.of(new NewTopic("t", 1, (short) 1))).all().get();
        }
    }

    private static void send(LocalBroker broker, String value) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>("t", value)).get();
        }
    }

    private static List<String> read(LocalBroker broker) {
        try (KafkaConsumer<String, String> consumer = consumer(broker, Map.of())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return !records.isEmpty();
            });
            return records.stream().map(ConsumerRecord::value).toList();
        }
    }

    private static KafkaConsumer<String, String> consumer(LocalBroker broker, Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(more);
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
    }
}
