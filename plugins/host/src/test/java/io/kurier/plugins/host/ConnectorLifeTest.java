// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kurier.PublishException;
import io.kurier.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connectors and tasks are taken through their lives as a Connect worker does, and each is stopped exactly once. */
@Timeout(60)
class ConnectorLifeTest {
    private final FakePublisher publisher = new FakePublisher();
    private final Script script = new Script();
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);

    private ConnectorHost host(Script... scripts) {
        return ConnectorHost.start(
                publisher, Stream.of(scripts).map(Script::properties).toList(), HostListener.NONE);
    }

    private static void pass(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<SourceRecord> blockUntilReleased(FakeTask task) throws InterruptedException {
        reached.countDown();
        released.await();
        return List.of();
    }

    /** A run of a task, for tests that must know where its thread is. */
    private TestRun task() {
        return new TestRun(script, false, publisher, HostListener.NONE);
    }

    @Test
    void callsEveryMethodInConnectsOrder() throws InterruptedException {
        script.poll = Script.batches(List.of("a", "b"));
        try (ConnectorHost host = host(script)) {
            host.awaitDrained();
        }
        assertThat(script.calls)
                .containsExactly(
                        "validate",
                        "start",
                        "taskClass",
                        "taskConfigs 1",
                        "task 0 initialize",
                        "task 0 start",
                        "task 0 commitRecord a",
                        "task 0 commitRecord b",
                        "task 0 commit",
                        "task 0 stop",
                        "stop");
    }

    @Test
    void givesATaskThePropertiesThatTheConnectorMadeForItAndItsClass() throws InterruptedException {
        try (ConnectorHost host = host(script)) {
            host.awaitDrained();
        }
        assertThat(script.taskConfigs)
                .containsExactly(Map.of(
                        FakeConnector.SCRIPT,
                        script.name,
                        FakeConnector.TASK,
                        "0",
                        "task.class",
                        FakeTask.class.getName()));
    }

    @Test
    void stopsATaskThatIsBusyOnItsOwnThreadAfterItsLastCommit() throws InterruptedException {
        script.poll = Script.batches(List.of("a"));
        script.onCommitRecord = () -> {
            reached.countDown();
            pass(released);
        };
        TestRun task = task();
        Thread thread = task.start();
        reached.await();
        task.run().requestStop();
        task.run().unblock();
        assertThat(script.stopThreads).isEmpty();
        released.countDown();
        thread.join();
        assertThat(script.stopThreads).containsExactly("the-task");
        assertThat(script.calls).endsWith("task 0 commitRecord a", "task 0 commit", "task 0 stop");
    }

    @Test
    void stopsAPollThatWaitsForItFromAnotherThread() throws InterruptedException {
        script.poll = this::blockUntilReleased;
        script.onTaskStop = released::countDown;
        ConnectorHost host = host(script);
        reached.await();
        host.close();
        assertThat(script.stopThreads).containsExactly("kurier-" + script.name + "-control");
        assertThat(script.calls).endsWith("task 0 stop", "stop");
    }

    @Test
    void publishesTheBatchOfAPollThatStopEnded() throws InterruptedException {
        script.poll = task -> {
            blockUntilReleased(task);
            return List.of(Script.record("last", 1));
        };
        script.onTaskStop = released::countDown;
        ConnectorHost host = host(script);
        reached.await();
        host.close();
        assertThat(publisher.published).containsExactly("last");
        assertThat(script.calls).contains("task 0 commitRecord last", "task 0 commit");
    }

    @Test
    void takesAnErrorOfAPollThatStopEndedForItsEnd() throws InterruptedException {
        script.poll = task -> {
            blockUntilReleased(task);
            throw new ConnectException("the connection is closed");
        };
        script.onTaskStop = released::countDown;
        ConnectorHost host = host(script);
        reached.await();
        host.close();
        assertThatThrownBy(host::awaitDrained)
                .isInstanceOf(ConnectorFailedException.class)
                .hasMessage("connector " + script.name + " has ended: it was stopped");
    }

    @Test
    void leavesATaskThatIsStillStartingToStopItself() throws InterruptedException {
        script.onTaskStart = () -> {
            reached.countDown();
            pass(released);
        };
        script.poll = task -> {
            script.called("polled");
            return null;
        };
        TestRun task = task();
        Thread thread = task.start();
        reached.await();
        task.run().requestStop();
        task.run().unblock();
        assertThat(script.stopThreads).isEmpty();
        released.countDown();
        thread.join();
        assertThat(script.calls).containsExactly("task 0 initialize", "task 0 start", "task 0 stop");
    }

    @Test
    void stopsOnceHoweverOftenItIsClosed() {
        ConnectorHost host = host(script);
        host.close();
        host.close();
        assertThat(script.calls).containsOnlyOnce("task 0 stop").containsOnlyOnce("stop");
    }

    @Test
    void stopsATaskThatFailedOnceAndTellsWhy() {
        script.poll = task -> {
            throw new ConnectException("the queue is gone");
        };
        ConnectorHost host = host(script);
        assertThatThrownBy(host::awaitDrained)
                .isInstanceOf(ConnectorFailedException.class)
                .hasMessage("connector " + script.name + " has ended: the queue is gone")
                .hasRootCauseInstanceOf(ConnectException.class);
        assertThat(script.calls).containsOnlyOnce("task 0 stop");
        host.close();
        assertThat(script.calls).containsOnlyOnce("task 0 stop").containsOnlyOnce("stop");
    }

    @Test
    void stopsATaskThatFailedToStart() {
        script.onTaskStart = () -> {
            throw new ConnectException("no such queue");
        };
        try (ConnectorHost host = host(script)) {
            assertThatThrownBy(host::awaitDrained).hasMessageEndingWith("no such queue");
        }
        assertThat(script.calls).containsOnlyOnce("task 0 stop");
    }

    @Test
    void tellsOfAnErrorThatIsNoException() {
        script.poll = task -> {
            throw new NoClassDefFoundError("org/example/Driver");
        };
        try (ConnectorHost host = host(script)) {
            assertThatThrownBy(host::awaitDrained)
                    .hasMessageEndingWith("has ended: java.lang.NoClassDefFoundError: org/example/Driver");
        }
    }

    @Test
    void letsTheOtherTasksGoOnWhenOneFails() {
        Script.Poll good = Script.batches(List.of("a"), List.of("b"));
        script.tasks = 2;
        script.poll = task -> {
            if (task.number() == 0) {
                reached.countDown();
                throw new ConnectException("broken");
            }
            reached.await();
            return good.poll(task);
        };
        try (ConnectorHost host =
                ConnectorHost.start(publisher, List.of(script.properties("tasks.max", "2")), HostListener.NONE)) {
            assertThatThrownBy(host::awaitDrained).hasMessageEndingWith("broken");
            await().untilAsserted(() -> assertThat(publisher.published).containsExactly("a", "b"));
        }
        assertThat(script.calls).containsOnlyOnce("task 0 stop").containsOnlyOnce("task 1 stop");
    }

    @Test
    void pollsAgainAfterNothingAndAfterARetriableError() throws InterruptedException {
        AtomicInteger polls = new AtomicInteger();
        Script.Poll good = Script.batches(List.of("a"));
        script.poll = task -> switch (polls.incrementAndGet()) {
            case 1 -> null;
            case 2 -> List.of();
            case 3 -> throw new RetriableException("busy");
            case 4 -> throw new org.apache.kafka.common.errors.TimeoutException("slow");
            default -> good.poll(task);
        };
        try (ConnectorHost host = host(script)) {
            host.awaitDrained();
        }
        assertThat(publisher.published).containsExactly("a");
    }

    @Test
    void goesOnWhenATaskThrowsInItsCommits() throws InterruptedException {
        script.poll = Script.batches(List.of("a"), List.of("b"));
        script.onCommitRecord = script.onCommit = () -> {
            throw new ConnectException("not acknowledged");
        };
        try (ConnectorHost host = host(script)) {
            host.awaitDrained();
        }
        assertThat(publisher.published).containsExactly("a", "b");
    }

    @Test
    void interruptsATaskThatDoesNotEnd() throws InterruptedException {
        script.poll = this::blockUntilReleased;
        ConnectorHost host = host(script);
        reached.await();
        host.close(Duration.ofMillis(1));
        assertThatThrownBy(host::awaitDrained).hasMessageEndingWith("it was interrupted");
        assertThat(script.calls).containsOnlyOnce("task 0 stop");
    }

    @Test
    void isNotHeldUpByAStopThatHangs() {
        script.onConnectorStop = () -> {
            reached.countDown();
            pass(released);
        };
        ConnectorHost host = host(script);
        host.close(Duration.ofMillis(1));
        pass(reached);
        assertThat(released.getCount()).isEqualTo(1);
        released.countDown();
    }

    @Test
    void keepsTheFlagOfAThreadThatIsInterruptedWhileItCloses() throws InterruptedException {
        script.poll = this::blockUntilReleased;
        ConnectorHost host = host(script);
        reached.await();
        Thread.currentThread().interrupt();
        host.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThatThrownBy(host::awaitDrained).hasMessageEndingWith("it was interrupted");
    }

    @Test
    void survivesAStopThatThrows() {
        script.onTaskStop = script.onConnectorStop = () -> {
            throw new ConnectException("already closed");
        };
        ConnectorHost host = host(script);
        assertThatNoException().isThrownBy(host::close);
        assertThat(script.calls).endsWith("task 0 stop", "stop");
    }

    @Test
    void failsWithAnErrorThatTheConnectorRaises() {
        script.poll = task -> null;
        try (ConnectorHost host = host(script)) {
            Objects.requireNonNull(script.connector).raise(new ConnectException("the source has moved"));
            assertThatThrownBy(host::awaitDrained)
                    .hasMessage("connector " + script.name + " has ended: the source has moved");
        }
    }

    @Test
    void publishesOnWhenTheListenerThrows() throws InterruptedException {
        script.poll = Script.batches(List.of("a"), List.of("b"));
        HostListener throwing = new HostListener() {
            @Override
            public void published(String connector, SourceRecord record, Receipt receipt) {
                throw new IllegalStateException("the display is gone");
            }

            @Override
            public void failed(String connector, SourceRecord record, PublishException reason) {
                throw new IllegalStateException("the display is gone");
            }
        };
        try (ConnectorHost host = ConnectorHost.start(publisher, List.of(script.properties()), throwing)) {
            host.awaitDrained();
        }
        assertThat(script.calls).contains("task 0 commitRecord a", "task 0 commitRecord b", "task 0 commit");
    }

    @Test
    void endsATaskWhoseListenerIsBeyondRepair() {
        script.poll = Script.batches(List.of("a"));
        HostListener broken = new HostListener() {
            @Override
            public void published(String connector, SourceRecord record, Receipt receipt) {
                throw new NoClassDefFoundError("org/example/Display");
            }
        };
        try (ConnectorHost host = ConnectorHost.start(publisher, List.of(script.properties()), broken)) {
            assertThatThrownBy(host::awaitDrained).hasMessageContaining("org/example/Display");
        }
    }
}
