// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.connect.source.SourceConnector;
import org.example.connect.ForeignSourceConnector;
import org.junit.jupiter.api.Test;

class ConnectorKeysTest {

    private static List<String> problems(Class<? extends SourceConnector> type, String... more) {
        List<String> problems = new ArrayList<>();
        ConnectorSettings settings = Settings.of(more);
        ConnectorKeys.check(settings, type, Set.of("topic", "connection.url"), problems);
        return problems;
    }

    private static List<String> ofKurier(String... more) {
        return problems(FakeConnector.class, more);
    }

    private static List<String> ofOthers(String... more) {
        return problems(ForeignSourceConnector.class, more);
    }

    @Test
    void takesEveryKeyOfASourceConnectorOnAWorker() {
        assertThat(ofKurier(
                        "connector.plugin.version", "1.0",
                        "tasks.max", "1",
                        "tasks.max.enforce", "false",
                        "config.action.reload", "none",
                        "key.converter", "x",
                        "key.converter.plugin.version", "1.0",
                        "value.converter.any", "x",
                        "header.converter", "x",
                        "transforms", "a",
                        "transforms.a.type", "x",
                        "predicates.p.type", "x",
                        "errors.retry.timeout", "1",
                        "errors.retry.delay.max.ms", "1",
                        "errors.tolerance", "none",
                        "errors.log.enable", "true",
                        "errors.log.include.messages", "true",
                        "topic.creation.groups", "g",
                        "topic.creation.g.include", ".*",
                        "exactly.once.support", "REQUESTED",
                        "transaction.boundary", "interval",
                        "transaction.boundary.interval.ms", "5",
                        "offsets.storage.topic", "x",
                        "producer.override.linger.ms", "1",
                        "consumer.override.max.poll.records", "1",
                        "admin.override.client.id", "x",
                        "topic", "t"))
                .isEmpty();
    }

    @Test
    void suggestsTheKeyThatWasProbablyMeant() {
        assertThat(ofKurier(
                        "conection.url", "x",
                        "errors.tolerence", "all",
                        "restart.max.attempt", "3",
                        "transform", "a",
                        "transform.a.type", "x",
                        "value.convertor.schemas.enable", "x",
                        "producer.overide.linger.ms", "x",
                        "nothing.like.it", "x"))
                .containsExactly(
                        "connector c, conection.url: unknown key. Did you mean connection.url?",
                        "connector c, errors.tolerence: unknown key. Did you mean errors.tolerance?",
                        "connector c, nothing.like.it: unknown key.",
                        "connector c, producer.overide.linger.ms: unknown key. Did you mean"
                                + " producer.override.linger.ms?",
                        "connector c, restart.max.attempt: unknown key. Did you mean restart.max.attempts?",
                        "connector c, transform: unknown key. Did you mean transforms?",
                        "connector c, transform.a.type: unknown key. Did you mean transforms.a.type?",
                        "connector c, value.convertor.schemas.enable: unknown key. Did you mean"
                                + " value.converter.schemas.enable?");
    }

    @Test
    void refusesWhatAnotherConnectorDoesNotDeclareEither() {
        assertThat(ofOthers("connection.urls", "x", "dialect", "x"))
                .containsExactly(
                        "connector c, connection.urls: unknown key. Did you mean connection.url? If the connector reads"
                                + " the key nevertheless, list it in undeclared.keys.",
                        "connector c, dialect: unknown key. If the connector reads the key nevertheless, list it in"
                                + " undeclared.keys.");
    }

    @Test
    void takesTheUndeclaredKeysThatAreListed() {
        assertThat(ofOthers(
                        "undeclared.keys", "dialect, source.cluster.*",
                        "dialect", "x",
                        "source.cluster.bootstrap.servers", "x",
                        "source.cluster", "x",
                        "dialects", "x"))
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith("connector c, source.cluster: unknown key."))
                .anyMatch(problem -> problem.startsWith("connector c, dialects: unknown key."));
    }

    @Test
    void refusesAListThatWouldAllowEveryTypo() {
        assertThat(ofOthers("undeclared.keys", "*, a*, .*, *.b, ok.*"))
                .hasSize(4)
                .contains("connector c, undeclared.keys: \"*\" is neither a key nor the beginning of keys, such as"
                        + " source.cluster.*, with the asterisk after the last point.");
    }

    @Test
    void tellsThatAKeyIsForSinkConnectors() {
        assertThat(ofOthers("topics", "t", "errors.deadletterqueue.context.headers.enable", "true"))
                .containsExactly(
                        "connector c, errors.deadletterqueue.context.headers.enable: a key of sink connectors, and this"
                                + " host runs source connectors. Remove it; errors.deadletterqueue.topic.name and"
                                + " errors.deadletterqueue.file are the keys of dead letters here.",
                        "connector c, topics: a key of sink connectors, and this host runs source connectors. Remove it,"
                                + " or name the topic in the connector's own key.");
    }

    @Test
    void takesAKeyOfSinkConnectorsThatTheConnectorDeclares() {
        List<String> problems = new ArrayList<>();
        ConnectorKeys.check(Settings.of("topics", ".*"), ForeignSourceConnector.class, Set.of("topics"), problems);
        assertThat(problems).isEmpty();
    }
}
