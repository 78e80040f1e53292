// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static io.kurier.core.TransactedTopics.ORDERS;
import static io.kurier.core.TransactedTopics.PROGRESS;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.PublishException;
import io.kurier.Transaction;
import io.kurier.TransactionCallback;
import io.kurier.broker.LocalBroker;
import io.kurier.core.internal.publisher.RoutedPublisher;
import io.kurier.core.internal.transactions.PinnedSession;
import io.kurier.core.internal.transactions.SourceTransaction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** What a host of source connectors uses: transactional ids of its own, and what has become of each message. */
@Timeout(120)
class OwnedTransactionsTest {
    private static final LocalBroker BROKER = LocalBroker.start();

    private static final int MESSAGES = 5_000;
    private static final int TOO_LARGE_AT = 3_000;

    private final TransactedTopics topics;

    OwnedTransactionsTest(TestInfo test) {
        topics = new TransactedTopics(BROKER, test.getTestMethod().orElseThrow().getName());
    }

    @AfterAll
    static void closeBroker() {
        BROKER.close();
    }

    private RoutedPublisher start(String instance, Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(more);
        keys.put("application.instance.id", instance);
        return (RoutedPublisher) topics.start(keys);
    }

    private void publish(PinnedSession session, String value) throws Exception {
        Object unused = session.transaction(transaction -> {
                    transaction.publish(ORDERS, null, value);
                    return "";
                })
                .get();
    }

    @Test
    void fencesTheNumberedIdsFromAGivenOne() throws Exception {
        try (RoutedPublisher first = start("one", Map.of());
                RoutedPublisher second = start("two", Map.of());
                PinnedSession shard0 = first.transactionalSession("shard-0");
                PinnedSession shard1 = first.transactionalSession("shard-1");
                PinnedSession shard12 = first.transactionalSession("shard-12");
                PinnedSession other = first.transactionalSession("shard-1-copy")) {
            for (PinnedSession session : List.of(shard0, shard1, shard12, other)) {
                publish(session, "before");
            }

            second.fenceSessions("shard-", 1);

            publish(shard0, "after");
            publish(other, "after");
            assertThatThrownBy(() -> publish(shard1, "fenced")).isInstanceOf(ExecutionException.class);
            assertThatThrownBy(() -> publish(shard12, "fenced")).isInstanceOf(ExecutionException.class);
            assertThat(shard1.isFenced()).isTrue();
            assertThat(shard12.isFenced()).isTrue();
            assertThat(shard0.isFenced()).isFalse();
        }
        assertThat(topics.committed(ORDERS)).containsExactly("before", "before", "before", "before", "after", "after");
    }

    @Test
    void addsARecordAsItIs() throws Exception {
        String offsets = topics.nameOf(PROGRESS);
        try (RoutedPublisher publisher = start("one", Map.of());
                PinnedSession session = publisher.transactionalSession("shard")) {
            AtomicReference<SourceTransaction> seen = new AtomicReference<>();
            Object unused = session.transaction(transaction -> {
                        SourceTransaction open = (SourceTransaction) transaction;
                        seen.set(open);
                        open.publish(ORDERS, null, "v");
                        open.add(offsets, bytes("key"), bytes("offset"));
                        return "";
                    })
                    .get();

            SourceTransaction ended = requireNonNull(seen.get());
            assertThat(ended.size()).isEqualTo(1);
            assertThat(requireNonNull(ended.receipt(0)).offset()).isZero();
            assertThatThrownBy(() -> session.transaction(aborted(offsets)).get())
                    .isInstanceOf(ExecutionException.class);
        }
        assertThat(topics.committed(ORDERS)).containsExactly("v");
        assertThat(topics.committed(PROGRESS)).containsExactly("offset");
    }

    private static TransactionCallback<String> aborted(String offsets) {
        return transaction -> {
            ((SourceTransaction) transaction).add(offsets, bytes("key"), bytes("of an aborted transaction"));
            throw new IllegalStateException("aborted");
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void findsTheMessageThatKafkaRefusedAmongThoseThatFailedWithIt() throws Exception {
        String tooLarge = new Random(7)
                .ints(20_000, '!', '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        try (RoutedPublisher publisher = start("one", Map.of("topics.orders.config.max.message.bytes", "5000"));
                PinnedSession session = publisher.transactionalSession("shard")) {
            AtomicReference<SourceTransaction> seen = new AtomicReference<>();
            assertThatThrownBy(() -> session.transaction(transaction -> publishAll(transaction, seen, tooLarge))
                            .get())
                    .isInstanceOf(ExecutionException.class);

            SourceTransaction ended = requireNonNull(seen.get());
            assertThat(IntStream.range(0, ended.size()).filter(i -> ended.failure(i) != null))
                    .containsExactly(TOO_LARGE_AT);
            PublishException failure = ended.failure(TOO_LARGE_AT);
            assertThat(failure).hasCauseInstanceOf(RecordTooLargeException.class);
        }
        assertThat(topics.committed(ORDERS)).isEmpty();
    }

    private String publishAll(Transaction transaction, AtomicReference<SourceTransaction> seen, String tooLarge) {
        seen.set((SourceTransaction) transaction);
        for (int i = 0; i < MESSAGES; i++) {
            transaction.publish(ORDERS, null, i == TOO_LARGE_AT ? tooLarge : "message " + i);
        }
        return "";
    }
}
