// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.run;

import io.kurier.plugins.host.ConnectorStatus;
import io.kurier.plugins.host.ConnectorStatus.State;
import io.kurier.plugins.host.ConnectorStatus.TaskStatus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Computes rates from what a host reports at two moments. A connector that gets other tasks counts from zero in the
 * host; here its numbers go on. Used by one thread.
 */
final class ActivityMeter {
    /** From the state that matters most to people. */
    private static final List<State> BY_IMPORTANCE =
            List.of(State.FAILED, State.RESTARTING, State.PAUSED, State.STOPPED, State.RUNNING);

    private final Map<String, Counts> finished = new HashMap<>();
    private final Map<String, Counts> last = new HashMap<>();
    private final Map<String, Counts> before = new HashMap<>();
    private final Map<String, Integer> moved = new HashMap<>();
    private final Map<String, List<Long>> ofTasks = new HashMap<>();
    private long moment;

    /** The numbers of a connector. */
    private record Counts(long records, long bytes, long rejected, long restarts) {
        static final Counts NONE = new Counts(0, 0, 0, 0);

        static Counts of(ConnectorStatus status) {
            return new Counts(
                    sum(status, TaskStatus::records),
                    sum(status, TaskStatus::bytes),
                    sum(status, TaskStatus::rejected),
                    sum(status, TaskStatus::restarts));
        }

        Counts plus(Counts other) {
            return new Counts(
                    records + other.records, bytes + other.bytes, rejected + other.rejected, restarts + other.restarts);
        }

        boolean isBefore(Counts other) {
            return records < other.records || rejected < other.rejected || restarts < other.restarts;
        }
    }

    /** Begins to measure at a moment, in the nanoseconds of {@link System#nanoTime}. */
    ActivityMeter(long nanos) {
        moment = nanos;
    }

    /**
     * Returns what the connectors do.
     *
     * @param nanos when the host was asked
     * @param next whether the next rates are those since this moment; else they are since the same moment as now
     */
    List<ConnectorActivity> measure(List<ConnectorStatus> all, long nanos, boolean next) {
        double seconds = (nanos - moment) / (double) TimeUnit.SECONDS.toNanos(1);
        List<ConnectorActivity> activities = new ArrayList<>();
        for (ConnectorStatus status : all) {
            Counts now = total(status);
            activities.add(activity(status, now, before.getOrDefault(status.name(), Counts.NONE), seconds));
            if (next) {
                before.put(status.name(), now);
            }
        }
        moment = next ? nanos : moment;
        return activities;
    }

    private Counts total(ConnectorStatus status) {
        Counts now = Counts.of(status);
        Counts earlier = last.getOrDefault(status.name(), Counts.NONE);
        if (now.isBefore(earlier)) {
            finished.merge(status.name(), earlier, Counts::plus);
        }
        last.put(status.name(), now);
        return finished.getOrDefault(status.name(), Counts.NONE).plus(now);
    }

    private ConnectorActivity activity(ConnectorStatus status, Counts now, Counts earlier, double seconds) {
        TaskStatus place = moved(status);
        return new ConnectorActivity(
                status.name(),
                state(status),
                now.records,
                rate(now.records - earlier.records, seconds),
                now.bytes,
                rate(now.bytes - earlier.bytes, seconds),
                place == null ? Map.of() : place.sourcePartition(),
                place == null ? Map.of() : place.sourceOffset(),
                remaining(status),
                now.rejected,
                now.restarts,
                error(status),
                status.state() == State.FAILED || hasTask(status, State.FAILED),
                status.state() == State.FAILED
                        || (status.state() == State.RUNNING
                                && !status.tasks().isEmpty()
                                && status.tasks().stream().allMatch(task -> task.state() == State.FAILED)));
    }

    private static double rate(long difference, double seconds) {
        return seconds > 0 ? Math.max(0, difference / seconds) : 0;
    }

    private static long sum(ConnectorStatus status, ToLongFunction<TaskStatus> number) {
        return status.tasks().stream().mapToLong(number).sum();
    }

    private static boolean hasTask(ConnectorStatus status, State state) {
        return status.tasks().stream().anyMatch(task -> task.state() == state);
    }

    private static long remaining(ConnectorStatus status) {
        return status.tasks().stream()
                .mapToLong(TaskStatus::remainingBytes)
                .filter(bytes -> bytes >= 0)
                .reduce(Long::sum)
                .orElse(-1);
    }

    /** Returns the state of the connector, or that of its tasks which matters more. */
    private static String state(ConnectorStatus status) {
        if (status.state() != State.RUNNING || status.tasks().isEmpty()) {
            return status.state().name();
        }
        Map<State, Integer> tasks = new EnumMap<>(State.class);
        status.tasks().forEach(task -> tasks.merge(task.state(), 1, Integer::sum));
        State worst =
                BY_IMPORTANCE.stream().filter(tasks::containsKey).findFirst().orElse(State.RUNNING);
        int count = tasks.getOrDefault(worst, 0);
        return count == status.tasks().size()
                ? worst.name()
                : worst.name() + " " + count + "/" + status.tasks().size();
    }

    private static @Nullable String error(ConnectorStatus status) {
        if (status.lastError() != null) {
            return status.lastError();
        }
        for (TaskStatus task : status.tasks()) {
            if (task.lastError() != null) {
                return task.lastError();
            }
        }
        return null;
    }

    /** Returns the task that has stored records since the last time, or had then; null if there is no position. */
    private @Nullable TaskStatus moved(ConnectorStatus status) {
        List<TaskStatus> tasks = status.tasks();
        List<Long> earlier = ofTasks.getOrDefault(status.name(), List.of());
        List<Long> now = tasks.stream().map(TaskStatus::records).toList();
        ofTasks.put(status.name(), now);
        for (int i = 0; i < tasks.size(); i++) {
            if (!tasks.get(i).sourcePartition().isEmpty() && (i >= earlier.size() || now.get(i) > earlier.get(i))) {
                moved.put(status.name(), i);
                return tasks.get(i);
            }
        }
        int same = moved.getOrDefault(status.name(), 0);
        return same < tasks.size() && !tasks.get(same).sourcePartition().isEmpty() ? tasks.get(same) : null;
    }
}
