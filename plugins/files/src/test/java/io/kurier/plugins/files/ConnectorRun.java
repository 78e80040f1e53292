// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import io.kurier.spi.ReportingTask;
import io.kurier.spi.SourceReport;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;

/** Drives a connector and one of its tasks as a worker does, without a broker; for the tests of all formats. */
public final class ConnectorRun implements AutoCloseable {

    /** What was rejected. */
    public record Rejected(String source, String position, String reason) {}

    /** What was read to its end. */
    public record Finished(String source, long records, long bytes) {}

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SourceTask task;
    private final AtomicInteger drained = new AtomicInteger();
    private volatile long remaining = -1;

    /** What the task reported, in order. */
    public final List<Rejected> rejected = new ArrayList<>();

    /** The content of what was rejected, in order; null where the task had none. */
    public final List<byte @Nullable []> contents = new ArrayList<>();

    /** What the task reported, in order. */
    public final List<Finished> finished = new ArrayList<>();

    private Function<SourceRecord, @Nullable RecordMetadata> outcome = record -> storedIn(0);

    private Runnable onRejection = () -> {};

    private ConnectorRun(SourceTask task) {
        this.task = task;
    }

    /** Starts a connector's only task without stored offsets. */
    public static ConnectorRun start(SourceConnector connector, Map<String, String> properties) {
        return start(connector, properties, Map.of(), 1, 0);
    }

    /** Starts one of a connector's tasks. */
    public static ConnectorRun start(
            SourceConnector connector,
            Map<String, String> properties,
            Map<Map<String, ?>, Map<String, ?>> offsets,
            int maxTasks,
            int index) {
        return start(connector, properties, offsets, maxTasks, index, true);
    }

    /** Starts a connector's only task as a Connect worker does, where nobody hears what it reports. */
    public static ConnectorRun startUnheard(SourceConnector connector, Map<String, String> properties) {
        return start(connector, properties, Map.of(), 1, 0, false);
    }

    private static ConnectorRun start(
            SourceConnector connector,
            Map<String, String> properties,
            Map<Map<String, ?>, Map<String, ?>> offsets,
            int maxTasks,
            int index,
            boolean heard) {
        Map<String, String> all = new HashMap<>(Map.of("topic", "t", "scan.interval.ms", "1"));
        all.putAll(properties);
        connector.start(all);
        SourceTask task;
        try {
            task = (SourceTask) connector.taskClass().getDeclaredConstructor().newInstance();
        } catch (NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
        ConnectorRun run = new ConnectorRun(task);
        task.initialize(new Context(offsets));
        if (heard) {
            ((ReportingTask) task).reportTo(run.new Report());
        }
        task.start(connector.taskConfigs(maxTasks).get(index));
        return run;
    }

    /** The offsets that a worker would have stored after the records. */
    public static Map<Map<String, ?>, Map<String, ?>> offsetsOf(List<SourceRecord> records) {
        Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
        records.forEach(record -> offsets.put(record.sourcePartition(), record.sourceOffset()));
        return offsets;
    }

    /** What a worker tells of a record that was stored in a partition. */
    public static RecordMetadata storedIn(int partition) {
        return new RecordMetadata(new TopicPartition("t", partition), 0, 0, 0, 0, 0);
    }

    /** What becomes of records from now on: stored in partition 0 unless told otherwise, left out where it is null. */
    public void outcome(Function<SourceRecord, @Nullable RecordMetadata> of) {
        outcome = of;
    }

    /** What to do at the end of each report of a rejection. */
    public void onRejection(Runnable action) {
        onRejection = action;
    }

    /** One poll, whose records end at once; empty where the task answers null. */
    public List<SourceRecord> poll() {
        try {
            List<SourceRecord> batch = task.poll();
            if (batch == null) {
                return List.of();
            }
            for (SourceRecord record : batch) {
                task.commitRecord(record, outcome.apply(record));
            }
            return batch;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next records, after as many polls as it takes. */
    public List<SourceRecord> next() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            List<SourceRecord> batch = poll();
            if (!batch.isEmpty()) {
                return batch;
            }
        }
        throw new AssertionError("no records after " + PATIENCE);
    }

    /** All records up to the next time that the task says it has drained. */
    public List<SourceRecord> drain() {
        int before = drained.get();
        List<SourceRecord> all = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (drained.get() == before) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not drained after " + PATIENCE);
            }
            all.addAll(poll());
        }
        return all;
    }

    /** The values of {@link #drain}. */
    public List<Object> drainValues() {
        return values(drain());
    }

    /** The values of records. */
    public static List<Object> values(List<SourceRecord> records) {
        return records.stream().map(SourceRecord::value).toList();
    }

    /** The places and reasons of what was rejected, without the file names. */
    public List<String> rejections() {
        return rejected.stream().map(r -> r.position() + ": " + r.reason()).toList();
    }

    /** How much the task said is left to read, in bytes; -1 if it said nothing. */
    public long remaining() {
        return remaining;
    }

    /** How often the task said that it has drained. */
    public int drainedCount() {
        return drained.get();
    }

    /** The task. */
    public SourceTask task() {
        return task;
    }

    @Override
    public void close() {
        task.stop();
    }

    private final class Report implements SourceReport {
        @Override
        public void rejected(String source, String position, String reason, byte @Nullable [] content) {
            rejected.add(new Rejected(source, position, reason));
            contents.add(content);
            onRejection.run();
        }

        @Override
        public void finished(String source, long records, long bytes) {
            finished.add(new Finished(source, records, bytes));
        }

        @Override
        public void drained() {
            drained.incrementAndGet();
        }

        @Override
        public void remaining(long bytes) {
            remaining = bytes;
        }
    }

    private record Context(Map<Map<String, ?>, Map<String, ?>> stored) implements SourceTaskContext {
        @Override
        public Map<String, String> configs() {
            return Map.of();
        }

        @Override
        public PluginMetrics pluginMetrics() {
            throw new UnsupportedOperationException();
        }

        @Override
        public OffsetStorageReader offsetStorageReader() {
            return new StoredOffsets(stored);
        }
    }

    private record StoredOffsets(Map<Map<String, ?>, Map<String, ?>> stored) implements OffsetStorageReader {
        @Override
        public <T> Map<String, Object> offset(Map<String, T> partition) {
            throw new UnsupportedOperationException("one look-up a file is slow on a cluster");
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
            Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
            for (Map<String, T> partition : partitions) {
                Map<String, ?> offset = stored.get(partition);
                if (offset != null) {
                    found.put(partition, new HashMap<>(offset));
                }
            }
            return found;
        }
    }
}
