// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import static io.kurier.plugins.host.internal.records.Pipelines.line;
import static io.kurier.plugins.host.internal.records.Pipelines.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each task has instances of its own, and every instance is closed. */
class PipelineLifeTest {
    private static final Map<String, String> PROPERTIES = Map.of(
            "name", "c",
            "connector.class", "io.kurier.plugins.host.FakeConnector",
            "transforms", "a,b",
            "transforms.a.type", Logged.class.getName(),
            "transforms.a.id", "a",
            "transforms.b.type", Logged.class.getName(),
            "transforms.b.id", "b");

    private static RecordPipelines read() {
        List<String> problems = new ArrayList<>();
        RecordPipelines pipelines = RecordPipelines.read("c", PROPERTIES, ConnectPlugins.discover(), null, problems);
        assertThat(problems).isEmpty();
        return pipelines;
    }

    @AfterEach
    void forget() {
        Logged.calls.clear();
        Logged.refused = "";
    }

    @Test
    void closesTheInstancesThatCheckTheKeys() {
        RecordPipelines unused = read();
        assertThat(Logged.calls).containsExactly("configure a", "close a", "configure b", "close b");
    }

    @Test
    void givesEachTaskInstancesOfItsOwn() {
        RecordPipelines pipelines = read();
        Logged.calls.clear();
        RecordPipeline first = pipelines.create(alias -> null);
        RecordPipeline second = pipelines.create(alias -> null);
        assertThat(Logged.calls).containsExactly("configure a", "configure b", "configure a", "configure b");
        Logged.calls.clear();
        first.close();
        second.close();
        assertThat(Logged.calls).containsExactly("close a", "close b", "close a", "close b");
    }

    @Test
    void closesWhatItCreatedWhenAnotherPluginFails() {
        RecordPipelines pipelines = read();
        Logged.calls.clear();
        Logged.refused = "b";
        assertThatThrownBy(() -> pipelines.create(alias -> null))
                .isInstanceOf(StartException.class)
                .hasMessage(
                        "connector c, transforms.b.type: " + Logged.class.getName() + " refused its keys: not today");
        assertThat(Logged.calls).containsExactly("configure a", "configure b", "close b", "close a");
    }

    @Test
    void livesWithAPluginThatCannotBeClosed() {
        RecordPipeline pipeline = Pipelines.ofKurier(
                "transforms", "a", "transforms.a.type", Logged.class.getName(), "transforms.a.id", "unclosable");
        assertThatNoException().isThrownBy(pipeline::close);
    }

    @Test
    void usesTheTopicThatCodeDeclares() throws Exception {
        Topic<String, String> declared = Topic.of("t", String.class, String.class);
        try (RecordPipeline pipeline = read().create(alias -> alias.equals("t") ? declared : null)) {
            assertThat(message(pipeline, line("a")).topic()).isSameAs(declared);
            assertThat(message(pipeline, line("b")).topic()).isSameAs(declared);
        }
    }

    @Test
    void rejectsARecordForATopicThatCannotBe() {
        RecordPipeline pipeline = Pipelines.ofKurier(
                "transforms", "r",
                "transforms.r.type", "RegexRouter",
                "transforms.r.regex", ".*",
                "transforms.r.replacement", " ");
        assertThatThrownBy(() -> pipeline.message(line("a")))
                .isInstanceOf(RecordException.class)
                .hasMessageStartingWith("the record's topic is invalid: ");
    }

    /** Logs what is called. */
    public static final class Logged implements Transformation<SourceRecord> {
        static final List<String> calls = new CopyOnWriteArrayList<>();
        static volatile String refused = "";
        private String id = "";

        @Override
        public void configure(Map<String, ?> configs) {
            id = String.valueOf(configs.get("id"));
            calls.add("configure " + id);
            if (id.equals(refused)) {
                throw new ConfigException("not today");
            }
        }

        /** Fails, as the method of a class for another version of Connect may; the keys are then not checked. */
        @Override
        public ConfigDef config() {
            throw new AbstractMethodError("config");
        }

        @Override
        public SourceRecord apply(SourceRecord record) {
            return record;
        }

        @Override
        public void close() {
            calls.add("close " + id);
            if (id.equals("unclosable")) {
                throw new IllegalStateException("busy");
            }
        }
    }
}
