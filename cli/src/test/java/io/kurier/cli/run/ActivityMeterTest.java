// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.plugins.host.ConnectorStatus;
import io.kurier.plugins.host.ConnectorStatus.State;
import io.kurier.plugins.host.ConnectorStatus.TaskStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ActivityMeterTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ActivityMeter meter = new ActivityMeter(0);

    @Test
    void computesRatesFromTheDifferencesOfTwoMoments() {
        assertThat(measure(2 * SECOND, true, task(State.RUNNING, 100, 0)))
                .returns(50.0, ConnectorActivity::recordsPerSecond)
                .returns(500.0, ConnectorActivity::bytesPerSecond)
                .returns(100L, ConnectorActivity::records);
        assertThat(measure(3 * SECOND, false, task(State.RUNNING, 130, 0)))
                .returns(30.0, ConnectorActivity::recordsPerSecond);
        assertThat(measure(4 * SECOND, true, task(State.RUNNING, 140, 0)))
                .returns(20.0, ConnectorActivity::recordsPerSecond);
        assertThat(measure(4 * SECOND, true, task(State.RUNNING, 140, 0)))
                .returns(0.0, ConnectorActivity::recordsPerSecond);
    }

    @Test
    void addsTheTasksAndNamesTheOneThatHasMoved() {
        measure(SECOND, true, task(State.RUNNING, 5, 0), task(State.RUNNING, 5, 1));
        ConnectorActivity now = measure(2 * SECOND, true, task(State.RUNNING, 5, 0), task(State.RUNNING, 9, 1));
        assertThat(now.records()).isEqualTo(14);
        assertThat(now.position()).isEqualTo("file-1, line 9, position 90");
        assertThat(measure(3 * SECOND, true, task(State.RUNNING, 5, 0), task(State.RUNNING, 9, 1))
                        .position())
                .isEqualTo("file-1, line 9, position 90");
    }

    @Test
    void goesOnCountingWhenAConnectorGetsOtherTasks() {
        measure(SECOND, true, task(State.RUNNING, 100, 0));
        ConnectorActivity now = measure(2 * SECOND, true, task(State.RUNNING, 7, 0));
        assertThat(now.records()).isEqualTo(107);
        assertThat(now.recordsPerSecond()).isEqualTo(7.0);
    }

    @Test
    void showsTheStateThatMattersMostAndHowManyTasksAreInIt() {
        assertThat(measure(1, true, task(State.RUNNING, 1, 0), task(State.FAILED, 1, 1)))
                .returns("FAILED 1/2", ConnectorActivity::state)
                .returns(true, ConnectorActivity::failed)
                .returns(false, ConnectorActivity::ended)
                .returns("broken", ConnectorActivity::error);
        assertThat(measure(2, true, task(State.FAILED, 1, 0)))
                .returns("FAILED", ConnectorActivity::state)
                .returns(true, ConnectorActivity::ended);
        assertThat(measure(3, true, task(State.RUNNING, 1, 0)).state()).isEqualTo("RUNNING");
    }

    @Test
    void addsTheLagOfTheTasksThatReportIt() {
        assertThat(measure(1, true, task(State.RUNNING, 1, 0)).remainingBytes()).isEqualTo(-1);
        TaskStatus reporting = new TaskStatus(1, State.RUNNING, null, 0, 0, 0, 0, Map.of(), Map.of(), 42);
        assertThat(measure(2, true, task(State.RUNNING, 1, 0), reporting).remainingBytes())
                .isEqualTo(42);
    }

    private ConnectorActivity measure(long nanos, boolean next, TaskStatus... tasks) {
        return meter.measure(List.of(new ConnectorStatus("web", State.RUNNING, null, List.of(tasks))), nanos, next)
                .get(0);
    }

    private static TaskStatus task(State state, long records, int number) {
        @Nullable String error = state == State.FAILED ? "broken" : null;
        return new TaskStatus(
                number,
                state,
                error,
                0,
                records,
                records * 10,
                0,
                Map.of("file", "file-" + number),
                Map.of("file.key", "7", "position", records * 10, "line", records),
                -1);
    }
}
