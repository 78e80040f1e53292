// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** What a {@link FakeConnector} and its tasks do, and what was done to them. */
final class Script {
    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final Map<String, Script> BY_NAME = new ConcurrentHashMap<>();

    /** What a task's poll does. */
    interface Poll {
        @Nullable
        List<SourceRecord> poll(FakeTask task) throws InterruptedException;
    }

    final String name = "script-" + COUNTER.incrementAndGet();
    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<Map<String, String>> taskConfigs = new CopyOnWriteArrayList<>();
    final List<String> stopThreads = new CopyOnWriteArrayList<>();

    int tasks = 1;
    boolean endsTransactions;
    Class<? extends Task> taskClass = FakeTask.class;
    Runnable onConnectorStart = () -> {};
    Runnable onTaskConfigs = () -> {};
    Runnable onConnectorStop = () -> {};
    Runnable onTaskStart = () -> {};
    Runnable onCommitRecord = () -> {};
    Runnable onCommit = () -> {};
    Runnable onTaskStop = () -> {};
    Poll poll = batches();
    volatile @Nullable FakeConnector connector;

    Script() {
        BY_NAME.put(name, this);
    }

    static Script of(@Nullable String name) {
        Script script = BY_NAME.get(String.valueOf(name));
        if (script == null) {
            throw new IllegalArgumentException("no script " + name);
        }
        return script;
    }

    /** Hands out batches of values, tells that it has drained, and then has nothing, until it is stopped. */
    static Poll batches(List<?>... batches) {
        Queue<List<?>> left = new ConcurrentLinkedQueue<>(List.of(batches));
        Map<String, Integer> offset = new HashMap<>();
        boolean[] told = {false};
        Poll idle = idle();
        return task -> {
            List<?> batch = left.poll();
            if (batch != null) {
                List<SourceRecord> records = new ArrayList<>();
                batch.forEach(value -> records.add(record(value, offset.merge("at", 1, Integer::sum))));
                return records;
            }
            if (!told[0]) {
                told[0] = true;
                task.report().drained();
                return null;
            }
            return idle.poll(task);
        };
    }

    /** Has nothing, and takes its time to find that out. */
    static Poll idle() {
        CountDownLatch never = new CountDownLatch(1);
        return task -> {
            if (never.await(1, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts down");
            }
            return null;
        };
    }

    static SourceRecord record(Object value, int offset) {
        return record("t", value, offset);
    }

    static SourceRecord record(String topic, Object value, int offset) {
        Schema schema = value instanceof String ? Schema.STRING_SCHEMA : null;
        return new SourceRecord(Map.of("source", "s"), Map.of("at", offset), topic, schema, value);
    }

    void called(String method) {
        calls.add(method);
    }

    /** The properties of a connector that follows this script. */
    Map<String, String> properties(String... more) {
        Map<String, String> properties = new HashMap<>(
                Map.of("name", name, "connector.class", FakeConnector.class.getName(), FakeConnector.SCRIPT, name));
        properties.put("restart.max.attempts", "0"); // most tests look at what ends a task
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return properties;
    }
}
