// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Stage;
import io.kurier.plugins.host.ConnectorStatus.State;
import io.kurier.plugins.host.ConnectorStatus.TaskStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What failed is started again, behind what is stored; pausing, resuming, stopping and new tasks on request. */
@Timeout(60)
class RestartTest {
    private static final String[] RESTARTS = {
        "restart.max.attempts", "-1", "restart.backoff.ms", "1", "restart.backoff.max.ms", "4"
    };

    private final FakePublisher publisher = new FakePublisher();
    private final Script script = new Script();

    private ConnectorHost host(String... more) {
        return ConnectorHost.builder(publisher)
                .connector(script.properties(more))
                .start();
    }

    private TaskStatus task(ConnectorHost host) {
        return host.status(script.name).tasks().get(0);
    }

    private void awaitTask(ConnectorHost host, State state) {
        await().untilAsserted(() -> assertThat(task(host).state()).isEqualTo(state));
    }

    @Test
    void aTaskThatFailsContinuesBehindWhatIsStored() throws InterruptedException {
        Script.Poll first = Script.batches(List.of("a", "b"));
        AtomicBoolean failed = new AtomicBoolean();
        Script.Poll idle = Script.idle();
        script.poll = task -> {
            Map<String, Object> offset = task.context().offsetStorageReader().offset(Map.of("source", "s"));
            if (offset == null) {
                return first.poll(task);
            }
            if (failed.compareAndSet(false, true)) {
                throw new ConnectException("the connection was reset");
            }
            script.called("reads " + offset);
            task.report().drained();
            return idle.poll(task);
        };
        try (ConnectorHost host = host(RESTARTS)) {
            host.awaitDrained();
            await().untilAsserted(() -> assertThat(script.calls).contains("reads {at=2}"));
            assertThat(task(host).restarts()).isEqualTo(1);
            assertThat(task(host).lastError())
                    .isEqualTo("connector " + script.name + " has ended: the connection was reset");
            assertThat(task(host).state()).isEqualTo(State.RUNNING);
            assertThat(task(host).records()).isEqualTo(2);
        }
        assertThat(publisher.published).containsExactly("a", "b");
    }

    @Test
    void aTaskThatMakesNoProgressIsGivenUpAfterTheAllowedAttempts() {
        AtomicInteger polls = new AtomicInteger();
        script.poll = task -> {
            throw new ConnectException("broken " + polls.incrementAndGet());
        };
        try (ConnectorHost host = host("restart.max.attempts", "3", "restart.backoff.ms", "1")) {
            assertThatThrownBy(host::awaitDrained).hasMessageEndingWith("broken 4");
            assertThat(task(host).state()).isEqualTo(State.FAILED);
            assertThat(host.status(script.name).state()).isEqualTo(State.RUNNING);
        }
    }

    @Test
    void aRecordThatIsInvalidEndsItsTaskUntilTheConnectorIsRestarted() throws InterruptedException {
        publisher.fail("b", Stage.ENCODE, Outcome.REJECTED, false, null);
        script.poll = Script.batches(List.of("a", "b"));
        try (ConnectorHost host = host(RESTARTS)) {
            assertThatThrownBy(host::awaitDrained)
                    .hasMessageContaining("the record at {source=s} {at=2}: topic t, ENCODE, REJECTED");
            awaitTask(host, State.FAILED);
            script.poll = Script.batches(List.of("c"));
            host.restart(script.name).join();
            host.awaitDrained();
        }
        assertThat(publisher.published).containsExactly("a", "b", "c");
        assertThat(script.calls).containsSubsequence("task 0 stop", "stop", "start", "task 0 start", "stop");
    }

    @Test
    void partsOfTheInputThatAreRefusedEndTheTaskBeforeWhatFollows() {
        script.poll = new Script.Poll() {
            private final AtomicInteger polls = new AtomicInteger();

            @Override
            public List<org.apache.kafka.connect.source.SourceRecord> poll(FakeTask task) {
                if (polls.incrementAndGet() == 1) {
                    return List.of(Script.record("a", 1));
                }
                task.report().rejected("file.txt", "line 2", "it is no text", null);
                return List.of(Script.record("c", 3));
            }
        };
        try (ConnectorHost host = host(RESTARTS)) {
            assertThatThrownBy(host::awaitDrained).hasMessageEndingWith("file.txt, line 2: it is no text");
        }
        assertThat(publisher.published).containsExactly("a");
    }

    @Test
    void partsOfTheInputThatAreRefusedAreCountedIfErrorsAreTolerated() throws InterruptedException {
        Script.Poll batches = Script.batches(List.of("a"));
        AtomicBoolean reported = new AtomicBoolean();
        script.poll = task -> {
            if (reported.compareAndSet(false, true)) {
                task.report().rejected("file.txt", "line 1", "it is no text", null);
            }
            return batches.poll(task);
        };
        try (ConnectorHost host = host("errors.tolerance", "all")) {
            host.awaitDrained();
            assertThat(task(host).rejected()).isEqualTo(1);
        }
        assertThat(publisher.published).containsExactly("a");
    }

    @Test
    void aPausedConnectorIsNotPolledUntilItIsResumed() throws InterruptedException {
        AtomicInteger polls = new AtomicInteger();
        Script.Poll idle = Script.idle();
        script.poll = task -> {
            polls.incrementAndGet();
            return idle.poll(task);
        };
        try (ConnectorHost host = host()) {
            await().until(() -> polls.get() > 0);
            host.pause(script.name).join();
            awaitTask(host, State.PAUSED);
            assertThat(host.status(script.name).state()).isEqualTo(State.PAUSED);
            int before = polls.get();
            host.resume(script.name).join();
            await().until(() -> polls.get() > before);
            awaitTask(host, State.RUNNING);
        }
        assertThat(script.calls).containsOnlyOnce("task 0 start");
    }

    @Test
    void aStoppedConnectorIsStartedAnewWhenItIsResumed() throws InterruptedException {
        try (ConnectorHost host = host()) {
            host.awaitDrained();
            host.stop(script.name).join();
            assertThat(host.status(script.name).state()).isEqualTo(State.STOPPED);
            assertThat(task(host).state()).isEqualTo(State.STOPPED);
            script.poll = Script.batches(List.of("a"));
            host.resume(script.name).join();
            host.awaitDrained();
        }
        assertThat(publisher.published).containsExactly("a");
        assertThat(script.calls)
                .containsSubsequence("start", "task 0 stop", "stop", "start", "task 0 start", "task 0 stop", "stop");
    }

    @Test
    void anErrorThatTheConnectorRaisesRestartsItWithItsTasks() {
        script.poll = Script.idle();
        try (ConnectorHost host = host(RESTARTS)) {
            Objects.requireNonNull(script.connector).raise(new ConnectException("the source has moved"));
            await().untilAsserted(() ->
                    assertThat(script.calls).containsSubsequence("task 0 stop", "stop", "start", "task 0 start"));
            await().untilAsserted(
                            () -> assertThat(host.status(script.name).state()).isEqualTo(State.RUNNING));
            assertThat(host.status(script.name).lastError()).endsWith("the source has moved");
        }
    }

    @Test
    void newTasksReplaceTheOldOnesWhenTheConnectorAsksForThem() {
        script.poll = Script.idle();
        try (ConnectorHost host = host("tasks.max", "2")) {
            await().untilAsserted(() -> assertThat(script.calls).contains("task 0 start"));
            script.tasks = 2;
            Objects.requireNonNull(script.connector).requestTasks();
            await().untilAsserted(() -> assertThat(script.calls)
                    .containsSubsequence("task 0 stop", "task 1 start")
                    .doesNotContain("stop"));
            assertThat(host.status(script.name).tasks()).hasSize(2);
            Objects.requireNonNull(script.connector).requestTasks();
            host.pause(script.name).join(); // behind the request
        }
        assertThat(script.calls.stream().filter("task 1 start"::equals)).hasSize(1);
    }

    @Test
    void aDeadLetterThatCanNeverBeKeptIsNoReasonToStartAgain() {
        RejectedInputException rejected = new RejectedInputException("a.txt", "line 1", "no text", null);
        assertThat(RecordReports.isPermanent(new DeadLetterException(rejected, failed(Stage.ROUTE, Outcome.REJECTED))))
                .isTrue();
        assertThat(RecordReports.isPermanent(new DeadLetterException(rejected, failed(Stage.SEND, Outcome.UNKNOWN))))
                .isFalse();
    }

    private static CompletableFuture<?> failed(Stage stage, Outcome outcome) {
        return CompletableFuture.failedFuture(new PublishException("dead", stage, outcome, false, "as scripted", null));
    }

    @Test
    void aConnectorIsStoppedHoweverSoonItsHostIsClosed() {
        for (int i = 0; i < 100; i++) {
            Script each = new Script();
            ConnectorHost.builder(publisher)
                    .connector(each.properties())
                    .start()
                    .close();
            assertThat(each.calls).endsWith("stop");
        }
    }

    @Test
    void nothingIsStartedAnyMoreAfterTheClose() {
        ConnectorHost host = host();
        host.close();
        assertThat(host.restart(script.name)).isCompletedExceptionally();
        assertThat(script.calls).containsOnlyOnce("start").endsWith("stop");
    }

    @Test
    void anUnknownConnectorIsNamedWithThoseThatExist() {
        try (ConnectorHost host = host()) {
            assertThatThrownBy(() -> host.pause("other"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no connector is named other; this host has [" + script.name + "]");
        }
    }
}
