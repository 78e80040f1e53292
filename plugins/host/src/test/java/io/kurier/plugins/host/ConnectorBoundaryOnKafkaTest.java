// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kurier.Publisher;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import io.kurier.plugins.host.ConnectorStatus.State;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.TransactionContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connector that ends its transactions itself, on a real broker. */
@WithKafka
@Timeout(120)
class ConnectorBoundaryOnKafkaTest {
    /** Half of a surrogate pair is no text. */
    private static final String INVALID = "\uD800";

    private static final Duration LONG = Duration.ofSeconds(60);

    private final LocalBroker broker;
    private final TestTopics topics;
    private final String topic;
    private final String offsets;
    private final Script script = new Script();

    /** The offset from which each run continues, or "none". */
    private final List<String> beginnings = new CopyOnWriteArrayList<>();

    ConnectorBoundaryOnKafkaTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
        this.topic = topics.unusedName("boundary");
        this.offsets = topics.unusedName("boundary-offsets");
        script.endsTransactions = true;
    }

    /** A poll and how the task ends transactions in it. */
    private record Step(List<?> values, BiConsumer<TransactionContext, List<SourceRecord>> ends) {}

    private static Step step(BiConsumer<TransactionContext, List<SourceRecord>> ends, Object... values) {
        return new Step(List.of(values), ends);
    }

    /** Makes the task poll these steps, each value with the next offset, and then have nothing. */
    private AtomicInteger polls(Step... steps) {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger offset = new AtomicInteger();
        Script.Poll idle = Script.idle();
        script.poll = task -> {
            int number = next.getAndIncrement();
            if (number == 0) {
                Map<String, Object> stored =
                        task.context().offsetStorageReader().offset(Map.of("source", "s"));
                beginnings.add(stored == null ? "none" : "" + stored.get("at"));
            }
            if (number >= steps.length) {
                return idle.poll(task);
            }
            List<SourceRecord> records = new ArrayList<>();
            for (Object value : steps[number].values) {
                records.add(Script.record(topic, value, offset.incrementAndGet()));
            }
            steps[number].ends.accept(Objects.requireNonNull(task.context().transactionContext()), records);
            return records;
        };
        return next;
    }

    /** Runs the connector until all steps are polled and what they end is settled. */
    private void run(AtomicInteger polls, int steps, String... more) {
        try (Publisher publisher = publisher(more);
                ConnectorHost host = host(publisher, more)) {
            await().atMost(LONG).until(() -> polls.get() > steps);
            assertThat(isFailed(host)).isFalse();
        }
    }

    /** Runs the connector until its task has failed. */
    private void runToFailure() throws InterruptedException {
        try (Publisher publisher = publisher();
                ConnectorHost host = host(publisher)) {
            await().atMost(LONG).until(() -> isFailed(host));
            host.awaitDrained();
        }
    }

    private boolean isFailed(ConnectorHost host) {
        return host.status(script.name).tasks().get(0).state() == State.FAILED;
    }

    private Map<String, String> properties(String... more) {
        Map<String, String> properties = new HashMap<>(script.properties(more));
        properties.put("topic", topic);
        properties.put("exactly.once.support", "required");
        properties.put("transaction.boundary", "connector");
        properties.put("topic.creation.default.partitions", "1");
        return properties;
    }

    private Publisher publisher(String... more) {
        Map<String, String> config = new HashMap<>(HostTopics.declare(List.of(properties(more))));
        config.put("bootstrap.servers", broker.bootstrapServers());
        config.put("topics.management", "create");
        config.put("application.id", topic);
        return Kurier.start(config);
    }

    private ConnectorHost host(Publisher publisher, String... more) {
        return ConnectorHost.builder(publisher)
                .connector(properties(more))
                .offsets(OffsetStorage.inTopic(offsets, Map.of("bootstrap.servers", broker.bootstrapServers())))
                .start();
    }

    private List<String> read() {
        return topics.readAll(topic, new StringDeserializer(), new StringDeserializer()).stream()
                .map(ConsumerRecord::value)
                .toList();
    }

    @Test
    void commitsAtARecordAndAtTheEndOfABatch() {
        run(
                polls(
                        step((context, records) -> context.commitTransaction(records.get(1)), "a", "b", "c"),
                        step((context, records) -> {}, "d"),
                        step((context, records) -> context.commitTransaction(), "e"),
                        step((context, records) -> {}, "is in no transaction that has ended")),
                4);
        run(polls(), 0);

        assertThat(read()).containsExactly("a", "b", "c", "d", "e");
        assertThat(beginnings).containsExactly("none", "5");
    }

    @Test
    void keepsTheOffsetsOfWhatTheConnectorAborts() {
        run(
                polls(
                        step((context, records) -> context.commitTransaction(), "a"),
                        step((context, records) -> context.abortTransaction(records.get(0)), "aborted", "b"),
                        step((context, records) -> context.abortTransaction(), "aborted too")),
                3);
        run(polls(), 0);

        assertThat(read()).containsExactly("a");
        assertThat(beginnings).containsExactly("none", "4");
    }

    @Test
    void leavesOutAnInvalidRecordOfATransaction() {
        run(
                polls(step((context, records) -> context.commitTransaction(), "a", INVALID, "b")),
                1,
                "errors.tolerance",
                "all");
        run(polls(), 0);

        assertThat(read()).containsExactly("a", "b");
        assertThat(beginnings).containsExactly("none", "3");
    }

    @Test
    void publishesNothingOfATransactionWithTheRecordThatEndsTheTask() {
        AtomicInteger unused = polls(
                step((context, records) -> context.commitTransaction(), "a"),
                step((context, records) -> context.commitTransaction(), "b", INVALID, "c"));

        assertThatThrownBy(this::runToFailure)
                .isInstanceOf(ConnectorFailedException.class)
                .hasMessageContaining("the record at {");
        assertThat(read()).containsExactly("a");
    }

    @Test
    void failsATaskThatBothCommitsAndAborts() {
        AtomicInteger unused = polls(step(
                (context, records) -> {
                    context.commitTransaction();
                    context.abortTransaction();
                },
                "a"));

        assertThatThrownBy(this::runToFailure)
                .hasMessageContaining("a transaction is either committed or aborted, and both were requested");
    }
}
