// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.Stage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A source offset is committed only when its record and all before it are stored, or left out by the user's word. */
@Timeout(60)
class OffsetsTest {
    private static final Map<String, ?> PARTITION = Map.of("source", "s");

    private final FakePublisher publisher = new FakePublisher();
    private OffsetStore offsets =
            new OffsetStore("c", new OffsetWriter(OffsetStorage.inMemory(), Duration.ofSeconds(1)), Map.of());
    private final Script script = new Script();
    private final List<String> failed = new CopyOnWriteArrayList<>();

    private final HostListener listener = new HostListener() {
        @Override
        public void failed(String connector, SourceRecord record, PublishException reason) {
            failed.add(record.value() + " " + reason.outcome());
        }
    };

    /** Runs a task over one batch of a, b and c. */
    private TestRun run(boolean toleratesErrors) {
        script.poll = Script.batches(List.of("a", "b", "c"));
        return runScript(toleratesErrors);
    }

    private TestRun runScript(boolean toleratesErrors) {
        TestRun task = new TestRun(script, toleratesErrors, publisher, listener);
        offsets = task.offsets;
        Thread unused = task.start();
        return task;
    }

    private @Nullable Object committed() {
        Map<String, Object> offset = offsets.offset(PARTITION);
        return offset == null ? null : offset.get("at");
    }

    private void assertEndsBeforeB(boolean toleratesErrors, String why) {
        TestRun task = run(toleratesErrors);
        assertThatThrownBy(task.outcome::join)
                .hasRootCauseInstanceOf(Throwable.class)
                .cause()
                .isInstanceOf(ConnectorFailedException.class)
                .hasMessageContaining(why);
        assertThat(committed()).isEqualTo(1);
        assertThat(script.calls)
                .contains("task 0 commitRecord a", "task 0 stop")
                .doesNotContain("task 0 commitRecord b", "task 0 commitRecord b left out");
    }

    @Test
    void areCommittedInOrderWhenAcknowledgmentsAreNot() {
        CompletableFuture<Receipt> first = publisher.hold("a");
        TestRun task = run(false);
        await().untilAsserted(() -> assertThat(publisher.published).containsExactly("a", "b", "c"));
        assertThat(committed()).isNull();
        first.complete(FakePublisher.RECEIPT);
        task.outcome.join();
        assertThat(committed()).isEqualTo(3);
        assertThat(script.calls)
                .containsSubsequence("task 0 commitRecord a", "task 0 commitRecord b", "task 0 commitRecord c");
    }

    @Test
    void standBeforeARecordThatFailedInTheMiddleOfABatch() {
        publisher.fail("b", Stage.ENCODE, Outcome.REJECTED, false, null);
        assertEndsBeforeB(false, "topic t, ENCODE, REJECTED: as scripted");
        assertThat(failed).containsExactly("b REJECTED");
        assertThat(publisher.published).containsExactly("a", "b");
    }

    @Test
    void standBeforeARecordThatFailedAfterItsSuccessorsWereStored() {
        CompletableFuture<Receipt> second = publisher.hold("b");
        script.poll = Script.batches(List.of("a", "b", "c"));
        TestRun task = runScript(false);
        await().untilAsserted(() -> assertThat(publisher.published).contains("c"));
        second.completeExceptionally(
                new PublishException("t", Stage.SEND, Outcome.NOT_STORED, true, "a neighbour was wrong", null));
        assertThatThrownBy(task.outcome::join).hasMessageContaining("a neighbour was wrong");
        assertThat(committed()).isEqualTo(1);
    }

    @Test
    void advanceOverARecordThatIsWrongIfErrorsAreTolerated() {
        publisher.fail("b", Stage.ENCODE, Outcome.REJECTED, false, null);
        TestRun task = run(true);
        task.outcome.join();
        assertThat(committed()).isEqualTo(3);
        assertThat(failed).containsExactly("b REJECTED");
        assertThat(script.calls).contains("task 0 commitRecord b left out", "task 0 commitRecord c");
    }

    @Test
    void advanceOverARecordThatKafkaRefusesIfErrorsAreTolerated() {
        publisher.fail("b", Stage.SEND, Outcome.NOT_STORED, false, new RecordTooLargeException("too large"));
        run(true).outcome.join();
        assertThat(committed()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void standBeforeAnUnknownOutcomeWhateverIsTolerated(Stage stage) {
        publisher.fail("b", stage, Outcome.UNKNOWN, false, null);
        assertEndsBeforeB(true, "UNKNOWN");
    }

    @Test
    void standBeforeAnOutageWhateverIsTolerated() {
        publisher.fail("b", Stage.SEND, Outcome.REJECTED, true, new org.apache.kafka.common.errors.TimeoutException());
        assertEndsBeforeB(true, "REJECTED (retriable)");
    }

    @Test
    void standBeforeARecordThatAClosedPublisherRefusedWhateverIsTolerated() {
        publisher.fail("b", Stage.SEND, Outcome.REJECTED, false, null);
        assertEndsBeforeB(true, "REJECTED");
    }

    @Test
    void standBeforeARecordForAnUndeclaredTopicWhateverIsTolerated() {
        publisher.fail("b", Stage.ROUTE, Outcome.REJECTED, false, null);
        assertEndsBeforeB(true, "ROUTE");
    }

    @Test
    void standBeforeARecordForATopicThatKafkaRefusesWhateverIsTolerated() {
        publisher.fail("b", Stage.SEND, Outcome.NOT_STORED, false, new InvalidTopicException("no"));
        assertEndsBeforeB(true, "NOT_STORED");
    }

    @Test
    void standBeforeARecordThatNeedsAConverter() {
        Schema schema =
                SchemaBuilder.struct().field("secret", Schema.STRING_SCHEMA).build();
        Struct struct = new Struct(schema).put("secret", "s3cret");
        script.poll = task ->
                List.of(Script.record("a", 1), new SourceRecord(PARTITION, Map.of("at", 2), "t", schema, struct));
        TestRun task = runScript(false);
        assertThatThrownBy(task.outcome::join)
                .hasMessageContaining("Connect data of the schema STRUCT needs a converter")
                .hasMessageNotContaining("s3cret");
        assertThat(committed()).isEqualTo(1);
    }

    @Test
    void standBeforeARecordWithoutATopic() {
        script.poll =
                task -> List.of(Script.record("a", 1), new SourceRecord(PARTITION, Map.of("at", 2), null, null, "b"));
        TestRun task = runScript(false);
        assertThatThrownBy(task.outcome::join).hasMessageContaining("the record has no topic");
        assertThat(committed()).isEqualTo(1);
    }

    @Test
    void ofAPollThatFailedIncludeWhatWasStoredBefore() {
        Script.Poll batch = Script.batches(List.of("a", "b"));
        script.poll = task -> {
            if (publisher.published.isEmpty()) {
                return batch.poll(task);
            }
            throw new IllegalStateException("disk gone");
        };
        CompletableFuture<Receipt> second = publisher.hold("b");
        TestRun task = runScript(false);
        await().untilAsserted(() -> assertThat(publisher.published).hasSize(2));
        second.complete(FakePublisher.RECEIPT);
        assertThatThrownBy(task.outcome::join).hasMessageContaining("disk gone");
        assertThat(committed()).isEqualTo(2);
    }

    @Test
    void canBeReadByTheTaskThatMadeThem() {
        script.poll = new Script.Poll() {
            private final Script.Poll idle = Script.idle();
            private boolean first = true;

            @Override
            public @Nullable List<SourceRecord> poll(FakeTask task) throws InterruptedException {
                if (first) {
                    first = false;
                    return List.of(Script.record("a", 41));
                }
                Map<String, Object> offset =
                        task.context().offsetStorageReader().offset(PARTITION);
                if (offset != null && !script.calls.contains("read " + offset)) {
                    script.called("read " + offset);
                    task.report().drained();
                }
                return idle.poll(task);
            }
        };
        runScript(false).outcome.join();
        assertThat(script.calls).contains("read {at=41}");
    }

    @Test
    void areKeptAsTheyWereWhenATaskGoesOnToUseItsMaps() {
        Map<String, Object> own = new HashMap<>(Map.of("at", 1));
        offsets.commit(Map.of(PARTITION, own));
        own.put("at", 2);
        assertThat(committed()).isEqualTo(1);
        Map<Map<String, Object>, Map<String, Object>> found =
                offsets.offsets(List.of(Map.of("source", "s"), Map.of("source", "other")));
        assertThat(found).isEqualTo(Map.of(Map.of("source", "s"), Map.of("at", 1)));
    }
}
