// SPDX-License-Identifier: Apache-2.0
package io.kurier.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.Publisher;
import io.kurier.broker.LocalBroker;
import io.kurier.plugins.host.ConnectorHost;
import io.kurier.plugins.host.ConnectorStatus.State;
import io.kurier.plugins.host.OffsetStorage;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Debezium's connector for PostgreSQL publishes the changes of a table through the host, as JSON. */
@WithKafka
@WithPostgres
@Timeout(240)
class DebeziumOnHostTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String ORDERS = "create table orders (id int primary key, customer text, total int)";

    @TempDir
    private Path folder;

    @Test
    void publishesASnapshotAndEachChangeInOrderAndGoesOnAfterARestart(
            LocalBroker broker, TestTopics topics, PostgresDatabase database) throws Exception {
        Path file = folder.resolve("offsets");
        goesOnAfterARestart(() -> OffsetStorage.inFile(file), broker, topics, database);
    }

    @Test
    void goesOnAfterARestartWithOffsetsInATopic(LocalBroker broker, TestTopics topics, PostgresDatabase database)
            throws Exception {
        String topic = topics.unusedName("offsets");
        Map<String, String> config = Map.of("bootstrap.servers", broker.bootstrapServers());
        goesOnAfterARestart(() -> OffsetStorage.inTopic(topic, config), broker, topics, database);
    }

    @Test
    void publishesRowsWithDebeziumsTransformation(LocalBroker broker, TestTopics topics, PostgresDatabase database)
            throws Exception {
        database.execute(ORDERS, "insert into orders values (1, 'ada', 10)");
        String prefix = topics.unusedName("debezium");
        Map<String, String> properties = Debezium.properties(database, prefix, "orders");
        properties.put("transforms", "unwrap");
        properties.put("transforms.unwrap.type", "io.debezium.transforms.ExtractNewRecordState");
        try (Publisher publisher = Debezium.publisher(broker.bootstrapServers(), properties);
                ConnectorHost host = Debezium.host(publisher, OffsetStorage.inMemory(), properties)) {
            Debezium.awaitRecords(host, 1);
            database.execute("update orders set total = 11", "delete from orders");
            Debezium.awaitRecords(host, 3);
        }
        assertThat(topics.readAll(Debezium.topic(prefix, "orders"), new StringDeserializer(), new StringDeserializer()))
                .extracting(ConsumerRecord::value)
                .containsExactly(
                        "{\"id\":1,\"customer\":\"ada\",\"total\":10}",
                        "{\"id\":1,\"customer\":\"ada\",\"total\":11}",
                        "null"); // as JsonConverter writes a null with a schema, on a worker too
    }

    @Test
    void publishesHeartbeatsToTheirTopicOnceItIsDeclared(
            LocalBroker broker, TestTopics topics, PostgresDatabase database) throws Exception {
        database.execute(ORDERS, "insert into orders values (1, 'ada', 10)");
        String prefix = topics.unusedName("debezium");
        String heartbeats = "__debezium-heartbeat." + prefix;
        Map<String, String> properties = Debezium.properties(database, prefix, "orders");
        properties.put("heartbeat.interval.ms", "100");
        try (Publisher publisher = Debezium.publisher(broker.bootstrapServers(), properties);
                ConnectorHost host = Debezium.host(publisher, OffsetStorage.inMemory(), properties)) {
            await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
                assertThat(Debezium.task(host).state()).isEqualTo(State.FAILED);
                assertThat(Debezium.task(host).lastError()).contains(heartbeats);
            });
        }
        properties.put("topic.creation.groups", "tables,heartbeats");
        properties.put("topic.creation.heartbeats.include", heartbeats);
        try (Publisher publisher = Debezium.publisher(broker.bootstrapServers(), properties);
                ConnectorHost host = Debezium.host(publisher, OffsetStorage.inMemory(), properties)) {
            Debezium.awaitRecords(host, 3);
        }
        assertThat(topics.readAll(heartbeats)).isNotEmpty();
    }

    private void goesOnAfterARestart(
            Supplier<OffsetStorage> offsets, LocalBroker broker, TestTopics topics, PostgresDatabase database)
            throws Exception {
        database.execute(ORDERS, "insert into orders values (1, 'ada', 10), (2, 'ben', 20), (3, 'cy', 30)");
        String prefix = topics.unusedName("debezium");
        Map<String, String> properties = Debezium.properties(database, prefix, "orders");
        try (Publisher publisher = Debezium.publisher(broker.bootstrapServers(), properties)) {
            try (ConnectorHost host = Debezium.host(publisher, offsets.get(), properties)) {
                Debezium.awaitRecords(host, 3);
                String beforeTheChanges = positionInTheLog(database);
                database.execute(
                        "insert into orders values (4, 'di', 40)",
                        "update orders set total = 11 where id = 1",
                        "update orders set total = 12 where id = 1",
                        "delete from orders where id = 2");
                Debezium.awaitRecords(host, 8);
                awaitConfirmedBehind(beforeTheChanges, database);
            }
            database.execute("insert into orders values (5, 'ed', 50)");
            try (ConnectorHost host = Debezium.host(publisher, offsets.get(), properties)) {
                Debezium.awaitRecords(host, 1);
            }
        }
        Map<String, List<String>> byKey = changes(topics, Debezium.topic(prefix, "orders"));
        assertThat(byKey)
                .isEqualTo(Map.of(
                        "1", List.of("r ada 10", "u ada 11", "u ada 12"),
                        "2", List.of("r ben 20", "d", "tombstone"),
                        "3", List.of("r cy 30"),
                        "4", List.of("c di 40"),
                        "5", List.of("c ed 50")));
    }

    private static String positionInTheLog(PostgresDatabase database) throws SQLException {
        return String.valueOf(
                database.query("select pg_current_wal_lsn()::text").get(0).get(0));
    }

    /** PostgreSQL may delete its log up to where the slot has confirmed it: that is what the host has stored. */
    private static void awaitConfirmedBehind(String position, PostgresDatabase database) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(database.query("select 1 from pg_replication_slots where slot_name = '"
                                + database.name() + "' and confirmed_flush_lsn > '" + position + "'"))
                        .isNotEmpty());
    }

    private static Map<String, List<String>> changes(TestTopics topics, String topic) throws Exception {
        Map<String, List<String>> byKey = new LinkedHashMap<>();
        for (ConsumerRecord<String, String> record :
                topics.readAll(topic, new StringDeserializer(), new StringDeserializer())) {
            byKey.computeIfAbsent(JSON.readTree(record.key()).get("id").asText(), key -> new ArrayList<>())
                    .add(change(record.value()));
        }
        return byKey;
    }

    private static String change(String value) throws Exception {
        if (value == null) {
            return "tombstone";
        }
        JsonNode change = JSON.readTree(value);
        JsonNode after = change.get("after");
        String op = change.get("op").asText();
        return after.isNull() ? op : op + " " + after.get("customer").asText() + " " + after.get("total");
    }
}
