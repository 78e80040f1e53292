// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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

    private static Map<String, String> foreign(String... more) {
        Map<String, String> properties = new Script().properties(more);
        properties.putAll(Map.of("name", "f", "connector.class", "ForeignSourceConnector"));
        properties.remove(FakeConnector.SCRIPT);
        return properties;
    }

    private static List<String> problemsOf(Map<String, String> properties) {
        StartException refused =
                catchThrowableOfType(StartException.class, () -> HostTopics.declare(List.of(properties)));
        assertThat(refused).isNotNull();
        return refused.problems();
    }

    @Test
    void declaresBytesForAConnectorWithoutADefault() {
        assertThat(HostTopics.declare(List.of(foreign("topic", "rows"))))
                .containsOnly(
                        Map.entry("topics", "rows"),
                        Map.entry("topics.rows.key.serializer", "bytes"),
                        Map.entry("topics.rows.value.serializer", "bytes"));
        assertThat(HostTopics.declare(
                        List.of(foreign("topic", "rows", "value.serializer", "json", "key.serializer", "long"))))
                .containsEntry("topics.rows.key.serializer", "long")
                .containsEntry("topics.rows.value.serializer", "json");
    }

    @Test
    void declaresBytesForWhatAConverterMakes() {
        assertThat(HostTopics.declare(List.of(connector("a", "t", "value.converter", "JsonConverter"))))
                .containsEntry("topics.t.value.serializer", "bytes")
                .doesNotContainKey("topics.t.key.serializer");
        assertThat(HostTopics.declare(List.of(connector("a", "t", "key.converter", "StringConverter"))))
                .containsEntry("topics.t.value.serializer", "text")
                .containsEntry("topics.t.key.serializer", "bytes");
    }

    @Test
    void refusesASerializerBesideAConverter() {
        assertThat(problemsOf(connector("a", "t", "value.converter", "JsonConverter", "value.serializer", "json")))
                .containsExactly("connector a, value.serializer: \"json\", and value.converter is set too, which makes"
                        + " bytes. Remove one of the two.");
    }

    @Test
    void takesTheFirstGroupThatATopicMatches() {
        Map<String, String> properties = connector(
                "a", "orders.eu",
                "topic.creation.groups", "compact, regional",
                "topic.creation.compact.include", "orders.*",
                "topic.creation.compact.exclude", ".*\\.eu",
                "topic.creation.compact.cleanup.policy", "compact",
                "topic.creation.regional.include", "clicks\\..*,orders\\..*",
                "topic.creation.regional.partitions", "12",
                "topic.creation.default.partitions", "3",
                "topic.creation.default.replication.factor", "2",
                "topic.creation.default.retention.ms", "1000");
        assertThat(HostTopics.declare(List.of(properties)))
                .containsEntry("topics.orders.eu.partitions", "12")
                .containsEntry("topics.orders.eu.replication.factor", "2")
                .doesNotContainKeys("topics.orders.eu.config.cleanup.policy", "topics.orders.eu.config.retention.ms");
        properties.put("topic", "orders.us");
        assertThat(HostTopics.declare(List.of(properties)))
                .containsEntry("topics.orders.us.partitions", "3")
                .containsEntry("topics.orders.us.config.cleanup.policy", "compact");
    }

    @Test
    void declaresTheTopicsThatAGroupNames() {
        assertThat(HostTopics.declare(List.of(foreign(
                        "topic.creation.groups", "beats",
                        "topic.creation.beats.include", "heartbeats, backup[.].*",
                        "topic.creation.beats.partitions", "-1",
                        "topic.creation.default.partitions", "3"))))
                .containsOnly(
                        Map.entry("topics", "heartbeats"),
                        Map.entry("topics.heartbeats.key.serializer", "bytes"),
                        Map.entry("topics.heartbeats.value.serializer", "bytes"));
    }

    @Test
    void namesEachKeyOfAGroupThatIsWrong() {
        assertThat(problemsOf(connector(
                        "a", "t",
                        "topic.creation.groups", "x,y,x",
                        "topic.creation.x.include", "(",
                        "topic.creation.x.replication.factor", "0",
                        "topic.creation.z.partitions", "1",
                        "topic.creation.group", "x",
                        "topic.creation.default.include", ".*")))
                .containsExactlyInAnyOrder(
                        "connector a, topic.creation.groups: it has x twice. Give each a name of its own.",
                        "connector a, topic.creation.x.include: \"(\" is no regular expression: Unclosed group. Commas"
                                + " separate entries.",
                        "connector a, topic.creation.x.replication.factor: \"0\" is neither a whole number of at least 1"
                                + " nor -1, the broker's default.",
                        "connector a, topic.creation.y.include: missing. Set it to the topics of the group, as regular"
                                + " expressions.",
                        "connector a, topic.creation.z.partitions: \"z\" is not in topic.creation.groups. Did you mean"
                                + " x?",
                        "connector a, topic.creation.group: \"group\" is not in topic.creation.groups. Did you mean"
                                + " groups?",
                        "connector a, topic.creation.default.include: the group default is for all topics of no other"
                                + " group. Remove the key.");
    }

    @Test
    void declaresTheTopicOfDeadLettersIfErrorsAreTolerated() {
        Map<String, String> properties = connector(
                "a", "t",
                "errors.deadletterqueue.topic.name", "dead",
                "topic.creation.default.cleanup.policy", "compact");
        assertThat(HostTopics.declare(List.of(properties))).containsEntry("topics", "t");
        properties.put("errors.tolerance", "all");
        assertThat(HostTopics.declare(List.of(properties)))
                .containsEntry("topics", "t,dead")
                .containsEntry("topics.dead.key.serializer", "bytes")
                .containsEntry("topics.dead.value.serializer", "bytes")
                .doesNotContainKey("topics.dead.config.cleanup.policy");
        properties.putAll(Map.of(
                "topic.creation.groups", "rejected",
                "topic.creation.rejected.include", "dead",
                "topic.creation.rejected.replication.factor", "3"));
        assertThat(HostTopics.declare(List.of(properties))).containsEntry("topics.dead.replication.factor", "3");
    }

    @Test
    void refusesDeadLettersInTheTopicOfTheRecords() {
        assertThat(problemsOf(connector("a", "t", "errors.tolerance", "all", "errors.deadletterqueue.topic.name", "t")))
                .contains("connector a, errors.deadletterqueue.topic.name: t is the topic of its records too. Choose"
                        + " another.");
    }

    @Test
    void setsWhatAConnectorOverridesForThePublishersProducer() {
        Map<String, String> other = foreign("topic", "u", "producer.override.linger.ms", "5");
        assertThat(HostTopics.declare(List.of(
                        connector("a", "t", "producer.override.linger.ms", "5", "producer.override.batch.size", "9"),
                        other)))
                .containsEntry("producer.linger.ms", "5")
                .containsEntry("producer.batch.size", "9");
        other.put("producer.override.linger.ms", "6");
        assertThatThrownBy(() ->
                        HostTopics.declare(List.of(connector("a", "t", "producer.override.linger.ms", "5"), other)))
                .hasMessage("connectors a and f: they share the publisher's producer and differ in"
                        + " producer.linger.ms: 5 and 6. Set both to the same.");
    }

    @Test
    void refusesToOverrideWhatIsNotOneConnectorsToSay() {
        String connection = "all connectors share the publisher's connection. Remove the key; the publisher's"
                + " configuration has ";
        String guarantees = "the publisher sets it itself, since its guarantees depend on it. Remove the key.";
        assertThat(problemsOf(connector(
                        "a", "t",
                        "producer.override.bootstrap.servers", "other:9092",
                        "producer.override.sasl.jaas.config", "s3cret",
                        "producer.override.acks", "1",
                        "producer.override.transactional.id", "x",
                        "producer.override.lingr.ms", "5")))
                .containsExactlyInAnyOrder(
                        "connector a, producer.override.bootstrap.servers: " + connection + "bootstrap.servers.",
                        "connector a, producer.override.sasl.jaas.config: " + connection + "sasl.jaas.config.",
                        "connector a, producer.override.acks: " + guarantees,
                        "connector a, producer.override.transactional.id: " + guarantees,
                        "connector a, producer.override.lingr.ms: Kafka's producer has no such key. Did you mean"
                                + " producer.override.linger.ms?");
    }

    @Test
    void declaresNothingForAConnectorThatNamesNoTopic() {
        Map<String, String> properties = connector("a", "x");
        properties.remove("topic");
        assertThat(HostTopics.declare(List.of(properties))).isEmpty();
    }

    @Test
    void declaresTheTopicOfDeadLettersWithConnectsKeyForItsReplicationFactor() {
        assertThat(HostTopics.declare(List.of(
                        connector(
                                "a",
                                "orders",
                                "errors.tolerance",
                                "all",
                                "errors.deadletterqueue.topic.name",
                                "dead",
                                "errors.deadletterqueue.topic.replication.factor",
                                "1"),
                        connector(
                                "b",
                                "clicks",
                                "errors.tolerance",
                                "all",
                                "errors.deadletterqueue.topic.name",
                                "dead"))))
                .containsEntry("topics", "orders,dead,clicks")
                .containsEntry("topics.dead.key.serializer", "bytes")
                .containsEntry("topics.dead.value.serializer", "bytes")
                .containsEntry("topics.dead.replication.factor", "1");
    }
}
