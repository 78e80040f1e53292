// SPDX-License-Identifier: Apache-2.0
package com.example.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.broker.LocalBroker;
import io.kurier.debezium.PostgresDatabase;
import io.kurier.debezium.WithPostgres;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@WithKafka
@WithPostgres
@Timeout(240)
class DatabaseToKafkaTest {

    @TempDir
    private Path folder;

    @Test
    void publishesWhatIsInTheTableAndThenEachChange(LocalBroker broker, TestTopics topics, PostgresDatabase database)
            throws Exception {
        database.execute(
                "create table orders (id int primary key, customer text, total numeric(10, 2))",
                "insert into orders values (1, 'ada', 12.50)");
        try (DatabaseToKafka running = start(broker, database)) {
            awaitRecords(running, 1);
            database.execute("update orders set total = 13.00 where id = 1");
            awaitRecords(running, 2);
        }
        database.execute("delete from orders where id = 1"); // while it does not run
        try (DatabaseToKafka running = start(broker, database)) {
            awaitRecords(running, 2);
        }

        List<ConsumerRecord<String, String>> records =
                topics.readAll("shop.public.orders", new StringDeserializer(), new StringDeserializer());
        assertThat(records).extracting(ConsumerRecord::key).containsOnly("{\"id\":1}");
        assertThat(records)
                .extracting(ConsumerRecord::value)
                .satisfiesExactly(
                        snapshot -> assertThat(snapshot).contains("\"op\":\"r\"", "\"total\":\"12.50\""),
                        update -> assertThat(update).contains("\"op\":\"u\"", "\"total\":\"13.00\""),
                        delete -> assertThat(delete).contains("\"op\":\"d\"", "\"after\":null"),
                        tombstone -> assertThat(tombstone).isNull());
    }

    private DatabaseToKafka start(LocalBroker broker, PostgresDatabase database) throws Exception {
        return DatabaseToKafka.start(
                broker.bootstrapServers(), database.connectorProperties(), folder.resolve("offsets"));
    }

    private static void awaitRecords(DatabaseToKafka running, long atLeast) {
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(running.status().tasks().get(0).records())
                        .as("%s", running.status())
                        .isGreaterThanOrEqualTo(atLeast));
    }
}
