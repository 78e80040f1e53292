// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Message;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Reads pipelines for tests. */
final class Pipelines {
    private static final String KURIERS = "io.kurier.plugins.host.FakeConnector";
    private static final String FOREIGN = "org.example.connect.ForeignSourceConnector";

    private Pipelines() {}

    /** Returns the pipeline of a connector of Kurier's, with keys and values by turns. */
    static RecordPipeline ofKurier(String... properties) {
        return create(properties(KURIERS, properties));
    }

    /** Returns the pipeline of a connector whose ConfigDef names no serializer. */
    static RecordPipeline foreign(String... properties) {
        return create(properties(FOREIGN, properties));
    }

    /** Returns what is wrong with properties. */
    static List<String> problems(String... properties) {
        List<String> problems = new ArrayList<>();
        RecordPipelines unused =
                RecordPipelines.read("c", properties(KURIERS, properties), ConnectPlugins.discover(), null, problems);
        return problems;
    }

    private static RecordPipeline create(Map<String, String> properties) {
        List<String> problems = new ArrayList<>();
        RecordPipelines pipelines = RecordPipelines.read("c", properties, ConnectPlugins.discover(), null, problems);
        assertThat(problems).isEmpty();
        return pipelines.create(alias -> null);
    }

    private static Map<String, String> properties(String className, String... more) {
        Map<String, String> properties = new HashMap<>(Map.of("name", "c", "connector.class", className));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return properties;
    }

    /** Returns a record for the topic "t" without a key. */
    static SourceRecord record(@Nullable Schema schema, @Nullable Object value) {
        return new SourceRecord(Map.of("file", "a"), Map.of("at", 1L), "t", schema, value);
    }

    /** Returns a record of text. */
    static SourceRecord line(String value) {
        return record(Schema.STRING_SCHEMA, value);
    }

    /** Returns the message of a record that is not left out. */
    static Message<?, ?> message(RecordPipeline pipeline, SourceRecord record) throws Exception {
        return Objects.requireNonNull(pipeline.message(record), "the record was left out");
    }

    /** Returns the value of a message, of which the bytes are text in UTF-8. */
    static @Nullable String value(Message<?, ?> message) {
        return text(message.value());
    }

    /** Returns bytes as text in UTF-8. */
    static @Nullable String text(@Nullable Object bytes) {
        if (bytes == null) {
            return null;
        }
        assertThat(bytes).isInstanceOf(byte[].class);
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }
}
