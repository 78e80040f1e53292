// SPDX-License-Identifier: Apache-2.0
package io.kurier.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.broker.LocalBroker;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * No change of a table is lost, although the process that publishes the changes is killed again and again, and with
 * exactly-once none is there twice.
 */
@WithKafka
@WithPostgres
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class DebeziumKillTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KILLS = Integer.getInteger("debezium.kills", 2);
    private static final int ROWS = 200;
    private static final int END = -1;
    private static final int AFTER_SNAPSHOT = -2;

    private final long seed = Long.getLong("debezium.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @TempDir
    private Path folder;

    @Test
    void eachChangeIsPublishedAtLeastOnceAndInOrderThroughKillsOfTheProcess(
            LocalBroker broker, TestTopics topics, PostgresDatabase database) throws Exception {
        int unused = duplicates(broker, topics, database, Map.of());
    }

    @Test
    void eachChangeIsPublishedExactlyOnceThroughKillsOfTheProcess(
            LocalBroker broker, TestTopics topics, PostgresDatabase database) throws Exception {
        assertThat(duplicates(broker, topics, database, Map.of("exactly.once.support", "required")))
                .as("seed %s", seed)
                .isZero();
    }

    /** Changes a table, kills the process, checks that nothing is lost and returns the number of duplicates. */
    private int duplicates(
            LocalBroker broker, TestTopics topics, PostgresDatabase database, Map<String, String> delivery)
            throws Exception {
        System.out.println("DebeziumKillTest, " + KILLS + " kills, seed " + seed + " " + delivery);
        database.execute(
                Changes.CREATE,
                "alter table accounts replica identity full", // a deletion has the version that it deletes
                "insert into accounts select id, 0 from generate_series(0, " + (ROWS - 1) + ") as id");
        String prefix = topics.unusedName("debezium-kill");
        String topic = Debezium.topic(prefix, "accounts");
        Map<String, String> properties = new HashMap<>(Debezium.properties(database, prefix, "accounts"));
        properties.put("slot.retry.delay.ms", "200");
        properties.putAll(delivery);
        Path offsets = folder.resolve("offsets");
        Debezium.publisher(broker.bootstrapServers(), properties).close(); // which creates the topic

        Process process = DebeziumChild.start(broker.bootstrapServers(), properties, offsets);
        try {
            awaitRecords(broker, topic, 1, process);
            process = killAndRestart(process, broker, properties, offsets);
            awaitTheEndOfTheSnapshot(
                    database,
                    process,
                    delivery.isEmpty()
                            ? () -> isBehindTheSnapshot(offsets)
                            : () -> records(topics, topic).stream()
                                    .anyMatch(record -> record.value() == null && id(record) == AFTER_SNAPSHOT));
            Changes changes = new Changes(database, ROWS, random);
            changes.start();
            try (changes) {
                for (int kill = 1; kill <= KILLS; kill++) {
                    awaitRecords(broker, topic, end(broker, topic) + 1 + random.nextInt(500), process);
                    process = killAndRestart(process, broker, properties, offsets);
                }
            }
            database.execute("insert into accounts values (" + END + ", 0)");
            Process last = process;
            await().atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() ->
                            !last.isAlive() || records(topics, topic).stream().anyMatch(record -> id(record) == END));
            return assertNothingIsLost(records(topics, topic), changes.history(), database);
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }

    private Process killAndRestart(Process process, LocalBroker broker, Map<String, String> properties, Path offsets)
            throws Exception {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(300)));
        assertThat(process.isAlive())
                .as(() -> "it has ended by itself: " + errors())
                .isTrue();
        process.destroyForcibly().onExit().join();
        return DebeziumChild.start(broker.bootstrapServers(), properties, offsets);
    }

    /** A process that is killed in its snapshot takes another one, and the changes before that are not published. */
    private void awaitTheEndOfTheSnapshot(PostgresDatabase database, Process process, Callable<Boolean> hasEnded) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    database.execute(
                            "insert into accounts values (" + AFTER_SNAPSHOT + ", 0)",
                            "delete from accounts where id = " + AFTER_SNAPSHOT);
                    assertThat(process.isAlive())
                            .as(() -> "it has ended by itself: " + errors())
                            .isTrue();
                    return hasEnded.call();
                });
    }

    private static boolean isBehindTheSnapshot(Path offsets) throws IOException {
        String stored = Files.exists(offsets) ? Files.readString(offsets) : "";
        return stored.contains("\"lsn\"") && !stored.contains("snapshot");
    }

    private String errors() {
        try {
            return Files.readString(folder.resolve("errors"));
        } catch (IOException e) {
            return "its errors cannot be read: " + e;
        }
    }

    private void awaitRecords(LocalBroker broker, String topic, long atLeast, Process process) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    assertThat(process.isAlive())
                            .as(() -> "it has ended by itself: " + errors())
                            .isTrue();
                    return end(broker, topic) >= atLeast;
                });
    }

    /** Returns the end offset of the topic's only partition. */
    private static long end(LocalBroker broker, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        }
    }

    private static List<ConsumerRecord<String, String>> records(TestTopics topics, String topic) {
        return topics.readAll(topic, new StringDeserializer(), new StringDeserializer());
    }

    private int assertNothingIsLost(
            List<ConsumerRecord<String, String>> records, Map<Integer, List<String>> history, PostgresDatabase database)
            throws Exception {
        Map<Integer, List<String>> published = new TreeMap<>();
        Map<Integer, Integer> state = new TreeMap<>();
        int changes = 0;
        for (ConsumerRecord<String, String> record : records) {
            int id = id(record);
            if (record.value() == null) {
                state.remove(id);
                continue;
            }
            JsonNode change = JSON.readTree(record.value());
            String op = change.get("op").asText();
            boolean deletes = op.equals("d");
            int version =
                    change.get(deletes ? "before" : "after").get("version").asInt();
            if (!deletes) {
                state.put(id, version);
            }
            if (id >= 0 && !op.equals("r")) {
                changes++;
                published.computeIfAbsent(id, none -> new ArrayList<>()).add((deletes ? "deleted " : "") + version);
            }
        }
        Map<Integer, List<String>> once = new TreeMap<>();
        published.forEach((id, versions) -> once.put(id, List.copyOf(new LinkedHashSet<>(versions))));
        int made = history.values().stream().mapToInt(List::size).sum();
        System.out.println("DebeziumKillTest, seed " + seed + ": " + made + " changes, " + (changes - made)
                + " duplicates of them");
        assertThat(once).as("seed %s", seed).isEqualTo(history);

        Map<Integer, Integer> table = new TreeMap<>();
        database.query("select id, version from accounts")
                .forEach(row -> table.put((Integer) row.get(0), (Integer) row.get(1)));
        assertThat(state).as("seed %s", seed).isEqualTo(table);
        return changes - made;
    }

    private static int id(ConsumerRecord<String, String> record) {
        try {
            return JSON.readTree(record.key()).get("id").asInt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
