// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Publisher;
import io.kurier.plugins.host.internal.deadletters.DeadLetterDestinations;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import io.kurier.plugins.host.internal.records.RecordPipelines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.metrics.Metrics;
import org.jspecify.annotations.Nullable;

/** One run of a {@link FakeTask}, without a host around it. */
final class TestRun implements TaskEvents {
    final OffsetWriter writer = new OffsetWriter(OffsetStorage.inMemory(), Duration.ofSeconds(1));
    final OffsetStore offsets = new OffsetStore("c", writer, Map.of());
    final TaskCounters counters = new TaskCounters();
    /** Completes when the task has drained, or fails with the reason why it ended. */
    final CompletableFuture<Void> outcome = new CompletableFuture<>();

    private final TaskRun run;

    TestRun(Script script, boolean toleratesErrors, Publisher publisher, HostListener listener) {
        Map<String, String> config = Map.of(FakeConnector.SCRIPT, script.name, FakeConnector.TASK, "0");
        HostContext host = new HostContext(
                publisher,
                ConnectPlugins.discover(),
                new DeadLetterDestinations(publisher),
                writer,
                listener,
                new StateChanges());
        ConnectorSettings settings = Settings.of("errors.tolerance", toleratesErrors ? "all" : "none");
        List<String> problems = new ArrayList<>();
        RecordPipelines pipelines = RecordPipelines.read(
                "c", Map.of("connector.class", FakeConnector.class.getName()), host.plugins(), null, problems);
        assertThat(problems).isEmpty();
        TaskRun.Connection connection =
                new TaskRun.Connection(settings, host, host.deadLetters().of(null, null, ""), counters, 0, "the-task");
        FakeTask task = new FakeTask();
        run = new TaskRun(
                connection,
                task,
                new TaskContext(config, offsets, new ContextMetrics(new Metrics(), Map.of()), null),
                onFailure ->
                        new AtLeastOnceDelivery(connection, task, offsets, pipelines.create(alias -> null), onFailure),
                this);
    }

    Thread start() {
        Thread thread = new Thread(run, "the-task");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    TaskRun run() {
        return run;
    }

    @Override
    public void drained() {
        outcome.complete(null);
    }

    @Override
    public void paused(boolean paused) {}

    @Override
    public void ended(@Nullable ConnectorFailedException failure) {
        outcome.completeExceptionally(
                failure == null ? new ConnectorFailedException("c", "it was stopped", null) : failure);
    }
}
