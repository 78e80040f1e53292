// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.spi.ReportingTask;
import io.kurier.spi.SourceReport;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/** A connector that only a jar in a folder provides; it publishes three numbers as text. */
public final class NumbersConnector extends SourceConnector {
    private Map<String, String> properties = Map.of();

    /** Called by the host. */
    public NumbersConnector() {}

    @Override
    public String version() {
        return "1";
    }

    @Override
    public ConfigDef config() {
        return new ConfigDef().define("topic", ConfigDef.Type.STRING, ConfigDef.Importance.HIGH, "the topic");
    }

    @Override
    public void start(Map<String, String> given) {
        properties = given;
    }

    @Override
    public Class<? extends Task> taskClass() {
        return NumbersTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return List.of(properties);
    }

    @Override
    public void stop() {}

    /** Publishes the numbers and reports that there are no more. */
    public static final class NumbersTask extends SourceTask implements ReportingTask {
        private String topic = "";
        private @Nullable SourceReport report;

        /** Called by the host. */
        public NumbersTask() {}

        @Override
        public void reportTo(SourceReport to) {
            report = to;
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public void start(Map<String, String> properties) {
            topic = String.valueOf(properties.get("topic"));
        }

        @Override
        public List<SourceRecord> poll() {
            List<SourceRecord> records = topic.isEmpty()
                    ? List.of()
                    : IntStream.rangeClosed(1, 3)
                            .mapToObj(i -> new SourceRecord(
                                    Map.of("source", "numbers"), Map.of("last", i), topic, null, String.valueOf(i)))
                            .toList();
            topic = "";
            if (report != null) {
                report.drained();
            }
            return records;
        }

        @Override
        public void stop() {}
    }
}
