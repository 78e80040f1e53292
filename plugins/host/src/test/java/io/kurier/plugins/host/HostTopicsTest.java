// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.StartException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostTopicsTest {
    private static Map<String, String> connector(String name, String topic, String... more) {
        Map<String, String> properties = new Script().properties(more);
        properties.put("name", name);
        properties.put("topic", topic);
        return properties;
    }

    @Test
    void declaresATopicAsTheConnectorDoes() {
        assertThat(HostTopics.declare(List.of(connector(
                        "a",
                        "orders",
                        "topic.creation.default.partitions",
                        "3",
                        "topic.creation.default.replication.factor",
                        "-1",
                        "topic.creation.default.cleanup.policy",
                        "compact"))))
                .containsOnly(
                        Map.entry("topics", "orders"),
                        Map.entry("topics.orders.partitions", "3"),
                        Map.entry("topics.orders.config.cleanup.policy", "compact"),
                        Map.entry("topics.orders.value.serializer", "text"));
    }

    @Test
    void takesTheSerializerThatIsNamedBeforeTheConnectorsDefault() {
        assertThat(HostTopics.declare(List.of(connector("a", "orders", "value.serializer", "json"))))
                .containsEntry("topics.orders.value.serializer", "json");
    }

    @Test
    void letsConnectorsShareATopicThatOneOfThemDescribes() {
        assertThat(HostTopics.declare(List.of(
                        connector("a", "orders"),
                        connector("b", "orders", "topic.creation.default.partitions", "3"),
                        connector("c", "clicks"))))
                .containsEntry("topics", "orders,clicks")
                .containsEntry("topics.orders.partitions", "3");
    }

    @Test
    void refusesConnectorsThatContradictEachOther() {
        assertThatThrownBy(() -> HostTopics.declare(List.of(
                        connector("a", "orders", "topic.creation.default.partitions", "3"),
                        connector("b", "orders", "topic.creation.default.partitions", "4"))))
                .isInstanceOf(StartException.class)
                .hasMessage("connectors a and b: they share a topic and differ in topics.orders.partitions: 3 and 4."
                        + " Set both to the same, or give each connector a topic of its own.");
    }

    @Test
    void namesTheKeyOfANumberThatIsNone() {
        assertThatThrownBy(() -> HostTopics.declare(
                        List.of(connector("a", "orders", "topic.creation.default.partitions", "many"))))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("connector a, topic.creation.default.partitions: \"many\" is neither");
    }

    @Test
    void asksForTheSerializerThatAForeignConnectorDoesNotName() {
        Map<String, String> foreign =
                Map.of("name", "jdbc", "connector.class", "ForeignSourceConnector", "topic", "rows");
        assertThatThrownBy(() -> HostTopics.declare(List.of(foreign)))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("connector jdbc, value.serializer: missing");
    }

    @Test
    void declaresNothingForAConnectorThatNamesNoTopic() {
        Map<String, String> properties = connector("a", "x");
        properties.remove("topic");
        assertThat(HostTopics.declare(List.of(properties))).isEmpty();
    }
}
