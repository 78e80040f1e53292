// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Message;
import io.kurier.Publisher;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import io.kurier.plugins.host.internal.records.RecordException;
import io.kurier.plugins.host.internal.records.RecordMapper;
import io.kurier.plugins.host.internal.records.RecordPipeline;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.connect.source.SourceRecord;
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
        run = new TaskRun(
                new TaskRun.Connection(
                        new ConnectorSettings("c", "FakeConnector", 1, toleratesErrors, Map.of()),
                        publisher,
                        ConnectPlugins.discover(),
                        listener,
                        counters,
                        "the-task"),
                new FakeTask(),
                new TaskContext(config, offsets, new ContextMetrics(new Metrics(), Map.of())),
                new Mapping(),
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

    private static final class Mapping implements RecordPipeline {
        private final RecordMapper mapper = new RecordMapper(alias -> null);

        @Override
        public Message<?, ?> message(SourceRecord record) throws RecordException {
            try {
                return mapper.message(record);
            } catch (RuntimeException e) {
                throw new RecordException(
                        RecordException.Stage.VALUE_CONVERTER, RecordMapper.class, ThrowableText.reason(e), e);
            }
        }

        @Override
        public void close() {}
    }
}
