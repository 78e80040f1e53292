// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.spi.ReportingTask;
import io.kurier.spi.SourceReport;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.jspecify.annotations.Nullable;

/** A task of a {@link FakeConnector}; tells the script which of its methods were called, and on which thread. */
public final class FakeTask extends SourceTask implements ReportingTask {
    private Script script = new Script();
    private String name = "";
    private @Nullable SourceReport report;

    SourceReport report() {
        return Objects.requireNonNull(report);
    }

    SourceTaskContext context() {
        return context;
    }

    @Override
    public void initialize(SourceTaskContext given) {
        super.initialize(given);
        script = Script.of(given.configs().get(FakeConnector.SCRIPT));
        name = "task " + given.configs().get(FakeConnector.TASK) + " ";
        script.called(name + "initialize");
    }

    @Override
    public void reportTo(SourceReport listener) {
        report = listener;
    }

    @Override
    public void start(Map<String, String> props) {
        script.called(name + "start");
        script.taskConfigs.add(props);
        script.onTaskStart.run();
    }

    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        return script.poll.poll(this);
    }

    int number() {
        return Integer.parseInt(context.configs().get(FakeConnector.TASK));
    }

    @Override
    public void commitRecord(SourceRecord record, @Nullable RecordMetadata metadata) {
        script.called(name + "commitRecord " + record.value() + (metadata == null ? " left out" : ""));
        script.onCommitRecord.run();
    }

    @Override
    public void commit() {
        script.called(name + "commit");
        script.onCommit.run();
    }

    @Override
    public void stop() {
        script.called(name + "stop");
        script.stopThreads.add(Thread.currentThread().getName());
        script.onTaskStop.run();
    }

    @Override
    public String version() {
        return "1";
    }
}
