// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Topic;
import io.kurier.core.internal.publisher.RoutedPublisher;
import io.kurier.plugins.host.internal.deadletters.DeadLetters;
import io.kurier.plugins.host.internal.records.RecordPipeline;
import io.kurier.plugins.host.internal.records.RecordPipelines;
import java.util.Map;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/**
 * Makes the runs of a connector's tasks, which publish at least once or, with transactional ids, exactly once. Used by the
 * connector's control thread.
 */
final class TaskRuns {
    private final ConnectorSettings settings;
    private final HostContext host;
    private final RecordPipelines pipelines;
    private final DeadLetters deadLetters;
    private final OffsetStore offsets;
    private final @Nullable TaskSessions sessions;

    /**
     * Creates runs for one connector.
     *
     * @param pipelines the transformations and converters of its records
     * @param deadLetters keeps its rejected records
     * @param offsets its source offsets
     * @param sessions the transactional ids of its tasks; null if it publishes at least once
     */
    TaskRuns(
            ConnectorSettings settings,
            HostContext host,
            RecordPipelines pipelines,
            DeadLetters deadLetters,
            OffsetStore offsets,
            @Nullable TaskSessions sessions) {
        this.settings = settings;
        this.host = host;
        this.pipelines = pipelines;
        this.deadLetters = deadLetters;
        this.offsets = offsets;
        this.sessions = sessions;
    }

    /**
     * Opens what so many tasks need, and takes it from an earlier host.
     *
     * @throws io.kurier.StartException if that is not possible
     */
    void open(int tasks) {
        if (sessions != null) {
            sessions.open(tasks);
        }
    }

    /**
     * Makes a run of a new instance of a task.
     *
     * @param config the task's configuration
     * @throws io.kurier.StartException if that is not possible
     */
    TaskRun create(ConnectorInstance from, HostedTask of, Map<String, String> config) {
        SourceTask task = from.newTask();
        TaskRun.Connection connection =
                new TaskRun.Connection(settings, host, deadLetters, of.counters(), of.number(), of.name());
        RecordPipeline pipeline = pipelines.create(this::declaredInCode);
        TaskSessions ids = sessions;
        if (ids == null) {
            TaskContext context = from.taskContext(of.number(), config, offsets, null);
            return new TaskRun(
                    connection,
                    task,
                    context,
                    onFailure -> new AtLeastOnceDelivery(connection, task, offsets, pipeline, onFailure),
                    of);
        }
        TransactionBoundaries boundaries = ids.boundaries();
        TransactionalTask transactional = ids.take(of.number(), boundaries);
        TaskContext context = from.taskContext(of.number(), config, offsets, boundaries);
        return new TaskRun(
                connection,
                task,
                context,
                onFailure -> new ExactlyOnceDelivery(connection, task, transactional, offsets, pipeline, onFailure),
                of);
    }

    /**
     * A connector's records have no declared types; for a topic that is declared in code, the values are checked
     * against its types.
     */
    private @Nullable Topic<?, ?> declaredInCode(String alias) {
        return host.publisher() instanceof RoutedPublisher routed ? routed.declared(alias) : null;
    }

    /** Closes what was opened and no run has taken. */
    void close() {
        if (sessions != null) {
            sessions.close();
        }
    }
}
