// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectorContext;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.jspecify.annotations.Nullable;

/** A connector that does what the {@link Script} says whose name its properties give. */
public final class FakeConnector extends SourceConnector {
    static final String SCRIPT = "script";
    static final String TASK = "task";

    private Script script = new Script();

    @Override
    public void initialize(ConnectorContext ctx) {
        super.initialize(ctx);
    }

    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        script = Script.of(connectorConfigs.get(SCRIPT));
        script.connector = this;
        script.called(context == null ? "validate without context" : "validate");
        return super.validate(connectorConfigs);
    }

    @Override
    public void start(Map<String, String> props) {
        script = Script.of(props.get(SCRIPT)); // an instance that is made for a restart is not asked to validate
        script.connector = this;
        script.called("start");
        script.onConnectorStart.run();
    }

    @Override
    public Class<? extends Task> taskClass() {
        script.called("taskClass");
        return script.taskClass;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        script.called("taskConfigs " + maxTasks);
        script.onTaskConfigs.run();
        List<Map<String, String>> configs = new ArrayList<>();
        for (int task = 0; task < script.tasks; task++) {
            configs.add(new HashMap<>(Map.of(SCRIPT, script.name, TASK, String.valueOf(task))));
        }
        return configs;
    }

    @Override
    public void stop() {
        script.called("stop");
        script.onConnectorStop.run();
    }

    @Override
    public ConfigDef config() {
        return new ConfigDef()
                .define(SCRIPT, ConfigDef.Type.STRING, ConfigDef.Importance.HIGH, "Which script.")
                .define("topic", ConfigDef.Type.STRING, "t", ConfigDef.Importance.HIGH, "Where records go.")
                .define("value.serializer", ConfigDef.Type.STRING, "text", ConfigDef.Importance.LOW, "The format.");
    }

    @Override
    public @Nullable ExactlyOnceSupport exactlyOnceSupport(Map<String, String> props) {
        return Script.of(props.get(SCRIPT)).endsTransactions ? ExactlyOnceSupport.SUPPORTED : null;
    }

    @Override
    public ConnectorTransactionBoundaries canDefineTransactionBoundaries(Map<String, String> props) {
        return Script.of(props.get(SCRIPT)).endsTransactions
                ? ConnectorTransactionBoundaries.SUPPORTED
                : ConnectorTransactionBoundaries.UNSUPPORTED;
    }

    @Override
    public String version() {
        return "1";
    }

    /** Raises an error, as a thread of a real connector might. */
    void raise(Exception error) {
        context.raiseError(error);
    }

    /** Asks for other tasks, as a thread of a real connector might. */
    void requestTasks() {
        context.requestTaskReconfiguration();
    }
}
