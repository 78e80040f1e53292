// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.StartException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is wrong is reported at the start, all of it at once, with the connector and the key; nothing is published. */
@Timeout(60)
class StartTest {
    private final FakePublisher publisher = new FakePublisher();
    private final Script script = new Script();

    private AbstractThrowableAssert<?, ?> assertRefused(List<Map<String, String>> connectors) {
        return assertThatThrownBy(() -> ConnectorHost.start(publisher, connectors, HostListener.NONE))
                .isInstanceOf(StartException.class);
    }

    private AbstractThrowableAssert<?, ?> assertRefused(Map<String, String> connector) {
        return assertRefused(List.of(connector));
    }

    private AbstractThrowableAssert<?, ?> assertRefused(String key, String value) {
        return assertRefused(script.properties(key, value));
    }

    private static Map<String, String> foreign(String... more) {
        Map<String, String> properties = new Script().properties(more);
        properties.remove(FakeConnector.SCRIPT);
        properties.put("connector.class", "org.example.connect.ForeignSourceConnector");
        return properties;
    }

    @Test
    void refusesTasksMaxThatIsNoNumberOfAtLeastOne() {
        for (String value : List.of("many", "0", "-1", "", "1.5", "99999999999")) {
            assertRefused("tasks.max", value)
                    .hasMessage("connector " + script.name + ", tasks.max: \"" + value
                            + "\" is not a whole number of at least 1.");
        }
    }

    @Test
    void refusesAConnectorWithoutAName() {
        assertRefused(Map.of("connector.class", "FakeConnector"))
                .hasMessage(
                        "connector number 1 (FakeConnector), name: missing. Give each connector a name of its own.");
    }

    @Test
    void refusesAConnectorWithoutAClass() {
        assertRefused(Map.of("name", "web-log"))
                .hasMessage("connector web-log, connector.class: missing."
                        + " Set it to the name of the connector's class.");
    }

    /** Names are data: a line end in one must not forge a line of a log, nor an escape sequence reach a terminal. */
    @Test
    void showsForeignTextWithoutItsControlCharacters() {
        String evil = "evil\n  2. all is well\u001b[2J";
        for (String key : List.of("name", "connector.class", "tasks.max", "errors.tolerance", evil)) {
            assertRefused(key, evil)
                    .satisfies(refused -> assertThat(refused.getMessage())
                            .contains("evil\\n  2. all is well\\u001b[2J")
                            .doesNotContain("\n", "\u001b"));
        }
    }

    @Test
    void refusesTwoConnectorsOfOneName() {
        assertRefused(List.of(script.properties(), script.properties()))
                .hasMessage(
                        "connector " + script.name + ", name: two connectors have it. Give each a name of its own.");
    }

    @Test
    void refusesATolerationThatConnectDoesNotKnow() {
        assertRefused("errors.tolerance", "some")
                .hasMessageContaining("errors.tolerance: \"some\" is neither none nor all.");
    }

    @Test
    void suggestsTheConnectorThatWasProbablyMeant() {
        assertRefused("connector.class", "io.kurier.plugins.host.FakeConector")
                .hasMessageContaining("Did you mean " + FakeConnector.class.getName() + "?")
                .hasMessageContaining("connector " + script.name + ", connector.class");
    }

    @Test
    void tellsOfAConnectorThatIsThereAndCannotBeMade() {
        assertRefused("connector.class", "BrokenConnector")
                .hasMessageContaining("the constructor of io.kurier.plugins.host.StartTest$BrokenConnector failed")
                .hasMessageContaining("no licence");
    }

    @Test
    void keepsSecretsOutOfItsOwnRecords() {
        List<String> problems = new ArrayList<>();
        List<ConnectorSettings> settings =
                ConnectorSettings.read(List.of(script.properties("password", "s3cret")), problems);
        TaskContext context = new TaskContext(
                settings.get(0).properties(),
                new OffsetStore("c", new OffsetWriter(OffsetStorage.inMemory(), Duration.ofSeconds(1)), Map.of()),
                new ContextMetrics(new Metrics(), Map.of()),
                null);
        assertThat(settings + " " + context + problems).doesNotContain("s3cret");
    }

    @Test
    void takesTheSimpleNameOfAConnectorAndItsAlias() {
        for (String alias : List.of("FakeConnector", "Fake")) {
            assertThatNoException()
                    .isThrownBy(() -> ConnectorHost.start(
                                    publisher, List.of(script.properties("connector.class", alias)), HostListener.NONE)
                            .close());
        }
    }

    @Test
    void refusesAKeyThatAKurierConnectorDoesNotKnow() {
        assertRefused("topik", "t")
                .hasMessage("connector " + script.name + ", topik: unknown key. Did you mean topic?");
        assertRefused("errors.tolerence", "all").hasMessageEndingWith("Did you mean errors.tolerance?");
    }

    @Test
    void refusesAKeyThatAForeignConnectorDoesNotDeclare() {
        assertRefused(foreign("topik", "t"))
                .hasMessageContaining("topik: unknown key. Did you mean topic? If the connector reads the key"
                        + " nevertheless, list it in undeclared.keys.");
        assertRefused(foreign("connection.url", "jdbc:x")).hasMessageContaining("connection.url: unknown key. If");
    }

    @Test
    void takesAKeyThatIsListedAsUndeclared() {
        Map<String, String> properties = foreign(
                "connection.url", "jdbc:x",
                "source.cluster.bootstrap.servers", "127.0.0.1:1",
                "undeclared.keys", "connection.url, source.cluster.*");
        assertThatNoException()
                .isThrownBy(() -> ConnectorHost.start(publisher, List.of(properties), HostListener.NONE)
                        .close());
    }

    @Test
    void takesTheKeysOfAWorker() {
        assertThatNoException()
                .isThrownBy(() -> ConnectorHost.start(
                                publisher,
                                List.of(script.properties(
                                        "value.converter", "org.apache.kafka.connect.json.JsonConverter",
                                        "value.converter.schemas.enable", "false",
                                        "producer.override.linger.ms", "5",
                                        "topic.creation.default.partitions", "3",
                                        "errors.log.enable", "true",
                                        "exactly.once.support", "requested")),
                                HostListener.NONE)
                        .close());
    }

    @Test
    void refusesExactlyOnceOfAConnectorThatDoesNotSupportIt() {
        assertRefused("exactly.once.support", "required")
                .hasMessageContaining(
                        "exactly.once.support: io.kurier.plugins.host.FakeConnector does not say whether it"
                                + " can publish exactly once. Remove the key, and records are published at least once.");
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        assertThatThrownBy(() -> ConnectorHost.start(
                        publisher,
                        List.of(
                                Map.of("name", "a", "connector.class", "Nothing"),
                                Map.of("name", "b"),
                                script.properties("topik", "t", "tasks.max", "x")),
                        HostListener.NONE))
                .isInstanceOfSatisfying(
                        StartException.class,
                        e -> assertThat(e.problems())
                                .hasSize(4)
                                .anyMatch(problem -> problem.startsWith("connector a, connector.class: "))
                                .anyMatch(problem -> problem.startsWith("connector b, connector.class: "))
                                .anyMatch(problem -> problem.startsWith("connector " + script.name + ", topik: "))
                                .anyMatch(problem -> problem.startsWith("connector " + script.name + ", tasks.max: ")));
    }

    @Test
    void namesTheConnectorThatDoesNotStartAndDoesNotStopIt() {
        script.onConnectorStart = () -> {
            throw new ConfigException("no route to the source");
        };
        assertRefused(script.properties())
                .hasMessage("connector " + script.name
                        + ": io.kurier.plugins.host.FakeConnector failed in start(): no route to the source");
        assertThat(script.calls).doesNotContain("stop");
    }

    @Test
    void stopsWhatHadStartedWhenAnotherConnectorFailsAndPublishesNothing() {
        Script sound = new Script();
        sound.poll = Script.batches(List.of("a"));
        script.onTaskConfigs = () -> {
            throw new ConnectException("no tables");
        };
        assertRefused(List.of(sound.properties(), script.properties()))
                .hasMessageContaining(script.name)
                .hasMessageEndingWith("failed in taskConfigs(): no tables");
        assertThat(sound.calls).endsWith("stop").doesNotContain("task 0 initialize");
        assertThat(script.calls).endsWith("stop");
        assertThat(publisher.published).isEmpty();
    }

    @Test
    void refusesMoreTasksThanAreAllowed() {
        script.tasks = 3;
        assertRefused("tasks.max", "2")
                .hasMessage("connector " + script.name
                        + ", tasks.max: the connector made 3 tasks, and 2 are allowed. Raise tasks.max.");
    }

    @Test
    void refusesATaskThatIsNoSourceTask() {
        script.taskClass = SinkLike.class;
        assertRefused(script.properties()).hasMessageContaining(script.name).hasMessageContaining("is no source task");
    }

    @Test
    void namesTheConnectorWhoseTaskCannotBeMade() {
        script.taskClass = Unmakeable.class;
        assertRefused(script.properties())
                .hasMessageContaining("connector " + script.name)
                .hasMessageContaining(Unmakeable.class.getName() + " failed: java.lang.IllegalStateException: no disk");
    }

    /** A connector whose constructor fails. */
    public static final class BrokenConnector extends SourceConnector {
        /** Fails. */
        public BrokenConnector() {
            throw new IllegalStateException("no licence");
        }

        @Override
        public void start(Map<String, String> props) {}

        @Override
        public Class<? extends Task> taskClass() {
            return Unmakeable.class;
        }

        @Override
        public List<Map<String, String>> taskConfigs(int maxTasks) {
            return List.of();
        }

        @Override
        public void stop() {}

        @Override
        public ConfigDef config() {
            return new ConfigDef();
        }

        @Override
        public String version() {
            return "1";
        }
    }

    /** A task that reads from Kafka, as far as the host can see. */
    static class SinkLike implements Task {
        @Override
        public String version() {
            return "1";
        }

        @Override
        public void start(Map<String, String> props) {}

        @Override
        public void stop() {}
    }

    /** A task whose constructor fails. */
    public static final class Unmakeable extends SourceTask {
        /** Fails. */
        public Unmakeable() {
            throw new IllegalStateException("no disk");
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public void start(Map<String, String> props) {}

        @Override
        public List<SourceRecord> poll() {
            return List.of();
        }

        @Override
        public void stop() {}
    }
}
