// SPDX-License-Identifier: Apache-2.0
package io.kurier.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.Publisher;
import io.kurier.core.Kurier;
import io.kurier.core.config.ResolvedKey;
import io.kurier.plugins.host.ConnectorHost;
import io.kurier.plugins.host.ConnectorStatus.TaskStatus;
import io.kurier.plugins.host.HostListener;
import io.kurier.plugins.host.HostTopics;
import io.kurier.plugins.host.OffsetStorage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the tests have in common: Debezium's connector from its folder, on the host. */
final class Debezium {
    /** Made by the build. */
    static final String PLUGIN_PATH = "target/plugins";

    static final String CONNECTOR = "shop";

    private static final Duration LONG = Duration.ofSeconds(90);

    private Debezium() {}

    /**
     * Returns the properties of a connector that publishes changes of tables as JSON.
     *
     * @param prefix the beginning of the topics' names, which no other test has
     * @param tables the tables in the schema {@code public}; the topic of each is declared with one partition
     */
    static Map<String, String> properties(PostgresDatabase database, String prefix, String... tables) {
        List<String> names = List.of(tables);
        Map<String, String> properties = new HashMap<>(database.connectorProperties());
        properties.putAll(Map.of(
                "name",
                CONNECTOR,
                "connector.class",
                "io.debezium.connector.postgresql.PostgresConnector",
                "plugin.name",
                "pgoutput",
                "topic.prefix",
                prefix,
                "slot.name",
                database.name(),
                "table.include.list",
                String.join(",", names.stream().map("public."::concat).toList()),
                "poll.interval.ms",
                "50"));
        properties.putAll(Map.of(
                "topic.creation.groups", "tables",
                "topic.creation.tables.include",
                        String.join(
                                ",",
                                names.stream()
                                        .map(table -> topic(prefix, table))
                                        .toList()),
                "topic.creation.tables.partitions", "1",
                "key.converter", "JsonConverter",
                "key.converter.schemas.enable", "false",
                "value.converter", "JsonConverter",
                "value.converter.schemas.enable", "false"));
        return properties;
    }

    /** Returns the name that Debezium gives to the topic of a table. */
    static String topic(String prefix, String table) {
        return prefix + ".public." + table;
    }

    static Publisher publisher(String bootstrapServers, Map<String, String> properties) {
        Map<String, String> config = new HashMap<>();
        config.putAll(HostTopics.declare(List.of(properties), PLUGIN_PATH));
        config.put("bootstrap.servers", bootstrapServers);
        config.put("topics.management", "create");
        if (properties.containsKey("exactly.once.support")) {
            config.put("application.id", properties.get("topic.prefix"));
        }
        return Kurier.start(config);
    }

    static ConnectorHost host(Publisher publisher, OffsetStorage offsets, Map<String, String> properties) {
        return host(publisher, offsets, properties, new HostListener() {});
    }

    static ConnectorHost host(
            Publisher publisher, OffsetStorage offsets, Map<String, String> properties, HostListener listener) {
        return ConnectorHost.builder(publisher)
                .connector(properties)
                .pluginPath(PLUGIN_PATH)
                .offsets(offsets)
                .offsetFlushInterval(Duration.ofMillis(100))
                .listener(listener)
                .start();
    }

    /** Returns the keys that a start would use; it connects to the database as a start does. */
    static List<String> check(Map<String, String> properties) {
        return ConnectorHost.check(List.of(properties), PLUGIN_PATH).stream()
                .map(ResolvedKey::key)
                .toList();
    }

    static TaskStatus task(ConnectorHost host) {
        return host.status(CONNECTOR).tasks().get(0);
    }

    /** Waits until the host has stored at least as many records since its start. */
    static void awaitRecords(ConnectorHost host, long atLeast) {
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(task(host).records()).as("%s", task(host)).isGreaterThanOrEqualTo(atLeast));
    }
}
