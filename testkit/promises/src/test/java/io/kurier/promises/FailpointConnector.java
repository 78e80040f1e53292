// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import io.kurier.plugins.text.TextSourceConnector;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectorContext;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/** The text connector, whose tasks halt the process at a {@link Failpoint}. */
public final class FailpointConnector extends SourceConnector {
    private final TextSourceConnector text = new TextSourceConnector();

    /** For the host, which creates connectors by class name. */
    public FailpointConnector() {}

    @Override
    public void initialize(ConnectorContext ctx) {
        super.initialize(ctx);
        text.initialize(ctx);
    }

    @Override
    public Config validate(Map<String, String> properties) {
        return text.validate(properties);
    }

    @Override
    public void start(Map<String, String> properties) {
        text.start(properties);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return FailpointTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return text.taskConfigs(maxTasks);
    }

    @Override
    public void stop() {
        text.stop();
    }

    @Override
    public ConfigDef config() {
        return text.config();
    }

    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> properties) {
        return text.exactlyOnceSupport(properties);
    }

    @Override
    public String version() {
        return text.version();
    }
}
